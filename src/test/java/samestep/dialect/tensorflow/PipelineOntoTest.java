package samestep.dialect.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.Partners;
import samestep.compare.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.Rewrite;
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
    private static final Dialect TENSORFLOW = Dialects.named("tensorflow").orElseThrow();
    private static final ProofMemory MEMORY = new ProofMemory();

    private static final List<String> SOLVERS = List.of(
            "base_lr: 0.01 lr_policy: 'fixed' momentum: 0.9 weight_decay: 0.0005 max_iter: 70",
            "base_lr: 0.02 lr_policy: 'multistep' gamma: 0.1 stepvalue: 10 stepvalue: 20 stepvalue: 40 momentum: 0.5",
            "base_lr: 0.02 lr_policy: 'step' gamma: 0.5 stepsize: 7 type: 'Adam' momentum: 0.9 delta: 1e-7");

    static List<String> solvers() {
        return SOLVERS;
    }

    private static Recipe caffe(String solver) {
        return Dialects.named("caffe")
                .orElseThrow()
                .read(Input.of(new SourceText("solver.prototxt", solver.replace('\'', '"'))))
                .value()
                .orElseThrow();
    }

    private static List<Path> corpus() throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS);
        try (Stream<Path> files = Files.walk(CORPUS)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Outside the edits the text is what it was; what is written is read; a second time changes nothing. */
    private static Recipe lawful(Recipe recipe, SourceText existing) {
        Rewrite rewrite = rewrite(recipe, existing);
        int at = 0;
        StringBuilder rebuilt = new StringBuilder();
        List<Edit> edits = rewrite.edits().stream()
                .sorted(Comparator.comparingInt((Edit e) -> e.span().start()))
                .toList();
        for (Edit edit : edits) {
            rebuilt.append(existing.text(), at, edit.span().start()).append(edit.replacement());
            at = edit.span().end();
        }
        rebuilt.append(existing.text(), at, existing.text().length());
        SourceText changed = rewrite.changed();
        assertEquals(rebuilt.toString(), changed.text());
        Outcome<Recipe> back = TENSORFLOW.read(Input.of(changed));
        assertTrue(back.value().isPresent(), () -> existing.name() + ": " + back.findings());
        assertEquals(List.of(), rewrite(recipe, changed).edits(), existing.name() + ", a second time");
        return back.value().orElseThrow();
    }

    private static Rewrite rewrite(Recipe recipe, SourceText existing) {
        Outcome<List<Rewrite>> rewrites = TENSORFLOW.rewrite(recipe, existing, Map.of());
        return rewrites.value().orElseThrow().get(0);
    }

    private static boolean kernelsAreTheSame(Recipe recipe, Recipe back) {
        Comparison comparison = Comparer.judge(back, recipe, Partners.byName(), MEMORY);
        return comparison.schedule().verdict().isProven()
                && comparison.groups().stream()
                        .filter(g ->
                                g.parameters().stream().anyMatch(p -> p.name().role() == samestep.recipe.Role.KERNEL))
                        .allMatch(g -> g.verdict().isProven()
                                || g.verdict().condition().contains("constant"));
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void everyPipelineOfOthersSaysASolver(String solver) throws IOException {
        Recipe recipe = caffe(solver);
        List<String> different = new ArrayList<>();
        int files = 0;
        for (Path file : corpus()) {
            SourceText existing = SourceReader.read(file);
            files++;
            Recipe back = lawful(recipe, existing);
            boolean nowhere = rewrite(recipe, existing).findings().stream()
                    .anyMatch(f -> f.message().contains("no place for a penalty"));
            if (nowhere == kernelsAreTheSame(recipe, back)) {
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
            Outcome<Recipe> read = TENSORFLOW.read(Input.of(existing));
            Recipe recipe = read.value().orElseThrow();
            List<Edit> edits = rewrite(recipe, existing).edits();
            // A first step of 0, and a rate that falls by RMSProp's decay, are said otherwise.
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
            Recipe recipe = caffe(solver);
            assertTrue(kernelsAreTheSame(recipe, lawful(recipe, existing)), variant);
        }
    }

    @Test
    void onlyTheNumbersThatDifferChange() throws IOException {
        SourceText existing = SourceReader.read(OWN);
        String expected = existing.text()
                .replace("weight: 4e-05", "weight: 0.0005")
                .replace("weight: 0.00004", "weight: 0.0005")
                .replace("momentum_optimizer_value: 0.9 ", "momentum_optimizer_value: 0.8 ");
        Recipe recipe = TENSORFLOW
                .read(Input.of(new SourceText("other", expected)))
                .value()
                .orElseThrow();

        assertEquals(expected, rewrite(recipe, existing).changed().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"model {", "train_config { optimizer { momentum_optimizer { } adam_optimizer { } } }"})
    void aBrokenPipelineIsLeftAlone(String text) {
        Outcome<List<Rewrite>> rewrites = TENSORFLOW.rewrite(
                caffe(SOLVERS.get(0)), new SourceText("pipeline.config", text + " # train_config"), Map.of());

        assertTrue(rewrites.value().isEmpty());
        assertTrue(rewrites.hasErrors());
    }
}
