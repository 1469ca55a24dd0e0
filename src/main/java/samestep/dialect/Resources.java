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
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a table: its lines without comments, which begin with {@code #}, and without empty ones. */
    public static Stream<String> lines(String name) {
        return text(name).lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
    }
}
