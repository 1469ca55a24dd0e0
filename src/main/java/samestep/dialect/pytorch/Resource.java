package samestep.dialect.pytorch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** A table that lies beside the equations: a line for each row, {@code #} for comments. */
public final class Resource {
    private Resource() {}

    /** The rows. */
    public static Stream<String> lines(String name) {
        return text(name).lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
    }

    /** All of it. */
    static String text(String name) {
        try (InputStream in = Resource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
