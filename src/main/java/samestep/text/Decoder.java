package samestep.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** From bytes to text, and only if the text gives the same bytes again. */
final class Decoder {
    private static final int MARK = 0xfeff;
    private static final Pattern PROTOTXT = Pattern.compile("(?i)\\.(prototxt|pt|solver|prototxt\\.[^/]*)$");

    private final String name;
    private final byte[] bytes;

    private Decoder(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** UTF-8, unless a byte order mark says UTF-16; the mark stays in the text. */
    static SourceText decode(String name, byte[] bytes) throws UnreadableSourceException {
        return new Decoder(name, bytes).decode();
    }

    private SourceText decode() throws UnreadableSourceException {
        Charset encoding = encoding();
        String text = new String(bytes, encoding);
        // What is not legal was replaced by this character, which may be in the file itself too.
        if (text.indexOf('\ufffd') >= 0) {
            if (encoding == StandardCharsets.UTF_8 && hasForeignComments()) {
                // One character for each byte, so that the text is the file again, byte for byte.
                return new SourceText(
                        name, new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
            }
            refuseIllegal(encoding);
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            String line = "holds a NUL character in line " + new Lines(text).lineOf(nul) + ", so it is not text; ";
            throw new UnreadableSourceException(
                    name, line + (looksLikeUtf16() ? "UTF-16 without its mark? save it as UTF-8" : "a binary file?"));
        }
        return new SourceText(name, text, encoding);
    }

    /**
     * Whether this is a prototxt that is ASCII but for its comments. Their bytes, of GBK or Latin-1 perhaps, mean nothing:
     * the parser of protobuf's text format, which Caffe has, skips them as bytes up to the end of the line.
     */
    private boolean hasForeignComments() {
        if (!PROTOTXT.matcher(name).find()) {
            return false;
        }
        byte quote = 0;
        boolean comment = false;
        for (int at = 0; at < bytes.length; at++) {
            byte b = bytes[at];
            if (b == '\n') {
                comment = false;
                quote = 0;
            } else if (b == 0 || b < 0 && !comment) {
                return false;
            } else if (!comment && quote != 0) {
                at += b == '\\' && at + 1 < bytes.length && bytes[at + 1] != '\n' ? 1 : 0;
                quote = b == quote ? 0 : quote;
            } else if (!comment) {
                comment = b == '#';
                quote = b == '"' || b == '\'' ? b : 0;
            }
        }
        return true;
    }

    /** One of the first two bytes is zero, as in UTF-16 for any letter of ASCII. */
    private boolean looksLikeUtf16() {
        return bytes.length > 1 && bytes[0] == 0 != (bytes[1] == 0);
    }

    private Charset encoding() {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        if (first == MARK) {
            return StandardCharsets.UTF_16BE;
        }
        return first == Integer.reverseBytes(MARK) >>> 16 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }

    /** A piece at a time: a file at the limit of size has to fit into memory once, not twice. */
    private void refuseIllegal(Charset encoding) throws UnreadableSourceException {
        CharsetDecoder strict = encoding.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(8192);
        while (true) {
            var result = strict.decode(in, out, true);
            if (result.isError()) {
                throw illegal(encoding, in.position());
            }
            if (result.isUnderflow()) {
                return;
            }
            out.clear();
        }
    }

    private UnreadableSourceException illegal(Charset encoding, int at) {
        String text = new String(bytes, 0, at, encoding);
        int line = new Lines(text).lineOf(text.length());
        boolean binary = text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f');
        return new UnreadableSourceException(
                name,
                String.format("is not %s text: byte 0x%02X in line %d; ", encoding.name(), bytes[at] & 0xff, line)
                        + (binary ? "a binary file?" : "save it as UTF-8"));
    }
}
