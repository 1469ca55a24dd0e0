package samestep.dialect.tensorflow.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.DeclaredPenalty;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonObject;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Whether declared penalties are seen to reach the loss. */
class CallsFormTest {
    private static final Path RECORDINGS = Path.of("fixtures/goldens/tensorflow");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "estimator-bare-l2",
                "estimator-bare-slim-l2",
                "estimator-bare-momentum-l2",
                "gd-bare-l2",
                "gd-total-noreg-l2"
            })
    void aPenaltyThatNobodyAddsIsAnErrorAndDoesNothing(String name) throws IOException {
        Outcome<Recipe> read = read(name);
        Recipe recipe = read.value().orElseThrow();
        List<Finding> never =
                read.findings().stream().filter(f -> f.code() == Code.SS111).toList();

        assertEquals(2, count(recipe, DeclaredPenalty.class));
        assertEquals(0, count(recipe, Stage.Penalty.class));
        assertEquals(1, never.size());
        assertTrue(never.get(0).message().contains("0.05 * w"), never.get(0).message());
        assertTrue(never.get(0).place().isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"estimator-total-l2", "estimator-addreg-l2", "gd-addcollection-l2", "gd-slimtotal-slim-l2"})
    void aPenaltyThatIsAddedIsNone(String name) throws IOException {
        Outcome<Recipe> read = read(name);
        Recipe recipe = read.value().orElseThrow();

        assertEquals(2, count(recipe, Stage.Penalty.class));
        assertEquals(0, count(recipe, DeclaredPenalty.class));
        assertEquals(List.of(), read.findings());
    }

    @Test
    void aStatementThatIsNotKnownIsRefused() throws IOException {
        String text = text("gd-bare-l2").replace("\"loss\":\"", "\"loss\":\"loss = sneak(loss); ");
        Outcome<Recipe> read = new CallsForm().read(Input.of(new SourceText("changed", text)));

        assertTrue(read.value().isEmpty());
        assertEquals(Code.SS010, read.findings().get(0).code());
    }

    private static long count(Recipe recipe, Class<? extends Stage> kind) {
        return recipe.parameters().stream()
                .mapToLong(p -> p.stages(kind).size())
                .sum();
    }

    private static Outcome<Recipe> read(String name) throws IOException {
        return new CallsForm().read(Input.of(new SourceText(name, text(name))));
    }

    private static String text(String name) throws IOException {
        SourceText recording = SourceReader.read(RECORDINGS.resolve("tf1-" + name + ".json"));
        JsonObject root = (JsonObject) Json.parse(recording).value().orElseThrow();
        return recording.slice(root.get("native").orElseThrow().span());
    }
}
