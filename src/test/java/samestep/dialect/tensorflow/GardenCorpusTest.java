package samestep.dialect.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Other people's experiments: each gives a recipe, or an error with its place. */
class GardenCorpusTest {
    private static final Path CORPUS = Path.of("../shared/corpus/tf-modelgarden");

    private static List<Path> files() throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS);
        try (Stream<Path> files = Files.walk(CORPUS)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void everyExperimentIsReadOrSaysWhyNot() throws IOException {
        Map<String, Integer> refused = new TreeMap<>();
        Map<String, Integer> penalties = new TreeMap<>();
        Map<Code, Integer> codes = new TreeMap<>();
        int read = 0;
        for (Path file : files()) {
            SourceText source = SourceReader.read(file);
            assertEquals(
                    "tensorflow", Dialects.recognise(source).map(d -> d.name()).orElse("nobody's"), file.toString());
            Outcome<Recipe> outcome = new TensorflowDialect().read(Input.of(source));
            outcome.findings().stream().map(Finding::code).distinct().forEach(c -> codes.merge(c, 1, Integer::sum));
            if (outcome.value().isPresent()) {
                read++;
                outcome.value().get().parameters().stream()
                        .flatMap(p -> p.stages(Stage.Penalty.class).stream())
                        .forEach(p -> penalties.merge(p.coefficient().written(), 1, Integer::sum));
            } else {
                Finding why = outcome.findings().stream()
                        .filter(f -> f.severity() == Severity.ERROR)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(file + ": nothing says why it is not read"));
                assertTrue(why.place().isPresent(), file + ": " + why.message());
                refused.merge(why.code() + " " + why.message().replaceAll("[0-9.]+", "N"), 1, Integer::sum);
            }
        }
        System.out.println(
                "experiments: " + files().size() + ", read " + read + ", penalties " + penalties + ", " + codes);
        refused.forEach((why, count) -> System.out.println("  " + count + " x " + why));
        assertEquals(341, files().size());
        assertEquals(144, read);
    }
}
