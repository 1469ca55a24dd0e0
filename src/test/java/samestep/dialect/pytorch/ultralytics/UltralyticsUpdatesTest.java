package samestep.dialect.pytorch.ultralytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.equation.Formula;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.text.SourceText;

/**
 * What Ultralytics' own loop did at each update of a run without a warm-up, and what is read of the same arguments;
 * src/test/python/record_ultralytics_updates.py writes it.
 */
class UltralyticsUpdatesTest {
    /** Theirs are computed in doubles. */
    private static final double TOLERANCE = 1e-12;

    @TestFactory
    Stream<DynamicTest> updatesAreUltralytics() throws IOException {
        List<JsonObject> runs = Files.readAllLines(Path.of("fixtures/pytorch/rates/ultralytics.jsonl")).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(run -> number(run.getAsJsonObject("given"), "warmup_epochs") == 0)
                .toList();
        assertTrue(runs.size() >= 9, () -> "only " + runs.size());
        return runs.stream()
                .map(run -> DynamicTest.dynamicTest(run.getAsJsonObject("given").toString(), () -> assertUpdates(run)));
    }

    private static double number(JsonObject object, String name) {
        return object.get(name).getAsDouble();
    }

    private static Recipe read(JsonObject run) {
        StringBuilder text = new StringBuilder("task: detect\nmode: train\n");
        JsonObject given = run.getAsJsonObject("given");
        if (!given.has("lr0")) {
            text.append("lr0: 0.01\n");
        }
        given.entrySet()
                .forEach(e -> text.append(e.getKey() + ": " + e.getValue().getAsString() + "\n"));
        Run data = new Run(OptionalLong.of(run.get("images").getAsLong()), OptionalLong.empty(), OptionalInt.empty());
        Input input = Input.of(new SourceText("args.yaml", text.toString())).with(data);
        Outcome<Recipe> outcome = Dialects.named("pytorch").orElseThrow().read(input);
        return outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
    }

    private static void assertUpdates(JsonObject run) {
        Recipe recipe = read(run);
        JsonArray updates = run.getAsJsonArray("updates");
        assertEquals(Schedule.Unit.UPDATES, recipe.schedule().unit());
        assertEquals(OptionalLong.of(updates.size()), recipe.schedule().horizon());
        Formula<BigDecimal[]> rate = recipe.schedule().rate(new DecimalAlgebra(Exact.DIGITS));
        int t = 0;
        for (JsonElement update : updates) {
            JsonObject groups = update.getAsJsonObject().getAsJsonObject("groups");
            BigDecimal ours = rate.at(new BigDecimal[] {BigDecimal.valueOf(t)})[0];
            for (Parameter parameter : recipe.trained()) {
                JsonObject theirs =
                        groups.getAsJsonObject(group(parameter.name().role()));
                double own = ours.multiply(parameter.rateMultiplier().decimal()).doubleValue();
                assertClose(number(theirs, "lr"), own, "rate of update " + t);
                assertOptimizer(run, theirs, parameter);
            }
            double batch = recipe.batchSize().orElseThrow().doubleValue();
            assertEquals(update.getAsJsonObject().get("images").getAsLong(), recipe.microSteps() * batch);
            t++;
        }
    }

    /** A bias of a normalisation is a bias by its name. */
    private static String group(Role role) {
        return role == Role.GAMMA ? "bn" : role == Role.BIAS || role == Role.BETA ? "bias" : "weight";
    }

    private static void assertOptimizer(JsonObject run, JsonObject theirs, Parameter parameter) {
        double coupled = parameter.stages(Stage.Penalty.class).stream()
                .mapToDouble(p -> p.coefficient().doubleValue())
                .sum();
        double beside = parameter.stages(Stage.DecoupledDecay.class).stream()
                .mapToDouble(d -> d.coefficient().doubleValue())
                .sum();
        boolean decoupled = run.get("optimizer").getAsString().equals("AdamW");
        assertEquals(0, decoupled ? coupled : beside);
        double decay = decoupled ? beside : coupled;
        assertClose(number(theirs, "weight_decay"), decay, "decay of " + parameter.name());
        Stage.Optimizer optimizer = parameter.optimizer().orElseThrow();
        double momentum =
                theirs.has("betas") ? theirs.getAsJsonArray("betas").get(0).getAsDouble() : number(theirs, "momentum");
        boolean has =
                optimizer.values().values().stream().anyMatch(q -> Math.abs(q.doubleValue() - momentum) < TOLERANCE);
        assertTrue(has, () -> momentum + " is not in " + optimizer.values());
    }

    private static void assertClose(double theirs, double ours, String what) {
        assertEquals(theirs, ours, TOLERANCE * Math.max(1e-3, Math.abs(theirs)), what);
    }
}
