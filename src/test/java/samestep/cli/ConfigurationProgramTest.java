package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.cli.CommandRunner.Result;

/**
 * Every program that is a configuration, explained: the expected output is beside it. A file in one of the folders is a
 * case; those that it inherits from are in folders of their own.
 */
class ConfigurationProgramTest {
    private static final List<Path> FOLDERS = List.of(
            Path.of("fixtures/programs/mmengine"),
            Path.of("fixtures/programs/mmengine/pure"),
            Path.of("fixtures/programs/lazyconfig"),
            Path.of("fixtures/programs/torchtitan"));

    static List<Path> cases() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> own = files.filter(file -> file.toString().matches(".*\\.(py|toml)"))
                        .filter(file -> !file.endsWith("base.py"))
                        .sorted()
                        .toList();
                assertFalse(own.isEmpty());
                all.addAll(own);
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isExplainedAsExpected(Path program) throws IOException {
        Result result = CommandRunner.run("explain", program.toString());
        String expected = program.toString().replaceAll("\\.\\w+$", ".expected");
        Golden.compare(Path.of(expected), result.err() + result.out() + "exit " + result.code() + "\n");
    }
}
