package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.finding.Outcome;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.trainer.Problems;
import samestep.trainer.Trajectory;

/** Every recorded trajectory, from its native text through the readers: the judge of every equation. */
class RecordingReplayTest {
    private static final Path GOLDENS = Path.of("fixtures/goldens");

    static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDENS)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theTrainerReproducesIt(Path file) throws IOException {
        SourceText source = SourceReader.read(file);
        JsonObject expected = (JsonObject) Json.parse(source).value().orElseThrow();
        Map<Integer, Map<String, double[]>> snapshots = snapshots(expected);
        Recording recording = Recording.read(source).value().orElseThrow();
        int last = Collections.max(snapshots.keySet());
        Outcome<Trajectory> outcome =
                recording.replay(Problems.builtIn(recording.problem()), last, new TreeSet<>(snapshots.keySet()));
        Trajectory trajectory = outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));

        assertEquals(snapshots.size(), trajectory.snapshots().size(), "snapshots");
        double largest = 0;
        for (Trajectory.Snapshot snapshot : trajectory.snapshots()) {
            for (Map.Entry<String, double[]> weights :
                    snapshots.getOrDefault(snapshot.step(), Map.of()).entrySet()) {
                largest = Math.max(
                        largest,
                        distance(weights.getValue(), snapshot.weights().getOrDefault(weights.getKey(), new double[0])));
            }
        }
        boolean single = expected.get("dtype").orElse(null) instanceof JsonString dtype
                && dtype.value().equals("float32");
        double tolerance = single ? 5e-6 : tolerance(file.getFileName().toString());
        assertTrue(largest <= tolerance, file.getFileName() + ": weights differ by " + largest);
        assertTrue(distance(numbers(expected, "losses"), trajectory.losses()) <= tolerance, "losses");
        if (expected.get("learning_rates").isPresent()) {
            double rates = distance(numbers(expected, "learning_rates"), trajectory.learningRates());
            assertTrue(rates <= Math.max(tolerance, 1e-15), "learning rates differ by " + rates);
        }
    }

    /** A schedule in single precision differs inside the graph. */
    private static double tolerance(String name) {
        if (name.startsWith("tf1-momentum-cosine") || name.startsWith("tf1-momentum-polynomial-cycle")) {
            return 1e-6;
        }
        // The order in which the Model Garden's and the Object Detection API's schedules round is not followed.
        double schedule = name.startsWith("tf2") ? 5e-8 : 5e-9;
        return name.contains("f32sched") ? schedule : 1e-12;
    }

    static Map<Integer, Map<String, double[]>> snapshots(JsonObject recording) {
        Map<Integer, Map<String, double[]>> snapshots = new LinkedHashMap<>();
        for (JsonValue element : ((JsonArray) recording.get("snapshots").orElseThrow()).elements()) {
            JsonObject snapshot = (JsonObject) element;
            Map<String, double[]> weights = new LinkedHashMap<>();
            snapshot.members().stream()
                    .filter(m -> m.value() instanceof JsonArray)
                    .forEach(m -> weights.put(m.name(), array(m.value())));
            int step = (int) ((JsonNumber) snapshot.get("step").orElseThrow()).doubleValue();
            if (step > 0) {
                snapshots.put(step, weights);
            }
        }
        return snapshots;
    }

    private static double[] array(JsonValue value) {
        return ((JsonArray) value)
                .elements().stream()
                        .mapToDouble(n -> ((JsonNumber) n).doubleValue())
                        .toArray();
    }

    private static List<Double> numbers(JsonObject recording, String name) {
        List<Double> numbers = new ArrayList<>();
        for (double value : array(recording.get(name).orElseThrow())) {
            numbers.add(value);
        }
        return numbers;
    }

    private static double distance(List<Double> expected, List<Double> actual) {
        double[] a = expected.stream().mapToDouble(Double::doubleValue).toArray();
        double[] b =
                actual.stream().limit(a.length).mapToDouble(Double::doubleValue).toArray();
        return distance(a, b);
    }

    static double distance(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length);
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(expected[i] - actual[i]);
            assertTrue(Double.isFinite(difference), "not a number");
            largest = Math.max(largest, difference);
        }
        return largest;
    }
}
