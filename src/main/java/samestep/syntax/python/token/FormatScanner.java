package samestep.syntax.python.token;

import java.util.ArrayList;
import java.util.List;
import samestep.text.Span;

/**
 * Finds the fields of an f-string, with strings inside of fields whatever their quotes are, as in Python since 3.12.
 * One pass, no way back.
 */
public final class FormatScanner {
    /** Most code units of one f-string; a longer one is read without its fields. */
    static final int LONGEST = 100_000;

    private static final int MAX_DEPTH = 16;

    /**
     * A field in braces.
     *
     * @param expression what is computed, without braces
     * @param debug whether an equals sign follows, so that the expression's text is printed too
     * @param conversion the letter after the exclamation mark; may be empty
     * @param format the fields inside of the format
     * @param formatText the format, after the colon; empty if there is none
     * @param span with the braces
     */
    public record Field(
            Span expression, boolean debug, String conversion, List<Field> format, Span formatText, Span span) {}

    private final String text;
    private final int limit;
    private final boolean raw;
    private final String closing;
    private int at;
    private int depth;

    private FormatScanner(String text, int quote, int limit, boolean raw, int depth) {
        this.text = text;
        this.limit = Math.min(limit, quote + LONGEST);
        this.depth = depth;
        this.raw = raw;
        this.closing = text.substring(quote, quote + StringScanner.quotes(text, quote, limit));
        this.at = quote + closing.length();
    }

    /** Where the string ends whose quote is at an offset; -1 if it cannot be read with its fields. */
    static int end(String text, int quote, int limit, boolean raw, int depth) {
        FormatScanner scanner = new FormatScanner(text, quote, limit, raw, depth);
        return scanner.body(false, new ArrayList<>()) ? scanner.at + scanner.closing.length() : -1;
    }

    /** The fields of a string; none where they cannot be read. */
    public static List<Field> fields(String text, int quote, int end, boolean raw) {
        List<Field> fields = new ArrayList<>();
        return new FormatScanner(text, quote, end, raw, 0).body(false, fields) ? fields : List.of();
    }

    /** Reads up to the closing quotes, or inside of a format up to the brace; false if neither comes. */
    private boolean body(boolean isFormat, List<Field> fields) {
        while (at < limit) {
            char c = text.charAt(at);
            if (c == closing.charAt(0) && at + closing.length() <= limit && text.startsWith(closing, at)) {
                return !isFormat;
            }
            if (isFormat && c == '}') {
                return true;
            }
            if (c == '{' && (isFormat || peek(1) != '{')) {
                if (!field(fields)) {
                    return false;
                }
            } else if (c == '\\') {
                escape();
            } else if (closing.length() == 1 && (c == '\n' || c == '\r')) {
                return false;
            } else {
                at += c == '{' ? 2 : 1;
            }
        }
        return false;
    }

    private void escape() {
        char c = peek(1);
        if (!raw && c == 'N' && peek(2) == '{') {
            int close = text.indexOf('}', at);
            at = close < 0 ? limit : close + 1;
        } else if (c == '{' || c == '}') {
            at++;
        } else {
            at += text.startsWith("\r\n", at + 1) ? 3 : 2;
        }
    }

    private boolean field(List<Field> fields) {
        int start = at++;
        if (++depth > MAX_DEPTH) {
            return false;
        }
        int end = endOfExpression();
        if (end < 0) {
            return false;
        }
        boolean debug = peek(0) == '=';
        if (debug) {
            at++;
            skipBlanks();
        }
        String conversion = "";
        if (peek(0) == '!') {
            int from = ++at;
            at = Words.end(text, at, limit);
            conversion = text.substring(from, at);
            skipBlanks();
        }
        List<Field> inside = new ArrayList<>();
        Span format = new Span(at, at);
        if (peek(0) == ':') {
            int from = ++at;
            if (!body(true, inside)) {
                return false;
            }
            format = new Span(from, at);
        }
        if (peek(0) != '}') {
            return false;
        }
        at++;
        depth--;
        fields.add(new Field(new Span(start + 1, end), debug, conversion, inside, format, new Span(start, at)));
        return true;
    }

    private void skipBlanks() {
        while (peek(0) == ' ') {
            at++;
        }
    }

    /** Goes to what follows the expression of a field; -1 if it has no end. */
    private int endOfExpression() {
        int brackets = 0;
        while (at < limit) {
            char c = text.charAt(at);
            if (brackets == 0 && endsExpression(c)) {
                return at;
            }
            switch (c) {
                case '(', '[', '{' -> brackets++;
                case ')', ']', '}' -> brackets--;
                case '"', '\'' -> {
                    at = StringScanner.nestedEnd(text, at - prefixBefore(), limit, depth);
                    if (at < 0) {
                        return -1;
                    }
                    continue;
                }
                case '#' -> {
                    while (at < limit && text.charAt(at) != '\n') {
                        at++;
                    }
                    continue;
                }
                default -> {}
            }
            at++;
        }
        return -1;
    }

    private boolean endsExpression(char c) {
        if (c == '=') {
            return isDebug();
        }
        return c == '}' || c == ':' || c == '!' && peek(1) != '=';
    }

    /** Whether an equals sign is the last of the expression's field and no part of an operator. */
    private boolean isDebug() {
        if ("=!<>".indexOf(text.charAt(at - 1)) >= 0) {
            return false;
        }
        int next = at + 1;
        while (next < limit && text.charAt(next) == ' ') {
            next++;
        }
        return next < limit && "!:}".indexOf(text.charAt(next)) >= 0;
    }

    /** The length of the prefix before the quote that is here. */
    private int prefixBefore() {
        int length = 0;
        while (length < 2 && "rRbBuUfF".indexOf(text.charAt(at - length - 1)) >= 0) {
            length++;
        }
        return length > 0 && Words.isPart(text.charAt(at - length - 1)) ? 0 : length;
    }

    private char peek(int ahead) {
        return at + ahead < limit ? text.charAt(at + ahead) : '\0';
    }
}
