package samestep.syntax.prototxt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import samestep.syntax.Quoting;
import samestep.syntax.SyntaxFindings;
import samestep.text.Span;

/**
 * Decodes adjacent string literals to one string. Protobuf strings are bytes: octal and hexadecimal
 * escapes give single bytes, and only all bytes together are read as UTF-8, with U+FFFD for what is not UTF-8.
 */
final class StringDecoder {
    private final String text;
    private final SyntaxFindings findings;
    private final StringBuilder plain = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int at;
    private int end;

    StringDecoder(String text, SyntaxFindings findings) {
        this.text = text;
        this.findings = findings;
    }

    /** Adds the literal at these offsets, which include its quotes. */
    void add(int start, int literalEnd) {
        at = start + 1;
        end = literalEnd - 1;
        while (at < end) {
            int run = at;
            // Not indexOf, which would look through the rest of the file for every string without a backslash.
            while (run < end && text.charAt(run) != '\\') {
                run++;
            }
            plain.append(text, at, run);
            at = run;
            if (at < end) {
                escape();
            }
        }
    }

    /** The text of everything added. */
    String decoded() {
        if (bytes.size() == 0) {
            return plain.toString();
        }
        flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The bytes of everything added. */
    byte[] decodedBytes() {
        flush();
        return bytes.toByteArray();
    }

    private void escape() {
        int start = at++;
        char c = text.charAt(at);
        if (c >= '0' && c <= '7') {
            octal();
            return;
        }
        at++;
        switch (c) {
            case 'a' -> plain.append('\u0007');
            case 'b' -> plain.append('\b');
            case 'f' -> plain.append('\f');
            case 'n' -> plain.append('\n');
            case 'r' -> plain.append('\r');
            case 't' -> plain.append('\t');
            case 'v' -> plain.append('\u000b');
            case '\\', '\'', '"', '?' -> plain.append(c);
            case 'x', 'X' -> hexadecimal(start);
            case 'u' -> codePoint(start, 4);
            case 'U' -> codePoint(start, 8);
            default -> illegal(start, "\\\\ for a backslash itself, or / in a path");
        }
    }

    private void octal() {
        int value = 0;
        for (int i = 0; i < 3 && at < end && text.charAt(at) >= '0' && text.charAt(at) <= '7'; i++) {
            value = value * 8 + text.charAt(at++) - '0';
        }
        addByte(value);
    }

    private void hexadecimal(int start) {
        int digits = digits(2);
        if (digits == 0) {
            illegal(start, "one or two hexadecimal digits after \\x");
            return;
        }
        addByte(Integer.parseInt(text, at, at + digits, 16));
        at += digits;
    }

    /** A surrogate pair written as two escapes is one code point, since both halves land in the same text. */
    private void codePoint(int start, int length) {
        int value = digits(length) == length ? Integer.parseUnsignedInt(text, at, at + length, 16) : -1;
        if (!Character.isValidCodePoint(value)) {
            illegal(start, length + " hexadecimal digits, at most 10FFFF");
            return;
        }
        plain.appendCodePoint(value);
        at += length;
    }

    private int digits(int most) {
        int count = 0;
        while (count < most && at + count < end && Characters.hexadecimalDigit(text.charAt(at + count)) >= 0) {
            count++;
        }
        return count;
    }

    /** Takes the characters as they are. */
    private void illegal(int start, String expected) {
        int stop = Math.min(end, text.offsetByCodePoints(start + 1, 1));
        Span span = new Span(start, stop);
        findings.error(
                span,
                "a string cannot hold the escape sequence " + Quoting.quote(text.substring(start, stop)),
                "write " + expected);
        plain.append(text, start, Math.max(stop, at));
        at = Math.max(stop, at);
    }

    private void addByte(int value) {
        flush();
        bytes.write(value);
    }

    private void flush() {
        bytes.writeBytes(plain.toString().getBytes(StandardCharsets.UTF_8));
        plain.setLength(0);
    }
}
