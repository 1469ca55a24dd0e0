package samestep.check.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import samestep.text.pattern.IgnorePatterns;

/**
 * Patterns for files with the meaning that they have in a {@code .gitignore}: a name without a slash is meant in every
 * folder, a folder stands for everything in it, the last pattern that matches decides.
 */
public final class FilePatterns {
    /** No file. */
    public static final FilePatterns NONE =
            new FilePatterns(IgnorePatterns.of(List.of()).orElseThrow());

    private final IgnorePatterns patterns;

    private FilePatterns(IgnorePatterns patterns) {
        this.patterns = patterns;
    }

    /** What is wrong with a pattern, if something is. */
    public static Optional<String> problem(String pattern) {
        Optional<IgnorePatterns> read = IgnorePatterns.of(List.of(pattern));
        if (read.isEmpty()) {
            return Optional.of("it is too long");
        }
        if (read.get().isBroken()) {
            return Optional.of("a bracket or a backslash is not closed; write \\[ for the character");
        }
        return pattern.contains("{") && pattern.contains(",")
                ? Optional.of("braces have no meaning here; write one pattern for each")
                : Optional.empty();
    }

    /** Patterns without {@link #problem}; empty if all together are too long. */
    public static Optional<FilePatterns> of(List<String> patterns) {
        return IgnorePatterns.of(patterns).map(FilePatterns::new);
    }

    /** Whether a file, relative to the settings' folder, is meant. */
    public boolean match(Path file) {
        String path = file.toString().replace(file.getFileSystem().getSeparator(), "/");
        return patterns.cover(path.startsWith("/") ? path.substring(1) : path);
    }
}
