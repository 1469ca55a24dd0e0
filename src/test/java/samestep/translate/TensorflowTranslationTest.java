package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.Proposal;
import samestep.equation.Expressions;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Pipelines and experiments from every framework, and to every framework. */
class TensorflowTranslationTest {
    private static final Dialect TENSORFLOW = Dialects.named("tensorflow").orElseThrow();
    private static final ProofMemory MEMORY = new ProofMemory();

    private static Recipe readBack(Dialect dialect, Proposal proposal, String style) {
        SourceText text = new SourceText("port", proposal.texts().getOrDefault(dialect.styleReadBack(style), ""));
        Input input = proposal.model()
                .map(m -> Input.of(text, new SourceText("model", m)))
                .orElse(Input.of(text));
        return dialect.read(input)
                .value()
                .orElseThrow(() -> new AssertionError(dialect.read(input).findings() + "\n" + text.text()))
                .mapped(value -> Expressions.replaceNumbers(value, proposal.written()));
    }

    private static boolean isProven(Comparison comparison) {
        return comparison.schedule().verdict().isProven()
                && comparison.groups().stream()
                        .filter(g ->
                                g.parameters().stream().anyMatch(p -> p.name().role() == Role.KERNEL))
                        .allMatch(g -> g.verdict().isProven());
    }

    /** Whether one of the proposals moves kernels as the recipe does. */
    private static boolean goes(Recipe recipe, Dialect to, String style) {
        return to.write(recipe, style).stream()
                .map(proposal -> readBack(to, proposal, style))
                .anyMatch(
                        there -> isProven(Comparer.judge(kernels(recipe), kernels(there), Partners.byName(), MEMORY)));
    }

    /** Half of what there is to prove. */
    private static Recipe kernels(Recipe recipe) {
        return recipe.withParameters(recipe.parameters().stream()
                .filter(p -> p.name().role() == Role.KERNEL)
                .toList());
    }

    /** Everything that was recorded, written as a pipeline and as an experiment; how much of it is proven for kernels. */
    @ParameterizedTest
    @CsvSource({
        "caffe, pipeline, 32",
        "caffe, garden, 46",
        "keras3, pipeline, 29",
        "keras3, garden, 43",
        "keras2, pipeline, 13",
        "keras2, garden, 30",
        "tensorflow, pipeline, 48",
        "tensorflow, garden, 41"
    })
    void recordingsGoToTensorflow(String folder, String style, int proven) throws IOException {
        List<String> gone = new ArrayList<>();
        List<String> left = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("fixtures/goldens").resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Recipe recipe = Recording.read(SourceReader.read(file))
                        .then(Recording::recipe)
                        .value()
                        .orElseThrow();
                (goes(recipe, TENSORFLOW, style) ? gone : left)
                        .add(String.valueOf(file.getFileName()).replace(".json", ""));
            }
        }
        assertEquals(proven, gone.size(), "not: " + left);
    }

    /** Pipelines and experiments of our own, to each framework that can be written, and as each other. */
    @ParameterizedTest
    @CsvSource({
        "pipeline.config, keras, json, true",
        "pipeline.config, caffe, prototxt, false",
        "pipeline.config, tensorflow, garden, true",
        "experiment.yaml, keras, json, false",
        "experiment.yaml, caffe, prototxt, false",
        "experiment.yaml, tensorflow, pipeline, false",
    })
    void oursGoOn(String file, String to, String style, boolean proven) throws IOException {
        SourceText source = SourceReader.read(Path.of("fixtures/tensorflow").resolve(file));
        Recipe recipe = TENSORFLOW.read(Input.of(source)).value().orElseThrow();
        Dialect target = Dialects.named(to).orElseThrow();
        Translation translation = new Translator(TENSORFLOW, target)
                .translate(Input.of(source), style)
                .value()
                .orElseThrow();

        assertEquals(proven, goes(recipe, target, style));
        assertEquals(proven, isProven(translation.comparison()));
        assertTrue(!translation.proposal().findings().isEmpty());
    }
}
