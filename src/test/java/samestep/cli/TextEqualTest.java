package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pairs of docs/mcp.md on which a comparison of texts is wrong: equal texts that train otherwise, and the reverse. */
class TextEqualTest {
    private static final Path PAIRS = Path.of("fixtures/text-equal");

    private static String file(Path folder, String glob) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
            return found.iterator().next().toString();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "big-vision-torch, 1, first.py:14:17: write 0.0001",
        "big-vision-torch, 1, second.json:3:95: write 100.0",
        "caffe-keras, 0, 'result: optimizer, schedule, 2 kernels and 2 biases exact'",
        "notation, 0, 'learning_rate 1e-3                    learning_rate 0.001'",
        "betas, 1, 'beta2: adam_beta2 0.98 | 0.999 (default)'"
    })
    void whatIsTrue(String pair, int code, String said) throws IOException {
        Path folder = PAIRS.resolve(pair);
        CommandRunner.Result result = CommandRunner.run("compare", file(folder, "first.*"), file(folder, "second.*"));

        assertEquals(code, result.code(), result.out());
        assertTrue(result.out().contains(said), result.out());
    }
}
