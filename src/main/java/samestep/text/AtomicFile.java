package samestep.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.UUID;

/** Writes a file whole or not at all. */
public final class AtomicFile {
    /**
     * How the names of unfinished files end: a killed process leaves one. By its name it is not a configuration, and
     * the name shows which program left it.
     */
    public static final String TEMPORARY = ".samestep.tmp";

    /** Where the names of what processes have open are. */
    private static final List<Path> STREAMS =
            List.of(Path.of("/dev/stdout"), Path.of("/dev/stderr"), Path.of("/dev/fd"), Path.of("/proc"));

    /** Linux follows as many. */
    private static final int MOST_LINKS = 40;

    private AtomicFile() {}

    /** Writes a source text in its own encoding, as {@link #write(Path, String)} does. */
    public static void write(Path target, SourceText text) throws IOException {
        write(target, text.bytes());
    }

    /**
     * Writes text as UTF-8 to a temporary file in the same folder, then renames it over the target. A symbolic link is
     * followed, so that the file it names is replaced or made and the link stays. A replaced file keeps its permissions,
     * and its owner where that is allowed. What exists and is not a regular file (a device, a FIFO,
     * {@code /dev/stdout}) is written into as it is, never replaced.
     *
     * @throws UnwritableFileException when the folder is missing or not writable; the target is then as it was
     */
    public static void write(Path target, String text) throws IOException {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What makes a file's content. */
    @FunctionalInterface
    public interface Content {
        /** Writes it into a file that does not exist yet. */
        void writeTo(Path file) throws IOException;
    }

    /** Writes bytes. */
    public static void write(Path target, byte[] bytes) throws IOException {
        write(target, file -> Files.write(file, bytes, StandardOpenOption.CREATE_NEW));
    }

    /** Writes the given content, as {@link #write(Path, String)} does. */
    public static void write(Path target, Content content) throws IOException {
        try {
            if (Files.isDirectory(target)) {
                throw new IOException("is a directory");
            }
            if (isStream(target)) {
                pour(content, target);
            } else {
                replace(Files.exists(target) ? target.toRealPath() : end(target), content);
            }
        } catch (IOException e) {
            throw new UnwritableFileException(target.toString(), UnwritableFileException.reason(e), e);
        }
    }

    /** Devices, FIFOs and files that this process has open: their readers would not see a renamed file. */
    private static boolean isStream(Path target) {
        Path absolute = target.toAbsolutePath().normalize();
        return STREAMS.stream().anyMatch(absolute::startsWith) || Files.exists(target) && !Files.isRegularFile(target);
    }

    /** Appended, for {@code /dev/stdout} may be a file that the shell opened for more than this. */
    private static void pour(Content content, Path target) throws IOException {
        Path folder = Files.createTempDirectory("samestep");
        Path whole = folder.resolve("content");
        try {
            content.writeTo(whole);
            try (OutputStream out =
                    Files.newOutputStream(target, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                Files.copy(whole, out);
            }
        } finally {
            Files.deleteIfExists(whole);
            Files.deleteIfExists(folder);
        }
    }

    /** Where a chain of links ends at a file that is not there yet. */
    private static Path end(Path target) throws IOException {
        Path place = target.toAbsolutePath();
        for (int i = 0; i < MOST_LINKS; i++) {
            if (!Files.isSymbolicLink(place)) {
                return place;
            }
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        throw new IOException("is a link that leads to itself");
    }

    private static void replace(Path real, Content content) throws IOException {
        Path folder = real.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("no such folder to write into" + (folder == null ? "" : ": " + folder));
        }
        Path temporary = folder.resolve("." + real.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
        try {
            content.writeTo(temporary);
            keepOwner(real, temporary);
            keepPermissions(real, temporary);
            // Some file systems rename before they write: after a power cut the new name would hold nothing.
            force(temporary, StandardOpenOption.WRITE);
            move(temporary, real);
            forceFolder(folder);
        } catch (AccessDeniedException e) {
            throw new IOException("no permission to write into the folder " + folder, e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void force(Path file, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(file, how)) {
            channel.force(true);
        }
    }

    /** Not all systems can open a folder; the file is whole without it. */
    private static void forceFolder(Path folder) {
        try {
            force(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            // The rename is done, and is as durable as this system lets it be.
        }
    }

    /** Only a superuser may give a file away. */
    private static void keepOwner(Path from, Path to) {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null || !Files.exists(from)) {
            return;
        }
        try {
            PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
            PosixFileAttributes made = view.readAttributes();
            if (!old.group().equals(made.group())) {
                view.setGroup(old.group());
            }
            if (!old.owner().equals(made.owner())) {
                view.setOwner(old.owner());
            }
        } catch (IOException e) {
            // It then belongs to whoever runs this.
        }
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view != null && Files.exists(from)) {
            view.setPermissions(Files.getPosixFilePermissions(from));
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
