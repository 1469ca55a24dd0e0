package samestep.syntax.python.token;

/** Finds the ends of strings. */
final class StringScanner {
    private static final int LONGEST_PREFIX = 2;

    /** How much is read in vain for f-strings that cannot be read with their fields, before they are read without. */
    private static final int MOST_WASTED = 200 * FormatScanner.LONGEST;

    private final String text;
    private final int limit;
    private int wasted;

    StringScanner(String text, int limit) {
        this.text = text;
        this.limit = limit;
    }

    /** The length of the prefix of the string that begins at an offset; -1 if no string does. */
    static int prefix(String text, int at, int limit) {
        int length = 0;
        while (length <= LONGEST_PREFIX && at + length < limit) {
            char c = text.charAt(at + length);
            if (c == '"' || c == '\'') {
                return length;
            }
            if ("rRbBuUfFtT".indexOf(c) < 0) {
                return -1;
            }
            length++;
        }
        return -1;
    }

    /** Where the string ends whose prefix and quote begin at an offset; -1 if it is not closed. */
    int end(int at) {
        int quote = at + prefix(text, at, limit);
        if (isFormatted(text, at, quote) && wasted < MOST_WASTED) {
            int end = FormatScanner.end(text, quote, limit, isRaw(text, at, quote), 0);
            if (end >= 0) {
                return end;
            }
            wasted += FormatScanner.LONGEST;
        }
        return plainEnd(text, quote, limit);
    }

    /** Where a string inside of a field ends; -1 if it is not closed or nests too deep. */
    static int nestedEnd(String text, int at, int limit, int depth) {
        int quote = at + prefix(text, at, limit);
        return isFormatted(text, at, quote)
                ? FormatScanner.end(text, quote, limit, isRaw(text, at, quote), depth)
                : plainEnd(text, quote, limit);
    }

    private static boolean isFormatted(String text, int at, int quote) {
        return quote > at && text.substring(at, quote).chars().anyMatch(c -> "fFtT".indexOf(c) >= 0);
    }

    private static boolean isRaw(String text, int at, int quote) {
        return text.substring(at, quote).chars().anyMatch(c -> c == 'r' || c == 'R');
    }

    /** How many quotes open the string whose first quote is here: one or three. */
    static int quotes(String text, int quote, int limit) {
        String three = String.valueOf(text.charAt(quote)).repeat(3);
        return quote + 3 <= limit && text.startsWith(three, quote) ? 3 : 1;
    }

    private static int plainEnd(String text, int quote, int limit) {
        int quotes = quotes(text, quote, limit);
        String closing = text.substring(quote, quote + quotes);
        int at = quote + quotes;
        while (at < limit) {
            char c = text.charAt(at);
            if (c == '\\') {
                at += text.startsWith("\r\n", at + 1) ? 3 : 2;
            } else if (c == closing.charAt(0) && at + quotes <= limit && text.startsWith(closing, at)) {
                return at + quotes;
            } else if (quotes == 1 && (c == '\n' || c == '\r')) {
                return -1;
            } else {
                at++;
            }
        }
        return -1;
    }
}
