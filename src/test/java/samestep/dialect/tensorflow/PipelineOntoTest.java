package samestep.dialect.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.dialect.Input;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.Edit;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Pipelines are changed in the values that must change, and nowhere else. */
class PipelineOntoTest {
    private static final Path CORPUS = Path.of("../shared/corpus/tf-pipeline");
    private static final Path OWN = Path.of("fixtures/tensorflow/pipeline.config");

    static List<String> solvers() {
        return RewriteLaws.SOLVERS;
    }

    private static List<Path> corpus() throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS);
        try (Stream<Path> files = Files.walk(CORPUS)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void everyPipelineOfOthersSaysASolver(String solver) throws IOException {
        Recipe recipe = RewriteLaws.caffe(solver);
        List<String> different = new ArrayList<>();
        int files = 0;
        for (Path file : corpus()) {
            SourceText existing = SourceReader.read(file);
            files++;
            Recipe back = RewriteLaws.lawful(recipe, existing);
            boolean nowhere = RewriteLaws.rewrite(recipe, existing).findings().stream()
                    .anyMatch(f -> f.message().contains("no place for a penalty"));
            // With quantization no update is proven to be another's.
            if (back.unknown().isEmpty() && nowhere == RewriteLaws.kernelsAreTheSame(recipe, back)) {
                different.add(file.toString());
            }
        }
        System.out.println("pipelines changed: " + files);
        assertEquals(List.of(), different);
    }

    /** What a pipeline says already, it is not made to say. */
    @Test
    void aPipelinesOwnRecipeChangesNothing() throws IOException {
        List<String> changed = new ArrayList<>();
        for (Path file : corpus()) {
            SourceText existing = SourceReader.read(file);
            Outcome<Recipe> read = RewriteLaws.TENSORFLOW.read(Input.of(existing));
            Recipe recipe = read.value().orElseThrow();
            List<Edit> edits = RewriteLaws.rewrite(recipe, existing).edits();
            // A first step of 0, and a rate that falls by RMSProp's decay, are reported by other codes.
            boolean mended = read.findings().stream().anyMatch(f -> f.code() == Code.SS203 || f.code() == Code.SS211);
            if (!edits.isEmpty() && !mended) {
                changed.add(file + ": " + edits.get(0).replaced() + " -> "
                        + edits.get(0).replacement());
            }
        }
        assertEquals(List.of(), changed);
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void everyLayoutIsKept(String solver) throws IOException {
        String text = SourceReader.read(OWN).text();
        for (String variant : List.of(
                text,
                text.replace("\n", "\r\n"),
                text.replace("  ", "\t"),
                text.stripTrailing(),
                text.replaceAll("#.*", "").replaceAll("\\s+", " "))) {
            SourceText existing = new SourceText("pipeline.config", variant);
            Recipe recipe = RewriteLaws.caffe(solver);
            assertTrue(RewriteLaws.kernelsAreTheSame(recipe, RewriteLaws.lawful(recipe, existing)), variant);
        }
    }

    @Test
    void onlyTheNumbersThatDifferChange() throws IOException {
        SourceText existing = SourceReader.read(OWN);
        String expected = existing.text()
                .replace("weight: 4e-05", "weight: 0.0005")
                .replace("weight: 0.00004", "weight: 0.0005")
                .replace("momentum_optimizer_value: 0.9 ", "momentum_optimizer_value: 0.8 ");
        Recipe recipe = RewriteLaws.TENSORFLOW
                .read(Input.of(new SourceText("other", expected)))
                .value()
                .orElseThrow();

        assertEquals(expected, RewriteLaws.rewrite(recipe, existing).changed().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"model {", "train_config { optimizer { momentum_optimizer { } adam_optimizer { } } }"})
    void aBrokenPipelineIsLeftAlone(String text) {
        Outcome<List<Rewrite>> rewrites = RewriteLaws.TENSORFLOW.rewrite(
                RewriteLaws.caffe(RewriteLaws.SOLVERS.get(0)),
                new SourceText("pipeline.config", text + " # train_config"),
                Map.of());

        assertTrue(rewrites.value().isEmpty());
        assertTrue(rewrites.hasErrors());
    }
}
