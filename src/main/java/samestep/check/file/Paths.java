package samestep.check.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths that are written in files. */
public final class Paths {
    private Paths() {}

    /** The path; empty where no file can have such a name, as with a NUL in it. */
    public static Optional<Path> of(String path) {
        try {
            return Optional.of(Path.of(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
