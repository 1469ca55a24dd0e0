package samestep.syntax.json;

import samestep.syntax.Quoting;
import samestep.syntax.SyntaxError;
import samestep.text.Span;

/** Reads strings. */
final class JsonStrings {
    private final JsonInput input;
    private final String text;

    JsonStrings(JsonInput input) {
        this.input = input;
        this.text = input.text();
    }

    /** Reads the string whose opening quote is here. */
    JsonString read() {
        int start = input.at();
        input.next();
        int plain = input.at();
        int end = endOfPlain(start, plain);
        if (text.charAt(end) == '"') {
            input.moveTo(end + 1);
            return new JsonString(text.substring(plain, end), new Span(start, end + 1));
        }
        StringBuilder decoded = new StringBuilder();
        while (text.charAt(end) == '\\') {
            decoded.append(text, plain, end);
            input.moveTo(end + 1);
            escape(end, start, decoded);
            plain = input.at();
            end = endOfPlain(start, plain);
        }
        decoded.append(text, plain, end);
        input.moveTo(end + 1);
        return new JsonString(decoded.toString(), new Span(start, end + 1));
    }

    /** The offset of the next quote or backslash. */
    private int endOfPlain(int start, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                return i;
            }
            if (c == '\n' || c == '\r') {
                throw unclosed(start, i, "the end of the line");
            }
            if (c < ' ') {
                String found = Quoting.quote(String.valueOf(c));
                String remedy = c == '\t' ? "write \\t" : String.format("write \\u%04x", (int) c);
                throw new SyntaxError(
                        new Span(i, i + 1), "a string cannot hold the control character " + found, remedy);
            }
        }
        throw unclosed(start, text.length(), "the end of the file");
    }

    private SyntaxError unclosed(int start, int end, String found) {
        Span span = new Span(start, end);
        String remedy = found.endsWith("line")
                ? "close the string on its line; a line break in it is \\n"
                : "is the file cut off?";
        String string = Quoting.quote(text.substring(start, end));
        return new SyntaxError(span, "expected \" to close the string " + string + ", found " + found, remedy);
    }

    private void escape(int backslash, int start, StringBuilder decoded) {
        if (input.atEnd()) {
            throw unclosed(start, text.length(), "the end of the file");
        }
        char c = input.next();
        switch (c) {
            case '"', '\\', '/' -> decoded.append(c);
            case 'b' -> decoded.append('\b');
            case 'f' -> decoded.append('\f');
            case 'n' -> decoded.append('\n');
            case 'r' -> decoded.append('\r');
            case 't' -> decoded.append('\t');
            case 'u' -> decoded.append(codeUnit(backslash));
            default ->
                throw illegal(backslash, text.offsetByCodePoints(backslash + 1, 1), "write \\\\ for a backslash");
        }
    }

    private char codeUnit(int backslash) {
        int start = input.at();
        int end = Math.min(start + 4, text.length());
        for (int i = start; i < start + 4; i++) {
            if (i >= end || text.charAt(i) > 'f' || Character.digit(text.charAt(i), 16) < 0) {
                throw illegal(backslash, Math.min(i, end), "write four hexadecimal digits after \\u");
            }
        }
        input.moveTo(end);
        return (char) Integer.parseInt(text, start, end, 16);
    }

    private SyntaxError illegal(int start, int end, String remedy) {
        String escape = Quoting.quote(text.substring(start, end));
        return new SyntaxError(new Span(start, end), "a string cannot hold the escape sequence " + escape, remedy);
    }
}
