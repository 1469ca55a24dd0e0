package samestep.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/** Writes a file whole or not at all. */
public final class AtomicFile {
    /**
     * How the names of unfinished files end: a killed process leaves one. It is no configuration by its name, and whoever
     * finds it sees whose it was.
     */
    public static final String TEMPORARY = ".samestep.tmp";

    private AtomicFile() {}

    /** Writes a source text in its own encoding, as {@link #write(Path, String)} does. */
    public static void write(Path target, SourceText text) throws IOException {
        write(target, text.bytes());
    }

    /**
     * Writes text as UTF-8 to a temporary file in the same folder, then renames it over the target. A symbolic link is
     * followed, so that the file it names is replaced and the link stays. A replaced file keeps its permissions.
     *
     * @throws IOException when the folder is missing or not writable; the target is then as it was
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

    /** Writes what somebody makes, as {@link #write(Path, String)} does. */
    public static void write(Path target, Content content) throws IOException {
        Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        Path folder = real.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(target + ": no such folder to write into");
        }
        if (Files.isDirectory(real)) {
            throw new IOException(target + ": is a directory");
        }
        Path temporary = folder.resolve("." + real.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
        try {
            content.writeTo(temporary);
            keepPermissions(real, temporary);
            move(temporary, real);
        } finally {
            Files.deleteIfExists(temporary);
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
