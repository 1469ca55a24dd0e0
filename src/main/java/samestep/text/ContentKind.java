package samestep.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** What a file is by its first bytes, for files that cannot be read as text. */
public final class ContentKind {
    private static final int LOOKED_AT = 4096;
    /** Files that are not text and may be configurations all the same. */
    private static final Set<String> CONTAINERS = Set.of("keras", "h5", "hdf5", "meta");

    private ContentKind() {}

    /** Whether a file holds what no text holds, and is not named like a container of configurations. */
    public static boolean isBinary(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (CONTAINERS.contains(name.substring(name.lastIndexOf('.') + 1)) || !Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return isBinary(in.readNBytes(LOOKED_AT));
        } catch (IOException e) {
            return false;
        }
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
