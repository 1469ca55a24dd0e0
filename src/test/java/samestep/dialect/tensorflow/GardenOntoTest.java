package samestep.dialect.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.Edit;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Experiments are changed in the values that must change, and nowhere else. */
class GardenOntoTest {
    private static final Path CORPUS = Path.of("../shared/corpus/tf-modelgarden");
    private static final Path OWN = Path.of("fixtures/tensorflow/experiment.yaml");

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
    void everyExperimentOfOthersSaysASolver(String solver) throws IOException {
        Recipe recipe = RewriteLaws.caffe(solver);
        List<String> different = new ArrayList<>();
        int files = 0;
        for (Path file : corpus()) {
            SourceText existing = SourceReader.read(file);
            boolean older = existing.text().contains("train_dataset:");
            if (!older) {
                files++;
                if (!RewriteLaws.kernelsAreTheSame(recipe, RewriteLaws.lawful(recipe, existing))) {
                    different.add(file.toString());
                }
            }
        }
        System.out.println("experiments changed: " + files);
        assertEquals(List.of(), different);
    }

    /** What an experiment says already, it is not made to say. */
    @Test
    void anExperimentsOwnRecipeChangesNothing() throws IOException {
        List<String> changed = new ArrayList<>();
        int files = 0;
        for (Path file : corpus()) {
            SourceText existing = SourceReader.read(file);
            Outcome<Recipe> read = RewriteLaws.TENSORFLOW.read(Input.of(existing));
            // What is called decay there is called rho.
            // LARS is read and not written.
            if (existing.text().contains("lars:")) {
                continue;
            }
            boolean mended = read.findings().stream().anyMatch(f -> f.code() == Code.SS211);
            if (read.value().isEmpty() || mended || existing.text().contains("train_dataset:")) {
                continue;
            }
            files++;
            for (Edit edit : RewriteLaws.rewrite(read.value().get(), existing).edits()) {
                changed.add(file + ": " + edit.replaced() + " -> " + edit.replacement());
            }
        }
        System.out.println("experiments left alone: " + files);
        assertEquals(List.of(), changed);
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void everyLayoutIsKept(String solver) throws IOException {
        String text = SourceReader.read(OWN).text();
        for (String variant : List.of(text, text.replace("\n", "\r\n"), text.stripTrailing())) {
            SourceText existing = new SourceText("experiment.yaml", variant);
            Recipe recipe = RewriteLaws.caffe(solver);
            assertTrue(RewriteLaws.kernelsAreTheSame(recipe, RewriteLaws.lawful(recipe, existing)), variant);
        }
    }

    @Test
    void onlyTheNumbersThatDifferChange() throws IOException {
        SourceText existing = SourceReader.read(OWN);
        String expected = existing.text()
                .replace("l2_weight_decay: 4e-5", "l2_weight_decay: 0.0005")
                .replace("momentum: 0.9 ", "momentum: 0.8 ");
        Recipe recipe = RewriteLaws.TENSORFLOW
                .read(Input.of(new SourceText("other.yaml", expected)))
                .value()
                .orElseThrow();

        assertEquals(expected, RewriteLaws.rewrite(recipe, existing).changed().text());
    }
}
