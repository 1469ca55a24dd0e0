package samestep.check;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;

/**
 * A pattern for files, as shells with {@code **} have it; a folder's name stands for everything in it.
 *
 * @param pattern as it is written
 * @param matcher what it matches, relative to the settings' folder
 * @param below what a folder of that name holds
 */
public record Glob(String pattern, PathMatcher matcher, PathMatcher below) {
    /**
     * A pattern.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Glob of(String pattern) {
        String folder = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
        return new Glob(pattern, matcher(folder), matcher(folder + "/**"));
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    /** Whether a file, relative to the settings' folder, is meant; "**&#47;x" also means x itself. */
    boolean matches(Path file) {
        return matcher.matches(file)
                || below.matches(file)
                || pattern.startsWith("**/") && matcher.matches(Path.of("x").resolve(file));
    }
}
