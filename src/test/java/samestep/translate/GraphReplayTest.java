package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.DeclaredPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.trainer.Problem;
import samestep.trainer.Problems;
import samestep.trainer.Tensors;
import samestep.trainer.Trainer;
import samestep.trainer.Trajectory;

/**
 * The graphs that TensorFlow wrote while it was recorded, read on their own: each is the training that was recorded. A part of
 * them is among the fixtures; all of them are read where they are at hand.
 */
class GraphReplayTest {
    private static final Path FIXTURES = Path.of("fixtures/tensorflow/graphs");
    private static final Path ALL = Path.of("../shared/goldens/tf1-graphs");
    private static final Path RECORDINGS = Path.of("fixtures/goldens/tensorflow");

    static List<Path> graphs() throws IOException {
        List<Path> graphs = new ArrayList<>();
        for (Path root : List.of(FIXTURES, ALL)) {
            if (!Files.isDirectory(root)) {
                System.out.println("skipped: there are no graphs at " + root);
                continue;
            }
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(f -> f.toString().endsWith(".meta") || f.endsWith("graph.pbtxt"))
                        .sorted()
                        .forEach(graphs::add);
            }
        }
        return graphs;
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void aGraphIsTheTrainingThatWasRecorded(Path file) throws IOException {
        JsonObject recorded = recorded(file);
        Outcome<Recipe> read = read(file);
        Recipe recipe = read.value().orElseThrow(() -> new AssertionError(read.findings()));
        Problem problem = Problems.builtIn(text(recorded, "problem"));
        List<Parameter> tensors =
                Tensors.of(recipe, problem).orElseThrow(() -> new AssertionError(recipe.parameters()));
        Map<Integer, Map<String, double[]>> expected = RecordingReplayTest.snapshots(recorded);

        Trajectory trajectory = new Trainer(recipe, tensors, problem).run(100, new TreeSet<>(expected.keySet()));

        assertEquals(8, trajectory.snapshots().size());
        double largest = 0;
        for (Trajectory.Snapshot snapshot : trajectory.snapshots()) {
            Map<String, double[]> here = expected.getOrDefault(snapshot.step(), Map.of());
            assertFalse(here.isEmpty());
            for (Map.Entry<String, double[]> weights : here.entrySet()) {
                double[] actual = snapshot.weights().getOrDefault(weights.getKey(), new double[0]);
                largest = Math.max(largest, RecordingReplayTest.distance(weights.getValue(), actual));
            }
        }
        assertTrue(largest <= tolerance(file), "weights differ by " + largest);
    }

    /** Two schedules run in single precision in the graph. */
    private static double tolerance(Path file) {
        String name = name(file);
        return name.contains("polynomial-cycle") || name.contains("cosine") ? 1e-6 : 1e-12;
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void aPenaltyThatNobodyAddedIsFound(Path file) {
        Outcome<Recipe> read = read(file);
        long declared = count(read, DeclaredPenalty.class);
        long added = count(read, Stage.Penalty.class);
        boolean never = read.findings().stream().anyMatch(f -> f.code() == Code.SS111);

        assertEquals(name(file).contains("bare") || name(file).contains("noreg"), never, name(file));
        assertEquals(never, declared > 0);
        assertFalse(never && added > 0);
    }

    private static long count(Outcome<Recipe> read, Class<? extends Stage> kind) {
        return read.value().orElseThrow().parameters().stream()
                .mapToLong(p -> p.stages(kind).size())
                .sum();
    }

    @Test
    void textAndBinaryOfOneGraphAreTheSame() throws IOException {
        for (Path file : graphs()) {
            Path text = file.resolveSibling("graph.pbtxt");
            if (file.toString().endsWith(".meta") && Files.exists(text)) {
                List<String> a = stages(file);
                List<String> b = stages(text);
                assertEquals(a, b, file.toString());
            }
        }
    }

    private static List<String> stages(Path file) {
        Recipe recipe = read(file).value().orElseThrow();
        List<String> stages =
                new ArrayList<>(List.of(recipe.schedule().form().formula().toString()));
        recipe.parameters()
                .forEach(p -> p.stages().forEach(stage -> {
                    Map<String, String> values = new TreeMap<>();
                    stage.values()
                            .forEach((name, v) -> values.put(
                                    name, v.decimal().stripTrailingZeros().toString()));
                    stages.add(p.name() + ": " + stage.equations().name() + " " + values);
                }));
        return stages;
    }

    private static Outcome<Recipe> read(Path file) {
        try {
            SourceText source = Dialects.text(file);
            assertEquals("tensorflow", Dialects.recognise(source).orElseThrow().name());
            return Dialects.named("tensorflow").orElseThrow().read(Input.of(source));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.resolve("..").normalize().getFileName());
    }

    private static JsonObject recorded(Path file) throws IOException {
        SourceText source = SourceReader.read(RECORDINGS.resolve("tf1-" + name(file) + ".json"));
        return (JsonObject) Json.parse(source).value().orElseThrow();
    }

    private static String text(JsonObject object, String name) {
        return ((JsonString) object.get(name).orElseThrow()).value();
    }
}
