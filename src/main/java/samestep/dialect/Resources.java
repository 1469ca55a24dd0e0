package samestep.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The tables of the frameworks in the jar: a folder for each framework, beside its equations. */
public final class Resources {
    private Resources() {}

    /**
     * All of a text.
     *
     * @param name with its framework's folder, such as {@code keras/layers.txt}
     * @throws IllegalArgumentException when it is not there: resources are ours
     */
    public static String text(String name) {
        String packed = PackedResources.find(name);
        return packed == null ? new String(read(name), StandardCharsets.UTF_8) : packed;
    }

    /** The same of what is not a text, such as {@code schema.desc}. */
    public static byte[] bytes(String name) {
        String packed = PackedResources.find(name);
        return packed == null ? read(name) : packed.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] read(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException(name + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a table: its lines without comments, which begin with {@code #}, and without empty ones. */
    public static Stream<String> lines(String name) {
        return text(name).lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
    }
}
