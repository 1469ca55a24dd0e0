package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.equation.Formula;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/**
 * The rates of configurations of timm, Hugging Face, detectron2 and SlowFast, step by step, as the libraries' own schedules
 * had them; src/test/python/library_schedules.py writes them.
 */
class LibraryScheduleTest {
    /** Theirs are computed in doubles. */
    private static final double TOLERANCE = 1e-12;

    @TestFactory
    Stream<DynamicTest> ratesAreTheLibrarys() throws IOException {
        String text = Files.readString(Path.of("fixtures/pytorch/schedules.json"));
        List<JsonObject> recordings = new ArrayList<>();
        JsonParser.parseString(text).getAsJsonArray().forEach(e -> recordings.add(e.getAsJsonObject()));
        assertTrue(recordings.size() > 20);
        return recordings.stream()
                .map(recording -> DynamicTest.dynamicTest(
                        recording.get("config").getAsString().replace('\n', ';'), () -> assertRates(recording)));
    }

    private static void assertRates(JsonObject recording) {
        SourceText source =
                new SourceText("config.yaml", recording.get("config").getAsString());
        Outcome<Recipe> outcome = Dialects.named("pytorch").orElseThrow().read(Input.of(source));
        Recipe recipe = outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
        Formula<BigDecimal[]> rate = recipe.schedule().rate(new DecimalAlgebra(Exact.DIGITS));
        for (Map.Entry<String, JsonElement> expected :
                recording.getAsJsonObject("rates").entrySet()) {
            double theirs = expected.getValue().getAsDouble();
            double ours = rate.at(new BigDecimal[] {new BigDecimal(expected.getKey())})[0].doubleValue();
            assertEquals(theirs, ours, TOLERANCE * Math.max(1e-3, Math.abs(theirs)), "at step " + expected.getKey());
        }
    }
}
