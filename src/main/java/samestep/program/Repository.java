package samestep.program;

import java.util.Optional;
import samestep.text.SourceText;

/** The files that a program may read or import: those of its own repository, and no other. */
public interface Repository {
    /** No files. */
    Repository NONE = path -> Optional.empty();

    /**
     * A file.
     *
     * @param path from the repository's root, with slashes, without dots; of a module or of data
     * @return its text; empty if there is no such file, it is not a text, is too large, or is outside of the repository
     *     once links are followed
     */
    Optional<SourceText> read(String path);

    /** Whether there is such a folder. */
    default boolean isFolder(String path) {
        return false;
    }
}
