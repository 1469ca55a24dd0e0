package samestep.dialect.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** Files that hold graphs: a model_dir, other people's files, and files that are damaged. */
class GraphFilesTest {
    private static final Dialect TENSORFLOW = Dialects.named("tensorflow").orElseThrow();
    private static final Path META = Path.of("fixtures/tensorflow/graphs/estimator-bare-l2/model.meta");
    private static final Path CORPUS = Path.of("../shared/corpus/tf-metagraph");

    @TempDir
    Path folder = Path.of("");

    private static Outcome<Recipe> read(Path file) throws IOException {
        SourceText source = Dialects.text(file);
        assertEquals(TENSORFLOW, Dialects.recognise(source).orElse(null), file + " is not recognised");
        return TENSORFLOW.read(Input.of(source));
    }

    @Test
    void ofAnEstimatorsFolderTheLastCheckpointIsRead() throws IOException {
        Path bare = Path.of("fixtures/tensorflow/graphs/estimator-total-momentum-l2-resource/model.meta");
        Files.copy(bare, folder.resolve("model.ckpt-99.meta"));
        Files.copy(META, folder.resolve("model.ckpt-100.meta"));
        Files.writeString(folder.resolve("graph.pbtxt"), "node { name: \"a\" op: \"NoOp\" }");

        Outcome<Recipe> read = read(folder);

        assertTrue(read.findings().stream().anyMatch(f -> f.code() == Code.SS111), read.findings() + "");
        assertTrue(Dialects.text(folder).name().contains("model.ckpt-100.meta"));
    }

    @Test
    void withoutCheckpointsTheTextIsRead() throws IOException {
        Files.writeString(folder.resolve("graph.pbtxt"), "node { name: \"a\" op: \"NoOp\" }");

        Outcome<Recipe> read = read(folder);

        assertEquals(Code.SS008, read.findings().get(0).code());
        assertTrue(read.findings().get(0).message().contains("no optimizer"));
    }

    @Test
    void aFolderWithoutGraphsIsNone() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "nothing");

        assertThrows(UnreadableSourceException.class, () -> Dialects.text(folder));
    }

    @Test
    void everyFileOfOtherPeopleGivesARecipeOrAnErrorAtAPlace() throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS);
        List<String> refused = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(CORPUS)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Outcome<Recipe> read = read(file);
            List<Finding> errors = read.findings().stream()
                    .filter(f -> f.severity() == Severity.ERROR)
                    .toList();
            if (read.value().isEmpty()) {
                assertFalse(errors.isEmpty(), file + " is refused without an error");
                refused.add(file.getFileName() + ": " + errors.get(0).message());
            }
            errors.forEach(f -> assertTrue(f.place().isPresent(), file + ": " + f));
        }
        assertEquals(12, files.size());
        // A graph for inference, and one with an operation for each of several trainings.
        assertEquals(2, refused.size(), String.join("\n", refused));
    }

    @Test
    void aDamagedFileIsRefusedOrRead() throws IOException {
        byte[] whole = Files.readAllBytes(META);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            byte[] damaged =
                    i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : changed(whole.clone(), random);
            Path file = Files.write(folder.resolve("damaged" + i + ".meta"), damaged);
            try {
                Dialects.recognise(Dialects.text(file)).ifPresent(d -> d.read(Input.of(text(file))));
            } catch (UnreadableSourceException e) {
                refused++;
            }
        }
        assertTrue(refused > 25, refused + " of 60");
    }

    @Test
    void aGraphWithLinesMissingIsRefusedOrRead() throws IOException {
        List<String> lines = Dialects.text(META).text().lines().toList();
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            List<String> left = new ArrayList<>(lines);
            for (int j = 0; j < 1 + i / 4; j++) {
                int at = random.nextInt(left.size());
                boolean bracket = left.get(at).endsWith("{") || left.get(at).endsWith("}");
                left.set(at, bracket ? left.get(at) : "");
            }
            Outcome<Recipe> read = TENSORFLOW.read(Input.of(new SourceText("graph", String.join("\n", left))));
            refused += read.value().isEmpty() ? 1 : 0;
            assertTrue(read.value().isPresent() || read.hasErrors(), read.findings() + "");
        }
        assertTrue(refused > 5, refused + " of 60");
    }

    @Test
    void anOptimizerThatIsNotKnownIsNamed() {
        String graph = """
                node { name: "w" op: "VarHandleOp" }
                node { name: "m" op: "VarHandleOp" }
                node { name: "rate" op: "Const" }
                node { name: "update" op: "ResourceApplyKerasMomentum" input: "w" input: "m" input: "rate" }
                """;
        Outcome<Recipe> read = TENSORFLOW.read(Input.of(new SourceText("graph.pbtxt", graph)));

        assertEquals(Code.SS010, read.findings().get(0).code());
        assertTrue(read.findings().get(0).message().contains("ResourceApplyKerasMomentum"));
        assertEquals(4, read.findings().get(0).place().orElseThrow().position().line());
    }

    @Test
    void aDivisionByZeroIsAnError() {
        String number = "attr { key: \"value\" value { tensor { dtype: DT_FLOAT tensor_shape { } float_val: %s } } }";
        String graph = "node { name: \"w\" op: \"VariableV2\" }\n"
                + "node { name: \"one\" op: \"Const\" " + number.formatted("1.0") + " }\n"
                + "node { name: \"none\" op: \"Const\" " + number.formatted("0.0") + " }\n"
                + "node { name: \"rate\" op: \"RealDiv\" input: \"one\" input: \"none\" }\n"
                + "node { name: \"g\" op: \"MatMul\" input: \"one\" input: \"none\" }\n"
                + "node { name: \"u\" op: \"ApplyGradientDescent\" input: \"w\" input: \"rate\" input: \"g\" }\n";
        Outcome<Recipe> read = TENSORFLOW.read(Input.of(new SourceText("graph.pbtxt", graph)));

        assertTrue(read.value().isPresent() || read.hasErrors(), read.findings() + "");
    }

    private static byte[] changed(byte[] bytes, Random random) {
        for (int i = 0; i < 20; i++) {
            bytes[3 + random.nextInt(bytes.length - 3)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static SourceText text(Path file) {
        try {
            return Dialects.text(file);
        } catch (UnreadableSourceException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsNoMetaGraphIsNotTakenForOne() throws IOException {
        Path unity = Files.writeString(folder.resolve("scene.meta"), "\nfileFormatVersion: 2\nguid: 0\n");

        assertTrue(Dialects.recognise(Dialects.text(unity)).isEmpty());
    }
}
