package samestep.syntax.python.token;

import java.util.Set;

/** Python's words. */
public final class Words {
    /** Words that only begin a statement and cannot be inside brackets: one there means that a bracket was not closed. */
    static final Set<String> ONLY_STATEMENTS = Set.of(
            "def",
            "class",
            "import",
            "return",
            "while",
            "try",
            "raise",
            "with",
            "del",
            "assert",
            "global",
            "nonlocal",
            "pass",
            "break",
            "continue",
            "except",
            "finally",
            "elif");

    private static final Set<String> RESERVED = Set.of(
            "False",
            "None",
            "True",
            "and",
            "as",
            "assert",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield");

    private Words() {}

    /**
     * Whether a word cannot be a name. {@code async} and {@code await} can: they were names until Python 3.7, and
     * programs of that time use them.
     */
    public static boolean isReserved(String word) {
        return RESERVED.contains(word);
    }

    /** Whether an identifier can begin with this character. */
    static boolean isStart(int codePoint) {
        if (codePoint < 128) {
            return codePoint >= 'a' && codePoint <= 'z' || codePoint >= 'A' && codePoint <= 'Z' || codePoint == '_';
        }
        return Character.isUnicodeIdentifierStart(codePoint);
    }

    /** Whether an identifier can continue with this character. */
    static boolean isPart(int codePoint) {
        if (codePoint < 128) {
            return isStart(codePoint) || codePoint >= '0' && codePoint <= '9';
        }
        return Character.isUnicodeIdentifierPart(codePoint) && !Character.isIdentifierIgnorable(codePoint);
    }

    /** Where the identifier ends that begins at an offset; the offset itself if none does. */
    static int end(String text, int from, int limit) {
        int at = from;
        while (at < limit) {
            int codePoint = text.codePointAt(at);
            if (at == from ? !isStart(codePoint) : !isPart(codePoint)) {
                break;
            }
            at += Character.charCount(codePoint);
        }
        return Math.min(at, limit);
    }
}
