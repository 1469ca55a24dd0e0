package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.Proposal;
import samestep.recipe.Recipe;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** The same training written for each version of Keras, and read back with that version's meaning. */
class KerasVersionTest {
    private static final Dialect KERAS = Dialects.named("keras").orElseThrow();

    private static List<Path> recordings(String folder) throws IOException {
        // The recordings of single arguments, in "branches" below, are for the equations: RecordingReplayTest runs
        // them.
        try (Stream<Path> files = Files.list(Path.of("fixtures/goldens").resolve(folder))) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
    }

    private static String verdict(Recipe recipe, Dialect writer) {
        return writer.write(recipe).stream()
                .findFirst()
                .map(proposal -> verdict(recipe, writer, proposal))
                .orElse("no such optimizer");
    }

    private static String verdict(Recipe recipe, Dialect writer, Proposal proposal) {
        SourceText text = new SourceText("port.json", proposal.texts().getOrDefault("json", ""));
        Recipe back = writer.read(Input.of(text)).value().orElseThrow();
        Comparison comparison = Comparer.compare(recipe, back);
        return comparison.isProven() ? "proven" : comparison.verdict().kind().toString();
    }

    /**
     * What was recorded of a version is written for that version again, and is the same: but for what the document
     * leaves to other files (losses, exclusions, constraints), schedules without a writer, and what no proof reaches.
     */
    @ParameterizedTest
    @CsvSource({"keras3, 3, 81", "keras2, 2.15, 21", "keras2, tf.keras, 27"})
    void aVersionsOwnRecordingsComeBack(String folder, String version, int expected) throws IOException {
        Dialect writer = KERAS.inVersion(version);
        Map<String, Integer> verdicts = new TreeMap<>();
        StringBuilder others = new StringBuilder();
        for (Path file : recordings(folder)) {
            boolean legacy = file.toString().contains("legacy");
            if (!folder.equals("keras2") || legacy == version.equals("tf.keras")) {
                Recipe recipe = recipe(file);
                String verdict = verdict(recipe, writer);
                verdicts.merge(verdict, 1, Integer::sum);
                if (!verdict.equals("proven")) {
                    others.append(file.getFileName())
                            .append(": ")
                            .append(verdict)
                            .append('\n');
                }
            }
        }
        assertEquals(expected, verdicts.getOrDefault("proven", 0), others + " " + verdicts);
    }

    private static Recipe recipe(Path file) throws IOException {
        return Recording.read(SourceReader.read(file))
                .then(Recording::recipe)
                .value()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "1, lr, clipnorm, W_regularizer",
        "2.3, lr, clipnorm, kernel_regularizer",
        "tf.keras, learning_rate, global_clipnorm, kernel_regularizer",
        "2.15, learning_rate, global_clipnorm, kernel_regularizer",
        "3, learning_rate, global_clipnorm, kernel_regularizer"
    })
    void eachVersionHasItsSpelling(String version, String rate, String clip, String regularizer) {
        SourceText solver = new SourceText(
                "solver.prototxt",
                "base_lr: 0.01 lr_policy: \"fixed\" momentum: 0.9 weight_decay: 0.0005 clip_gradients: 10");
        Recipe recipe = Dialects.named("caffe")
                .orElseThrow()
                .read(Input.of(solver))
                .value()
                .orElseThrow();
        String text = KERAS.inVersion(version).write(recipe).get(0).texts().getOrDefault("json", "");
        for (String word : List.of(rate, clip, regularizer)) {
            assertTrue(text.contains("\"" + word + "\""), text);
        }
    }

    /** Which Keras 3 cannot say with any number: epsilon beside the root, as in Caffe. */
    @ParameterizedTest
    @CsvSource({
        "caffe-adagrad-l2, proven",
        "caffe-adagrad-l2-delta1e-3, proven",
        "caffe-adagrad-plain, proven",
        "caffe-dyadic-adagrad, proven",
        "caffe-rmsprop-l2, proven",
        "caffe-rmsprop-plain, proven",
        "caffe-dyadic-rmsprop, proven"
    })
    void legacyKerasHasCaffesEpsilon(String name, String expected) throws IOException {
        Recipe recipe = recipe(Path.of("fixtures/goldens/caffe", name + ".json"));
        assertEquals(expected, verdict(recipe, KERAS.inVersion("tf.keras")));
        assertEquals("BOUNDED", verdict(recipe, KERAS));
    }

    /** One word, two meanings: of all gradients together up to 2.3, of each variable since. */
    @ParameterizedTest
    @CsvSource({"1, clipnorm, proven", "2.3, clipnorm, proven", "tf.keras, global_clipnorm, proven"})
    void clipnormIsOfAllGradientsInOldKeras(String version, String argument, String expected) {
        SourceText solver = new SourceText(
                "solver.prototxt", "base_lr: 0.01 lr_policy: \"fixed\" momentum: 0.9 clip_gradients: 10");
        Recipe recipe = Dialects.named("caffe")
                .orElseThrow()
                .read(Input.of(solver))
                .value()
                .orElseThrow();
        Dialect keras = KERAS.inVersion(version);
        Proposal proposal = keras.write(recipe).get(0);
        String text = proposal.texts().getOrDefault("json", "");
        assertTrue(text.contains("\"" + argument + "\": 10.0"), text);
        assertEquals(expected, verdict(recipe, keras, proposal));
        SourceText other = new SourceText(
                "port.json",
                text.replace("\"" + argument, "\"clipnorm")
                        .replace("\"lr\"", "\"learning_rate\"")
                        .replaceAll("\"keras_version\": \"[0-9.]+\",", ""));
        Recipe newer = keras.read(Input.of(other)).value().orElseThrow();
        assertTrue(!Comparer.compare(recipe, newer).isProven(), "the same word in tf.keras and later is another clip");
    }

    /** Keras 1 and 2 let the rate fall by decay what Caffe lets fall by inv with a power of 1. */
    @Test
    void invIsDecayInOldKeras() {
        SourceText solver = new SourceText(
                "solver.prototxt", "base_lr: 0.01 lr_policy: \"inv\" gamma: 0.001 power: 1 momentum: 0 type: \"SGD\"");
        Recipe recipe = Dialects.named("caffe")
                .orElseThrow()
                .read(Input.of(solver))
                .value()
                .orElseThrow();
        Dialect keras = KERAS.inVersion("2.3");
        Proposal proposal = keras.write(recipe).get(0);
        assertTrue(proposal.texts().getOrDefault("json", "").contains("\"decay\": 0.001"), proposal.toString());
        assertEquals("proven", verdict(recipe, keras, proposal));
    }
}
