package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import samestep.compare.measure.Measurement;
import samestep.compare.measure.Measurer;
import samestep.compare.proof.Partners;
import samestep.recipe.Recipe;
import samestep.text.SourceReader;
import samestep.text.UnreadableSourceException;
import samestep.trainer.Tensors;

/**
 * What was measured between runs of real frameworks comes out of a measurement of their configurations. A pair is taken as
 * soon as both recordings are among the fixtures and can be read.
 */
class MeasuredDifferencesTest {
    private static final Path LIST = Path.of("src/test/resources/samestep/translate/measured-differences.csv");
    private static final Path FIXTURES = Path.of("fixtures/goldens");
    /** Below, it is frameworks' rounding to single precision, of which a measurement of the decimals as written has none. */
    /** The recordings have the weights after these updates, and the known differences are the largest of these. */
    private static final List<Integer> SNAPSHOTS = List.of(1, 2, 3, 5, 10, 20, 50, 100);

    private static final double ROUNDING = 1e-5;

    private record Known(String first, String second, double difference) {}

    private static List<Known> known() throws IOException {
        return Files.readAllLines(LIST).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(","))
                .map(cells -> new Known(cells[1], cells[2], Double.parseDouble(cells[3])))
                .toList();
    }

    private static Map<String, Path> recordings() throws IOException {
        Map<String, Path> recordings = new HashMap<>();
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            files.filter(f -> f.toString().endsWith(".json"))
                    .forEach(f -> recordings.put(String.valueOf(f.getFileName()).replace(".json", ""), f));
        }
        return recordings;
    }

    private static Optional<Recording> recording(Optional<Path> file) {
        try {
            return file.isEmpty()
                    ? Optional.empty()
                    : Recording.read(SourceReader.read(file.get())).value();
        } catch (UnreadableSourceException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @TestFactory
    List<DynamicTest> comeOutOfAMeasurement() throws IOException {
        Map<String, Path> recordings = recordings();
        List<DynamicTest> tests = new ArrayList<>();
        for (Known known : known()) {
            Optional<Recording> first = recording(Optional.ofNullable(recordings.get(known.first)));
            Optional<Recording> second = recording(Optional.ofNullable(recordings.get(known.second)));
            Optional<Recipe> one = first.flatMap(r -> r.recipe().value());
            Optional<Recipe> other = second.flatMap(r -> r.recipe().value());
            if (one.isPresent() && other.isPresent()) {
                String problem = first.get().problem();
                tests.add(DynamicTest.dynamicTest(
                        known.first + " " + known.second,
                        () -> measure(problem, one.get(), other.get(), known.difference)));
            }
        }
        assertTrue(tests.size() >= 72, "only " + tests.size() + " pairs are supported");
        return tests;
    }

    private static void measure(String problem, Recipe one, Recipe other, double difference) {
        List<String> here = Tensors.layers(one);
        List<String> there = Tensors.layers(other);
        Map<String, String> layers = new HashMap<>();
        for (int i = 0; i < here.size(); i++) {
            layers.put(here.get(i), there.get(i));
        }
        Recipe renamed = new Partners(layers).renamed(other);
        Measurement measured = Measurer.onReference(
                        problem,
                        List.of(new Measurer.Named("one", one), new Measurer.Named("other", renamed)),
                        List.of(),
                        100)
                .orElseThrow();
        Measurement.Run second = measured.runs().get(1);
        double drift = SNAPSHOTS.stream()
                .flatMap(update -> second.after(update).stream())
                .mapToDouble(Measurement.Point::drift)
                .reduce(0, Math::max);
        if (difference > ROUNDING) {
            assertEquals(difference, drift, 0.1 * difference);
        } else {
            assertTrue(drift <= 1.1 * difference + 1e-12, "drifts " + drift);
        }
    }

    /** The recorded weights themselves, beside those of the replay. */
    @Test
    void aRecordingIsMeasuredToo() throws IOException {
        Recording recording = recording(Optional.of(FIXTURES.resolve("keras3/keras3-sgd-l2.json")))
                .orElseThrow();
        Measurement measured = Measurer.onReference(
                        recording.problem(),
                        List.of(new Measurer.Named(
                                "replayed", recording.recipe().value().orElseThrow())),
                        List.of(new Measurer.Recorded("recorded", recording.recorded())),
                        100)
                .orElseThrow();
        Measurement.Run recorded = measured.runs().get(1);
        assertEquals(8, recorded.points().size());
        assertTrue(recorded.largestDrift() < 1e-12, "drifts " + recorded.largestDrift());
        assertTrue(recorded.points().get(7).norm() > 1);
    }
}
