package samestep.text.pattern;

import java.util.Arrays;
import java.util.Optional;

/**
 * One pattern of a {@code .gitignore}, as git's dir.c reads it.
 *
 * @param negated whether it takes back what an earlier pattern ignores
 * @param folderOnly whether it is of folders only
 * @param byName whether it is held against the last part of a path only
 * @param literal what a name has to begin with, or be where there are no wildcards
 * @param wildcard what follows it
 */
record IgnoreLine(boolean negated, boolean folderOnly, boolean byName, byte[] literal, Optional<Wildcard> wildcard) {
    private static final String SPECIAL = "*?[\\";

    /** A pattern, without the blanks at its end that no backslash keeps. */
    static IgnoreLine of(byte[] line) {
        int start = line.length > 0 && line[0] == '!' ? 1 : 0;
        int end = line.length;
        boolean folder = end > start && line[end - 1] == '/';
        if (folder) {
            end--;
        }
        boolean byName = indexOf(line, start, end, "/") == end;
        int from = start < end && line[start] == '/' ? start + 1 : start;
        byte[] pattern = Arrays.copyOfRange(line, from, end);
        int plain = indexOf(pattern, 0, pattern.length, SPECIAL);
        Optional<Wildcard> rest = plain == pattern.length
                ? Optional.empty()
                : Optional.of(WildcardParser.parse(pattern, byName ? 0 : plain));
        return new IgnoreLine(
                start == 1,
                folder,
                byName,
                rest.isPresent() && byName ? new byte[0] : Arrays.copyOf(pattern, plain),
                rest);
    }

    private static int indexOf(byte[] text, int from, int to, String wanted) {
        int at = from;
        while (at < to && wanted.indexOf(text[at]) < 0) {
            at++;
        }
        return at;
    }

    /**
     * Whether it is about a path.
     *
     * @param path relative to the folder of the pattern's file, with slashes
     * @param nameAt where its last part begins
     */
    boolean matches(byte[] path, int nameAt, boolean folder) {
        if (folderOnly && !folder) {
            return false;
        }
        int from = byName ? nameAt : 0;
        if (wildcard.isEmpty()) {
            return literal.length > 0 && Arrays.equals(path, from, path.length, literal, 0, literal.length);
        }
        int rest = from + literal.length;
        return rest <= path.length
                && Arrays.equals(path, from, rest, literal, 0, literal.length)
                && wildcard.get().matches(path, rest);
    }

    /** Whether it can match nothing because it is broken. */
    boolean isBroken() {
        return wildcard.filter(Wildcard::isBroken).isPresent();
    }
}
