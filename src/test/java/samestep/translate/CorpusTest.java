package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** Other people's configurations, where they are at hand: every one gives a recipe, or an error that says why not. */
class CorpusTest {
    private static final Path CORPUS = Path.of("../shared/corpus");
    private static final Dialect CAFFE = Dialects.named("caffe").orElseThrow();

    private static List<Path> files(String kind) throws IOException {
        Path folder = CORPUS.resolve(kind);
        assumeTrue(Files.isDirectory(folder), "no corpus at " + folder);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void everySolverGivesARecipeOrAnError() throws IOException {
        List<String> refused = new ArrayList<>();
        List<Path> files = files("caffe-solver");
        for (Path file : files) {
            SourceText source = SourceReader.read(file);
            assertEquals(CAFFE, Dialects.recognise(source).orElse(null), file + " is not recognised");
            Outcome<Recipe> outcome = CAFFE.read(Input.of(source));
            if (outcome.value().isEmpty()) {
                assertTrue(outcome.hasErrors(), file + " is refused without an error");
                assertEveryErrorHasAPlace(file, outcome);
                refused.add(file + ": " + firstError(outcome));
            }
        }
        // Templates, three forks' own policies and types, and what Caffe itself would refuse.
        assertEquals(373, files.size());
        assertEquals(21, refused.size(), String.join("\n", refused));
    }

    private static void assertEveryErrorHasAPlace(Path file, Outcome<Recipe> outcome) {
        List<String> nowhere = outcome.findings().stream()
                .filter(f -> f.severity() == Severity.ERROR && f.place().isEmpty())
                .map(Finding::message)
                .toList();
        assertEquals(List.of(), nowhere, file.toString());
    }

    private static String firstError(Outcome<Recipe> outcome) {
        return outcome.findings().stream()
                .filter(f -> f.severity() == Severity.ERROR)
                .map(Finding::message)
                .findFirst()
                .orElse("");
    }

    @Test
    void everyNetGivesARecipeOrAnErrorWithItsPlace() throws IOException {
        SourceText solver = new SourceText("solver.prototxt", "base_lr: 0.1 lr_policy: \"fixed\" weight_decay: 0.1");
        int trained = 0;
        for (Path file : files("caffe-net")) {
            Optional<SourceText> net = text(file);
            if (net.isPresent()) {
                Outcome<Recipe> outcome = CAFFE.read(Input.of(solver, net.get()));
                assertTrue(outcome.value().isPresent() || outcome.hasErrors(), file.toString());
                assertEveryErrorHasAPlace(file, outcome);
                trained += outcome.value().isPresent() ? 1 : 0;
            }
        }
        assertTrue(trained > 460, "only " + trained + " nets have parameters");
    }

    private static Optional<SourceText> text(Path file) {
        try {
            return Optional.of(SourceReader.read(file));
        } catch (UnreadableSourceException e) {
            return Optional.empty();
        }
    }
}
