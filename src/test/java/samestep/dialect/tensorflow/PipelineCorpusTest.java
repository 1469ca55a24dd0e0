package samestep.dialect.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.TextFormatAgreement;
import samestep.dialect.tensorflow.pipeline.PipelineSection;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.syntax.prototxt.Prototxt;
import samestep.syntax.prototxt.PrototxtDocument;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Other people's pipelines: each gives a recipe, or a finding with its place; and protobuf reads the same values. */
class PipelineCorpusTest {
    private static final ProofMemory MEMORY = new ProofMemory();
    private static final Path CORPUS = Path.of("../shared/corpus/tf-pipeline");

    private static List<Path> files() throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS);
        try (Stream<Path> files = Files.walk(CORPUS)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void everyPipelineIsReadOrSaysWhyNot() throws IOException {
        List<String> refused = new ArrayList<>();
        Map<String, Integer> weights = new TreeMap<>();
        Map<Code, Integer> codes = new TreeMap<>();
        for (Path file : files()) {
            SourceText source = SourceReader.read(file);
            assertEquals("tensorflow", Dialects.recognise(source).orElseThrow().name(), file.toString());
            Outcome<Recipe> read = new TensorflowDialect().read(Input.of(source));
            read.findings().stream().map(Finding::code).distinct().forEach(c -> codes.merge(c, 1, Integer::sum));
            read.value().ifPresent(recipe -> penalties(recipe, weights));
            if (read.value().isEmpty()) {
                Finding why = read.findings().stream()
                        .filter(f -> f.severity() == Severity.ERROR)
                        .findFirst()
                        .orElseThrow();
                assertTrue(why.place().isPresent(), file + ": " + why.message());
                refused.add(why.place().orElseThrow() + " " + why.message());
            }
        }
        System.out.println("pipelines: " + files().size() + ", refused " + refused.size() + ", penalties " + weights
                + ", " + codes);
        assertEquals(List.of(), refused);
    }

    private static void penalties(Recipe recipe, Map<String, Integer> weights) {
        for (Parameter parameter : recipe.parameters()) {
            for (Stage.Penalty penalty : parameter.stages(Stage.Penalty.class)) {
                weights.merge(penalty.norm() + " " + penalty.coefficient().text(), 1, Integer::sum);
            }
        }
    }

    /** What the API halves for Keras by itself is halved here: for TensorFlow 2's pipelines, all of it is proven. */
    @Test
    void everyPipelineGoesToKeras() throws IOException {
        Dialect keras = Dialects.named("keras").orElseThrow();
        Map<String, Integer> verdicts = new TreeMap<>();
        for (Path file : files()) {
            SourceText source = SourceReader.read(file);
            Recipe recipe =
                    new TensorflowDialect().read(Input.of(source)).value().orElseThrow();
            String trainer = source.text().contains("_keras") || source.text().contains("center_net") ? "2" : "1";
            Comparison comparison = keras.write(recipe).stream()
                    .map(p -> new SourceText("port.json", p.texts().getOrDefault("json", "")))
                    .map(text -> keras.read(Input.of(text)).value().orElseThrow())
                    .map(port -> Comparer.judge(recipe, port, Partners.byName(), MEMORY))
                    .findFirst()
                    .orElseThrow();
            boolean known = comparison.schedule().verdict().isProven();
            verdicts.merge(
                    "TensorFlow " + trainer + (known ? ", rate " : ", another rate ")
                            + comparison.verdict().kind(),
                    1,
                    Integer::sum);
        }
        Map<String, Integer> expected = Map.of(
                "TensorFlow 2, rate EXACT", 61,
                // Warm-ups before steps, burn-ins, rates held, RMSprop's decay: schedules that Keras does not have.
                "TensorFlow 2, another rate INEXACT", 3,
                // The rate outside the velocity.
                "TensorFlow 1, rate EXACT_WHILE", 67,
                // Of these, the first drop comes after the last step (decay_steps 800720, num_steps 200000): constant.
                "TensorFlow 1, rate EXACT_WHILE_MET", 72,
                // RMSProp's mean of squares starts at one.
                "TensorFlow 1, rate INEXACT", 58,
                "TensorFlow 1, another rate INEXACT", 7);
        assertEquals(expected, verdicts);
    }

    @Test
    void protobufReadsTheSameValues() throws IOException {
        TextFormatAgreement protobuf = TextFormatAgreement.load("object_detection", PipelineSection.SCHEMA, true);
        List<String> different = new ArrayList<>();
        int accepted = 0;
        for (Path file : files()) {
            SourceText source = SourceReader.read(file);
            PrototxtDocument ours = Prototxt.parse(source).value().orElseThrow();
            // TextFormat in Java cannot pass over a field that it does not know and that a semicolon ends.
            String text = source.text().replaceAll("(?m);[ \t]*$", "");
            Optional<DynamicMessage> theirs = protobuf.parse(text, "TrainEvalPipelineConfig");
            if (theirs.isPresent()) {
                accepted++;
                protobuf.difference(
                                theirs.get(), ours.root(), PipelineSection.SCHEMA.message("TrainEvalPipelineConfig"))
                        .ifPresent(d -> different.add(file + ": " + d));
            }
        }
        System.out.println("pipelines: TextFormat accepts " + accepted + " of " + files().size() + ", all equal but "
                + different.size());
        assertEquals(List.of(), different);
        assertTrue(accepted >= 268, "TextFormat accepts only " + accepted);
    }
}
