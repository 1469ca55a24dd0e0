package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that hold what is expected. */
final class Golden {
    private Golden() {}

    /** Compares; where they differ, what came is left below target, and the message says how to accept it. */
    static void compare(Path expected, String actual) throws IOException {
        String content = Files.exists(expected) ? Files.readString(expected) : "";
        if (!content.equals(actual)) {
            Path written = Path.of("target").resolve(expected);
            Files.createDirectories(written.getParent());
            Files.writeString(written, actual);
            assertEquals(content, actual, "if this is right: cp " + written + " " + expected);
        }
    }
}
