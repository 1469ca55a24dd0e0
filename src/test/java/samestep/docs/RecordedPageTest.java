package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.text.SourceReader;
import samestep.translate.Recording;

/** No equation without a recording of the real framework, and a page of what is recorded. */
class RecordedPageTest {
    private static final Path FILES = Path.of("src/main/resources/samestep/dialect");
    private static final Path GOLDENS = Path.of("fixtures/goldens");
    private static final Path PAGE = Path.of("docs/recorded.md");

    private static final String HEAD = """
            # What is recorded

            For each file of equations, the runs of the real framework that it was held to: `RecordingReplayTest` repeats every
            one of them, to 1e-12 where the run was in double precision. [Recordings](recordings.md) says how they are made.

            This page is made from the files in `fixtures/goldens` by `RecordedPageTest`.

            | equations | recordings |
            | --- | --- |
            """;

    @Test
    void everyEquationHasARecording() throws IOException {
        Set<String> missing = new TreeSet<>(equations());
        missing.removeAll(recorded().keySet());

        assertEquals(Set.of(), missing, "record these with a script as src/test/python/record_pytorch.py");
    }

    @Test
    void thePageShowsTheRecordings() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        recorded()
                .forEach((equations, names) -> page.append("| ")
                        .append(equations)
                        .append(" | ")
                        .append(names.size())
                        .append(": ")
                        .append(String.join(", ", names))
                        .append(" |\n"));

        Page.assertIsCommitted(PAGE, page.toString());
    }

    private static Set<String> equations() throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            Set<String> names = new TreeSet<>();
            files.filter(f -> f.toString().endsWith(".eq"))
                    .forEach(f -> names.add(
                            FILES.relativize(f).toString().replace(".eq", "").replaceAll("[/\\\\]", ".")));
            return names;
        }
    }

    /** The equations that a recording's own configuration leads to, and the recordings' names. */
    private static Map<String, Set<String>> recorded() throws IOException {
        Map<String, Set<String>> recorded = new TreeMap<>();
        try (Stream<Path> files = Files.walk(GOLDENS)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                Recipe recipe = Recording.read(SourceReader.read(file))
                        .then(Recording::recipe)
                        .value()
                        .orElseThrow(() -> new AssertionError(file));
                String name = String.valueOf(file.getFileName()).replace(".json", "");
                for (Parameter parameter : recipe.parameters()) {
                    for (Stage.Optimizer optimizer : parameter.stages(Stage.Optimizer.class)) {
                        recorded.computeIfAbsent(optimizer.equations().name(), n -> new TreeSet<>())
                                .add(name);
                    }
                }
            }
        }
        return recorded;
    }
}
