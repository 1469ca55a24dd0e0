package samestep.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each folder of fixtures/programs has a program and what is expected of it. */
class ProgramTraceTest {
    private static final Path REPOSITORY =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    @TestFactory
    Stream<DynamicTest> tracesAreAsExpected() throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(REPOSITORY.resolve("fixtures/programs"))) {
            folders = all.filter(folder -> Files.exists(folder.resolve("main.py")))
                    .sorted()
                    .toList();
        }
        assertFalse(folders.isEmpty());
        return folders.stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path folder) throws Exception {
        Trace trace = TracePrinter.trace(folder.resolve("main.py"), folder, "");
        String actual = TraceText.of(trace);
        Path expected = folder.resolve("expected.trace");
        Path written = REPOSITORY.resolve("target/programs/" + folder.getFileName() + ".trace");
        Files.createDirectories(written.getParent());
        Files.writeString(written, actual, StandardCharsets.UTF_8);
        String before = Files.exists(expected) ? Files.readString(expected, StandardCharsets.UTF_8) : "";
        assertEquals(
                before,
                actual,
                "to accept: cp " + REPOSITORY.relativize(written) + " " + REPOSITORY.relativize(expected));
    }
}
