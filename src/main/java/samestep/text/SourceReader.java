package samestep.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads source files with a size limit; an unreadable file is an {@link UnreadableSourceException} that says why. */
public final class SourceReader {
    /** Largest file read: the biggest known net definition is under 2 MiB, the biggest graph text under 16. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    private static final Set<String> WEIGHTS = Set.of("caffemodel", "solverstate", "pth", "safetensors");
    /** Where systems show what is not a file: reading may wait for ever, or reveal facts about the machine. */
    private static final List<Path> SYSTEM = List.of(Path.of("/proc"), Path.of("/sys"));

    private SourceReader() {}

    /**
     * Why something is not read, whatever is in it: a FIFO and a device may wait for ever, and so may what is in {@code
     * /proc}, which a link may lead to.
     *
     * @return nothing for a regular file, a folder, and what is not there
     */
    public static Optional<String> special(Path path) {
        if (!Files.exists(path) || Files.isDirectory(path)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(path)) {
            return Optional.of("is not a regular file");
        }
        try {
            Path real = path.toRealPath();
            return SYSTEM.stream().anyMatch(real::startsWith)
                    ? Optional.of("is not a regular file: it leads to " + real)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a file as text.
     *
     * @param path the file
     * @return its text, named by the path as given
     * @throws UnreadableSourceException when it is missing, a directory, too large, or not text
     */
    public static SourceText read(Path path) throws UnreadableSourceException {
        String name = path.toString();
        if (Files.isDirectory(path)) {
            throw new UnreadableSourceException(name, "is a directory; name a file in it");
        }
        if (!Files.exists(path)) {
            throw new UnreadableSourceException(name, "no such file");
        }
        Optional<String> special = special(path);
        if (special.isPresent()) {
            throw new UnreadableSourceException(name, special.get());
        }
        if (WEIGHTS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))) {
            throw new UnreadableSourceException(
                    name,
                    "holds weights, not a configuration; name the solver or the model that they were trained with");
        }
        try (InputStream in = Files.newInputStream(path)) {
            refuseLongerThanLimit(name, Files.size(path));
            return read(name, in);
        } catch (UnreadableSourceException e) {
            throw e;
        } catch (AccessDeniedException e) {
            throw new UnreadableSourceException(name, "cannot be read: permission denied");
        } catch (IOException e) {
            throw new UnreadableSourceException(name, "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads a stream as text, to its end.
     *
     * @param name what messages call the source
     * @param in the bytes; not closed
     * @throws UnreadableSourceException when it is too large or not text
     */
    public static SourceText read(String name, InputStream in) throws UnreadableSourceException {
        try {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            refuseLongerThanLimit(name, bytes.length);
            return Decoder.decode(name, bytes);
        } catch (UnreadableSourceException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableSourceException(name, "cannot be read: " + e.getMessage());
        }
    }

    private static void refuseLongerThanLimit(String name, long length) throws UnreadableSourceException {
        if (length > MAX_BYTES) {
            throw new UnreadableSourceException(
                    name, "is larger than " + MAX_BYTES / (1024 * 1024) + " MiB; is it a training configuration?");
        }
    }
}
