package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files that hold what is expected. */
final class Golden {
    private Golden() {}

    /** The programs of a folder, in the order of their names; there is one at least. */
    static List<Path> programs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> programs = files.filter(file -> file.toString().endsWith(".py"))
                    .sorted()
                    .toList();
            assertFalse(programs.isEmpty(), "no program below " + folder);
            return programs;
        }
    }

    /** Explains a program, and compares what is printed with the file beside it. */
    static void explained(Path program) throws IOException {
        CommandRunner.Result result = CommandRunner.run("explain", program.toString());
        String expected = program.toString().replaceAll("\\.py$", ".expected");
        compare(Path.of(expected), result.err() + result.out() + "exit " + result.code() + "\n");
    }

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
