package samestep.dialect.keras;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import samestep.text.AtomicFile;
import samestep.text.OtherFileException;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** A {@code .keras} file: a zip archive whose {@code config.json} holds model, optimizer and loss; weights stay where they are. */
final class KerasArchive {
    /** The entry that says what is trained. */
    static final String CONFIGURATION = "config.json";
    /** How a zip archive begins. */
    private static final byte[] SIGNATURE = {'P', 'K', 3, 4};

    private KerasArchive() {}

    /** Whether a file that begins so is a zip archive. */
    static boolean begins(byte[] head) {
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
    static SourceText read(Path file) throws UnreadableSourceException {
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

    /** Writes the archive with another configuration; the other entries are copied as they stand, compressed or not. */
    static void write(Path original, SourceText changed, Path target) throws IOException {
        AtomicFile.write(target, file -> {
            Files.copy(original, file);
            try (FileSystem archive = FileSystems.newFileSystem(file, Map.of())) {
                Files.write(archive.getPath("/" + CONFIGURATION), changed.bytes());
            }
        });
    }
}
