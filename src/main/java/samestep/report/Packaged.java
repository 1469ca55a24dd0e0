package samestep.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts that the program carries. */
final class Packaged {
    private Packaged() {}

    /**
     * A text.
     *
     * @param name in this package, or from the root of the jar where it begins with a slash
     */
    static String text(String name) {
        try (InputStream in = Packaged.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
