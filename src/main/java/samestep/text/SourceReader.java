package samestep.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads source files with a size limit; an unreadable file is an {@link UnreadableSourceException} that says why. */
public final class SourceReader {
    /** Largest file read: the biggest known net definition is under 2 MiB, the biggest graph text under 16. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    private SourceReader() {}

    /**
     * Reads a file as text.
     *
     * @param path the file
     * @return its text, named by the path as given
     * @throws UnreadableSourceException when it is missing, a directory, too large, or not text
     */
    public static SourceText read(Path path) throws UnreadableSourceException {
        String name = path.toString();
        if (Files.isDirectory(path)) {
            throw new UnreadableSourceException(name, "is a directory; name a file in it");
        }
        if (!Files.exists(path)) {
            throw new UnreadableSourceException(name, "no such file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return read(name, in);
        } catch (UnreadableSourceException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableSourceException(name, "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads a stream as text, to its end.
     *
     * @param name what messages call the source
     * @param in the bytes; not closed
     * @throws UnreadableSourceException when it is too large or not text
     */
    public static SourceText read(String name, InputStream in) throws UnreadableSourceException {
        try {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UnreadableSourceException(name, "is larger than " + MAX_BYTES / (1024 * 1024) + " MiB");
            }
            return new SourceText(name, decode(name, bytes));
        } catch (UnreadableSourceException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableSourceException(name, "cannot be read: " + e.getMessage());
        }
    }

    private static String decode(String name, byte[] bytes) throws UnreadableSourceException {
        Charset charset = charset(bytes);
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableSourceException(name, "is not " + charset.name() + " text; a binary file?");
        }
    }

    /** UTF-8 unless a byte order mark says UTF-16; a UTF-8 mark stays in the text, so that it survives editing. */
    private static Charset charset(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }
}
