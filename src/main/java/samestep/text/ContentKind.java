package samestep.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a file is by its first bytes, for files that cannot be read as text. */
public final class ContentKind {
    private static final int LOOKED_AT = 4096;
    /** Files that are not text and may be configurations all the same. */
    private static final Set<String> CONTAINERS = Set.of("keras", "h5", "hdf5", "meta");

    private ContentKind() {}

    /** Whether a file holds what no text holds, and is not named like a container of configurations. */
    public static boolean isBinary(Path file) {
        if (isContainer(file) || !Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return isBinary(in.readNBytes(LOOKED_AT));
        } catch (IOException e) {
            return false;
        }
    }

    /** A text in whatever encoding, with a character for each byte: enough to see by its ASCII what it is. */
    public static Optional<SourceText> inAnyEncoding(Path file) {
        if (isContainer(file) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(SourceReader.MAX_BYTES + 1);
            return bytes.length > SourceReader.MAX_BYTES
                    ? Optional.empty()
                    : Optional.of(new SourceText(file.toString(), new String(bytes, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isContainer(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return CONTAINERS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static boolean isBinary(byte[] head) {
        boolean marked = head.length > 1 && (head[0] & 0xff) + (head[1] & 0xff) == 0xff + 0xfe;
        for (byte b : head) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && !marked) {
                return true;
            }
        }
        return false;
    }
}
