package samestep.text.pattern;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The patterns of a {@code .gitignore}, with the answers that {@code git check-ignore} gives: bytes are compared with
 * bytes, names are UTF-8. The last pattern that matches decides. Time is bounded by the sizes alone.
 */
public final class IgnorePatterns {
    /** Larger files are not used: they are not written by hand. */
    public static final int MOST_BYTES = 256 * 1024;

    /** All wildcard patterns together have at most so many steps; names alone cost next to nothing. */
    private static final int MOST_STEPS = 100_000;

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final List<IgnoreLine> lines;

    private IgnorePatterns(List<IgnoreLine> lines) {
        this.lines = List.copyOf(lines);
    }

    /** A file's patterns; empty if it is larger than anybody's. */
    public static Optional<IgnorePatterns> read(byte[] file) {
        if (file.length > MOST_BYTES) {
            return Optional.empty();
        }
        List<IgnoreLine> lines = new ArrayList<>();
        int steps = 0;
        int start = file.length >= 3 && Arrays.equals(file, 0, 3, MARK, 0, 3) ? 3 : 0;
        while (start < file.length) {
            int end = start;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            if (end > start && file[start] != '#') {
                IgnoreLine line = IgnoreLine.of(line(file, start, end));
                lines.add(line);
                steps += line.wildcard().map(Wildcard::length).orElse(0);
                if (steps > MOST_STEPS) {
                    return Optional.empty();
                }
            }
            start = end + 1;
        }
        return Optional.of(new IgnorePatterns(lines));
    }

    /** Patterns one by one, such as those of a list of settings; empty if they are larger than anybody's. */
    public static Optional<IgnorePatterns> of(List<String> patterns) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (String pattern : patterns) {
            // A hash begins a comment in a file, and none in a list.
            String line = pattern.startsWith("#") ? "\\" + pattern : pattern;
            file.writeBytes((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return read(file.toByteArray());
    }

    /** Without the carriage return, what follows a NUL, and blanks at the end that no backslash keeps. */
    private static byte[] line(byte[] file, int start, int end) {
        int stop = start;
        int last = end > start && end < file.length && file[end - 1] == '\r' ? end - 1 : end;
        while (stop < last && file[stop] != 0) {
            stop++;
        }
        int blanks = -1;
        for (int at = start; at < stop; at++) {
            if (file[at] == ' ') {
                blanks = blanks < 0 ? at : blanks;
            } else {
                blanks = -1;
                at += file[at] == '\\' ? 1 : 0;
            }
        }
        return Arrays.copyOfRange(file, start, blanks < 0 ? stop : blanks);
    }

    /**
     * What the patterns say of a path by itself; a path in a folder that is ignored is ignored with it, which is for the
     * caller to see.
     *
     * @param path relative to the folder that the patterns are of, with slashes
     * @return empty if no pattern matches
     */
    public Optional<Boolean> ignores(String path, boolean folder) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        int nameAt = bytes.length;
        while (nameAt > 0 && bytes[nameAt - 1] != '/') {
            nameAt--;
        }
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).matches(bytes, nameAt, folder)) {
                return Optional.of(!lines.get(i).negated());
            }
        }
        return Optional.empty();
    }

    /** Whether a file is meant, by itself or by one of the folders that it is in. */
    public boolean cover(String file) {
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            if (slash > 0 && ignores(file.substring(0, slash), true).orElse(false)) {
                return true;
            }
        }
        return ignores(file, false).orElse(false);
    }

    /** Whether one of the patterns is broken, so that it matches nothing. */
    public boolean isBroken() {
        return lines.stream().anyMatch(IgnoreLine::isBroken);
    }
}
