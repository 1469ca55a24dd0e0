package samestep.syntax.python.tree;

import java.util.Optional;
import samestep.text.SourceText;
import samestep.text.Span;

/** Reads strings as Python does. */
public final class Strings {
    private static final String ESCAPES = "abfnrtv\\'\"";
    private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b\\'\"";

    private Strings() {}

    /** The text of a string without fields; of bytes, each as the character of that number. Empty if it has fields. */
    public static Optional<String> value(SourceText source, Expression.Text text) {
        StringBuilder value = new StringBuilder();
        for (StringPiece piece : text.pieces()) {
            if (!piece.fields().isEmpty()) {
                return Optional.empty();
            }
            value.append(literal(source, piece, piece.body()));
        }
        return Optional.of(value.toString());
    }

    /** The text of a part of a string that has no fields in it, with its escapes and doubled braces read. */
    public static String literal(SourceText source, StringPiece piece, Span part) {
        String written = source.slice(part);
        if (piece.isFormatted()) {
            written = written.replace("{{", "{").replace("}}", "}");
        }
        if (written.indexOf('\r') >= 0) {
            written = written.replace("\r\n", "\n").replace('\r', '\n');
        }
        return piece.isRaw() || written.indexOf('\\') < 0 ? written : unescape(written, piece.isBytes());
    }

    private static String unescape(String written, boolean isBytes) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < written.length()) {
            char c = written.charAt(at);
            if (c != '\\' || at + 1 == written.length()) {
                out.append(c);
                at++;
            } else {
                at = escape(written, at + 1, isBytes, out);
            }
        }
        return out.toString();
    }

    /** Reads the escape whose letter is at an offset; says where it ends. */
    private static int escape(String written, int at, boolean isBytes, StringBuilder out) {
        char c = written.charAt(at);
        int simple = ESCAPES.indexOf(c);
        if (simple >= 0) {
            out.append(MEANINGS.charAt(simple));
            return at + 1;
        }
        if (c == '\n') {
            return at + 1;
        }
        if (c >= '0' && c <= '7') {
            return coded(written, at, digits(written, at, 3, 8), 8, out);
        }
        int length = switch (c) {
            case 'x' -> 2;
            case 'u' -> isBytes ? 0 : 4;
            case 'U' -> isBytes ? 0 : 8;
            default -> 0;
        };
        if (length > 0 && digits(written, at + 1, length, 16) == at + 1 + length) {
            return coded(written, at + 1, at + 1 + length, 16, out);
        }
        if (c == 'N' && !isBytes && written.startsWith("{", at + 1) && written.indexOf('}', at) > 0) {
            return named(written, at, out);
        }
        out.append('\\').append(c);
        return at + 1;
    }

    private static int named(String written, int at, StringBuilder out) {
        int end = written.indexOf('}', at);
        String name = written.substring(at + 2, end);
        try {
            out.appendCodePoint(Character.codePointOf(name));
        } catch (IllegalArgumentException e) {
            out.append("\\N{").append(name).append('}');
        }
        return end + 1;
    }

    private static int digits(String written, int from, int most, int radix) {
        int end = from;
        while (end < written.length()
                && end < from + most
                && written.charAt(end) < 128
                && Character.digit(written.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }

    private static int coded(String written, int from, int end, int radix, StringBuilder out) {
        long code = Long.parseLong(written.substring(from, end), radix);
        if (code <= Character.MAX_CODE_POINT) {
            out.appendCodePoint((int) code);
        } else {
            out.append('\ufffd');
        }
        return end;
    }
}
