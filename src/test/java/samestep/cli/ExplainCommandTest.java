package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.cli.CommandRunner.Result;
import samestep.finding.Code;

/**
 * Every file below fixtures/explanations: its first line is the command, the rest is what the command prints. A new file
 * with one line is a new case.
 */
class ExplainCommandTest {
    private static final Path CASES = Path.of("fixtures/explanations");
    private static final String PROMPT = "$ translate ";

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatIsExpected(Path file) throws IOException {
        String content = Files.readString(file);
        String command = content.lines().findFirst().orElseThrow();
        assertTrue(command.startsWith(PROMPT + "explain "), command);
        Result result = CommandRunner.run(command.substring(PROMPT.length()).split(" "));
        String actual = command + "\n" + result.out() + "exit " + result.code() + "\n";
        Golden.compare(file, actual);
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void everyFindingHasItsPage(Code code) throws IOException {
        Result result = CommandRunner.run("explain", code.name());
        assertEquals(Exit.SAME, result.code());
        String page = Files.readString(Path.of("docs/findings/" + code + ".md"));
        assertEquals(words(page), words(result.out()));
        assertTrue(result.out().startsWith(code + ": "), result.out());
        assertTrue(CommandRunner.run("explain", "SS").out().contains(code + "  " + code.title()));
    }

    /** The words of a text: without the marks of Markdown, and without the pages that its links go to. */
    private static List<String> words(String text) {
        String unmarked = text.replaceAll("(?m)^(```.*|#+ )", "")
                .replaceAll("\\]\\((http[^)]*)\\)", " ($1)")
                .replaceAll("\\]\\([^)]*\\)", "")
                .replaceAll("[\\[\\]`]", "");
        return List.of(unmarked.strip().split("\\s+"));
    }

    @Test
    void wrongUsageIsOneLine() {
        for (List<String> arguments : List.of(
                List.of("explain"),
                List.of("explain", "a", "b", "c"),
                List.of("explain", "SS999"),
                List.of("explain", "no-such-file.prototxt"),
                List.of("explain", "fixtures/lenet/solver.prototxt", "--format", "xml"),
                List.of("explain", "fixtures/lenet/solver.prototxt", "--gpus", "0"),
                List.of("explain", "fixtures/lenet/solver.prototxt", "--dataset-size", "many"))) {
            Result result = CommandRunner.run(arguments.toArray(String[]::new));
            assertEquals(Exit.USAGE, result.code(), arguments.toString());
            assertEquals(1, result.err().lines().count(), result.err());
            assertEquals("", result.out());
        }
    }

    @Test
    void aFileThatIsRefusedIsNotExplained() {
        Result result = CommandRunner.runWithInput("base_lr: x", "explain", "-", "--from", "caffe");
        assertEquals(Exit.USAGE, result.code());
        assertEquals("", result.out());
        assertTrue(result.err().contains("<stdin>:1:10: error"), result.err());
    }

    @Test
    void jsonHasTheSameNumbers() {
        Result result = CommandRunner.run(
                "explain", "fixtures/alexnet/solver.prototxt", "--format", "json", "--dataset-size", "128000");
        var file = JsonParser.parseString(result.out())
                .getAsJsonObject()
                .getAsJsonArray("files")
                .get(0)
                .getAsJsonObject();
        var kernels = file.getAsJsonArray("updates").get(0).getAsJsonObject();
        assertEquals(0.999995, kernels.get("factor_without_gradient").getAsDouble());
        assertEquals(8, kernels.getAsJsonArray("parameters").size());
        assertFalse(kernels.get("frozen").getAsBoolean());
        assertEquals(900, file.getAsJsonObject("samples").get("epochs").getAsDouble());
    }

    @Test
    void equalParametersOfALargeNetAreInOneRow(@TempDir Path folder) throws IOException {
        StringBuilder net = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            String bottom = i == 0 ? "data" : "fc" + (i - 1);
            net.append("layer { name: \"fc%d\" type: \"InnerProduct\" bottom: \"%s\" top: \"fc%d\"%s }%n"
                    .formatted(i, bottom, i, i == 30 ? " param { lr_mult: 3 }" : ""));
        }
        Files.writeString(folder.resolve("net.prototxt"), net);
        Path solver = Files.writeString(
                folder.resolve("solver.prototxt"), "net: \"net.prototxt\"\nbase_lr: 0.01\nlr_policy: \"fixed\"\n");
        String few = CommandRunner.run("explain", solver.toString()).out();
        assertTrue(few.contains("59 kernels: fc0 ... fc59 "), few);
        assertTrue(few.contains("60 biases: fc0 ... fc59 "), few);
        assertTrue(few.contains("fc30 kernel ") && few.contains("0.03 (x3)"), "the one that is different: " + few);
        assertTrue(few.contains("--all lists each of the 120."), few);
        assertTrue(few.lines().count() < 150, few);
        String all = CommandRunner.run("explain", solver.toString(), "--all").out();
        assertTrue(all.contains("fc17 kernel ") && all.contains("fc17 bias "), all);
        String two = CommandRunner.run("explain", solver.toString(), solver.toString())
                .out();
        assertTrue(two.contains("59 kernels: fc0 ... fc59 "), two);
    }
}
