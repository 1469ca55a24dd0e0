package samestep.dialect.keras.document;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import samestep.text.AtomicFile;
import samestep.text.OtherFileException;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** A {@code .keras} file: a zip archive whose {@code config.json} holds model, optimizer and loss; weights stay where they are. */
public final class KerasArchive {
    /** The entry that says what is trained. */
    static final String CONFIGURATION = "config.json";
    /** How a zip archive begins. */
    private static final byte[] SIGNATURE = {'P', 'K', 3, 4};

    private KerasArchive() {}

    /** Whether a file that begins so is a zip archive. */
    public static boolean begins(byte[] head) {
        return startsWith(head, SIGNATURE);
    }

    /** Whether bytes begin with others. */
    static boolean startsWith(byte[] head, byte[] signature) {
        boolean same = head.length >= signature.length;
        for (int i = 0; same && i < signature.length; i++) {
            same = head[i] == signature[i];
        }
        return same;
    }

    /**
     * Its configuration. No more than {@link SourceReader#MAX_BYTES} are unpacked, whatever the archive says of its sizes.
     *
     * @throws UnreadableSourceException when it is damaged, or is not a model
     */
    public static SourceText read(Path file) throws UnreadableSourceException {
        String name = file.toString();
        try (ZipFile archive = new ZipFile(file.toFile())) {
            ZipEntry entry = archive.getEntry(CONFIGURATION);
            if (entry == null) {
                throw new OtherFileException(
                        name, "is a zip archive without " + CONFIGURATION + ", so it is not a .keras file");
            }
            try (InputStream in = archive.getInputStream(entry)) {
                return SourceReader.read(name + "#" + CONFIGURATION, in);
            }
        } catch (ZipException e) {
            throw new UnreadableSourceException(
                    name, "is a damaged or truncated .keras archive (" + e.getMessage() + "); save the model again");
        } catch (UnreadableSourceException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableSourceException(name, "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Writes the archive with another configuration; the other entries keep their content, and whether they are compressed.
     * (The JDK's file system of archives leaves a temporary file of its own where a disk is full, and prints.)
     */
    public static void write(Path original, SourceText changed, Path target) throws IOException {
        AtomicFile.write(target, file -> {
            try (ZipFile from = new ZipFile(original.toFile());
                    ZipOutputStream to = new ZipOutputStream(
                            new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)))) {
                Enumeration<? extends ZipEntry> entries = from.entries();
                while (entries.hasMoreElements()) {
                    copy(from, entries.nextElement(), changed, to);
                }
            }
        });
    }

    private static void copy(ZipFile from, ZipEntry entry, SourceText changed, ZipOutputStream to) throws IOException {
        ZipEntry copied = new ZipEntry(entry);
        boolean configuration = entry.getName().equals(CONFIGURATION);
        byte[] text = configuration ? changed.bytes() : new byte[0];
        if (entry.getMethod() == ZipEntry.DEFLATED) {
            copied.setCompressedSize(-1);
        }
        if (configuration) {
            CRC32 sum = new CRC32();
            sum.update(text);
            copied.setCrc(sum.getValue());
            copied.setSize(text.length);
            copied.setCompressedSize(entry.getMethod() == ZipEntry.DEFLATED ? -1 : text.length);
        }
        to.putNextEntry(copied);
        if (configuration) {
            to.write(text);
        } else {
            try (InputStream in = from.getInputStream(entry)) {
                in.transferTo(to);
            }
        }
        to.closeEntry();
    }
}
