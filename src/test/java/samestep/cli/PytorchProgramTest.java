package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.cli.CommandRunner.Result;

/** Every program below fixtures/programs/pytorch, explained: what is printed stands beside it. A new program is a new case. */
class PytorchProgramTest {
    private static final Path CASES = Path.of("fixtures/programs/pytorch");

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            List<Path> programs = files.filter(file -> file.toString().endsWith(".py"))
                    .filter(file -> !file.toString().endsWith("_real.py"))
                    .sorted()
                    .toList();
            assertFalse(programs.isEmpty());
            return programs;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isExplainedAsExpected(Path program) throws IOException {
        Result result = CommandRunner.run("explain", program.toString());
        String expected = program.toString().replaceAll("\\.py$", ".expected");
        Golden.compare(Path.of(expected), result.err() + result.out() + "exit " + result.code() + "\n");
    }
}
