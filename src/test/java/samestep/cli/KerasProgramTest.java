package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder of fixtures/programs/keras has a program {@code main.py}, what {@code explain} and {@code check} print of
 * it, and, if there is a solver, what {@code compare} prints. src/test/python/check_keras_programs.py holds the
 * parameters against the real Keras.
 */
class KerasProgramTest {
    private static final Path FOLDER = Path.of("fixtures/programs/keras");

    @TestFactory
    Stream<DynamicTest> programsAreReadAsExpected() throws IOException {
        return programs(FOLDER);
    }

    /** One test for each folder of a folder. */
    static Stream<DynamicTest> programs(Path parent) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(parent)) {
            folders = all.filter(Files::isDirectory).sorted().toList();
        }
        assertFalse(folders.isEmpty());
        return folders.stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path folder) throws IOException {
        String program = folder.resolve("main.py").toString().replace('\\', '/');
        StringBuilder out = new StringBuilder();
        print(out, "explain", program);
        print(out, "check", program);
        Path solver = folder.resolve("solver.prototxt");
        if (Files.exists(solver)) {
            print(out, "compare", solver.toString().replace('\\', '/'), program);
        }
        Golden.compare(folder.resolve("expected.txt"), out.toString());
    }

    private static void print(StringBuilder out, String... arguments) {
        CommandRunner.Result result = CommandRunner.run(arguments);
        out.append("$ translate ").append(String.join(" ", arguments)).append('\n');
        out.append(result.out().stripTrailing()).append('\n');
        out.append("--- exit code ").append(result.code()).append(", standard error:\n");
        out.append(result.err().stripTrailing()).append("\n\n");
    }
}
