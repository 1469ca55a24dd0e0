package samestep.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** From bytes to text, and only if the text gives the same bytes again. */
final class Decoder {
    private static final int MARK = 0xfeff;

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
        // What is not legal was replaced by this character, which may stand in the file itself too.
        if (text.indexOf('\ufffd') >= 0) {
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
