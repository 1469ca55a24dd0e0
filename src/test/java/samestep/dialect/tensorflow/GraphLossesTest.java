package samestep.dialect.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.equation.print.ExpressionPrinter;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.DeclaredPenalty;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;

/**
 * Graphs that the real TensorFlow made of small programs, {@code src/test/python/make_tensorflow1_graphs.py}: each differs in
 * its loss, in what is done to gradients, or in its rate. The expected readings are beside them, compared with the
 * program by hand.
 */
class GraphLossesTest {
    private static final Path FOLDER = Path.of("fixtures/tensorflow/losses");

    static List<Path> graphs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".meta")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void aGraphIsWhatItsProgramDoes(Path graph) throws IOException {
        Outcome<Recipe> read = Dialects.named("tensorflow").orElseThrow().read(Input.of(Dialects.text(graph)));
        List<String> lines = new ArrayList<>();
        for (Finding finding : read.findings()) {
            lines.add(finding.severity().label() + " " + finding.code() + ": " + finding.message());
        }
        read.value().ifPresent(recipe -> describe(recipe, lines));
        String actual = String.join("\n", lines) + "\n";

        Path expected = Path.of(graph.toString().replace(".meta", ".txt"));
        Path written = Path.of("target", "graphs", String.valueOf(expected.getFileName()));
        Files.createDirectories(written.getParent());
        Files.writeString(written, actual);
        assertEquals(
                Files.exists(expected) ? Files.readString(expected) : "",
                actual,
                "if it is right: cp " + written + " " + expected);
    }

    private static void describe(Recipe recipe, List<String> lines) {
        lines.add("rate: "
                + ExpressionPrinter.print(recipe.schedule().withoutRounding().formula()));
        for (Parameter parameter : recipe.parameters()) {
            List<String> words = new ArrayList<>();
            parameter.stages().forEach(stage -> words.add(describe(stage)));
            String rate = parameter.rateMultiplier().isOne()
                    ? ""
                    : ", rate times " + parameter.rateMultiplier().written();
            lines.add(
                    parameter.name() + (parameter.frozen() ? ", frozen" : "") + rate + ": " + String.join("; ", words));
        }
    }

    private static String describe(Stage stage) {
        if (stage instanceof DeclaredPenalty declared) {
            return "not added: " + declared.penalty().norm() + " "
                    + declared.penalty().coefficient().written();
        }
        if (stage instanceof Stage.LossScale scale) {
            return "loss " + scale.form() + " " + Numbers.rounded(scale.weight().doubleValue(), 12);
        }
        Map<String, String> values = new TreeMap<>();
        stage.values()
                .forEach((name, value) ->
                        values.put(name, Numbers.rounded(value.decimal().doubleValue(), 12)));
        return stage.equations().name() + (values.isEmpty() ? "" : " " + values);
    }
}
