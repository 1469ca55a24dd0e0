package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every folder below fixtures/comparisons: source.* and target.* give expected.txt. A new folder is a new case. */
class CompareCommandTest {
    private static final Path CASES = Path.of("fixtures/comparisons");

    static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatIsExpected(Path folder) throws IOException {
        CommandRunner.Result result = CommandRunner.run("compare", file(folder, "source"), file(folder, "target"));
        String actual = result.out() + "exit " + result.code() + "\n";
        Golden.compare(folder.resolve("expected.txt"), actual);
    }

    private static String file(Path folder, String stem) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(stem + "."))
                    .findFirst()
                    .orElseThrow()
                    .toString()
                    .replace('\\', '/');
        }
    }

    @Test
    void copiedDecayIsToBeHalved() {
        String folder = CASES + "/lenet-keras-verbatim/";
        CommandRunner.Result result = CommandRunner.run(
                "compare",
                folder + "source.prototxt",
                folder + "target.json",
                "--format",
                "json",
                "--measure",
                "--updates",
                "20",
                "--seeds",
                "2");

        assertEquals(1, result.code(), result.err());
        JsonObject document = JsonParser.parseString(result.out()).getAsJsonObject();
        long halved = document.getAsJsonArray("remedies").asList().stream()
                .filter(r -> r.getAsJsonObject().get("write").getAsString().equals("0.00025"))
                .count();
        assertEquals(2, halved, "one for each kernel");
        JsonObject digits = document.getAsJsonArray("measured").get(1).getAsJsonObject();
        assertEquals(2, digits.get("runs_each").getAsInt());
        assertEquals(2, digits.getAsJsonArray("configurations").size());
    }

    @Test
    void layersOfOtherNamesNeedAMap() throws IOException {
        Path folder = CASES.resolve("lenet-keras-halved");
        String renamed = Files.readString(folder.resolve("target.json")).replace("\"fc2\"", "\"dense\"");
        String solver = folder.resolve("source.prototxt").toString();

        CommandRunner.Result alone = CommandRunner.runWithInput(renamed, "compare", solver, "-");
        CommandRunner.Result mapped = CommandRunner.runWithInput(renamed, "compare", solver, "-", "--map", "fc2=dense");

        assertEquals(1, alone.code(), alone.err());
        assertTrue(alone.out().contains("only in the first: 1 kernel and 1 bias (fc2)"), alone.out());
        assertTrue(alone.out().contains("only in the second: 1 kernel and 1 bias (dense)"), alone.out());
        assertEquals(0, mapped.code(), mapped.out() + mapped.err());
    }

    @ParameterizedTest
    @CsvSource({"nope=dense, nope, source", "fc2=nope, nope, target", "fc22=dense, fc22, source"})
    void aMapOfLayersThatAreNotThereIsAnError(String map, String layer, String side) {
        Path folder = CASES.resolve("lenet-keras-halved");
        String solver = folder.resolve("source.prototxt").toString();
        String model = folder.resolve("target.json").toString();
        for (CommandRunner.Result result : List.of(
                CommandRunner.run("compare", solver, model, "--map", map),
                CommandRunner.run(solver, "--to", "keras", "--onto", model, "--diff", "--map", map))) {
            assertEquals(2, result.code(), result.out());
            assertEquals("", result.out());
            assertTrue(
                    result.err().contains("there is no layer " + layer + " in " + folder.resolve(side)), result.err());
            assertTrue(result.err().contains("There are ") && result.err().contains("fc2"), result.err());
        }
    }

    @Test
    void wrongUsage() {
        assertEquals(2, CommandRunner.run("compare", "README.md").code());
        assertEquals(2, CommandRunner.run("compare", "-", "-").code());
        assertEquals(2, CommandRunner.run("compare", "README.md", "pom.xml").code());
    }
}
