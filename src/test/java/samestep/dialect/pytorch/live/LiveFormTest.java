package samestep.dialect.pytorch.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;
import samestep.text.SourceText;

/** The description of a live optimizer, as the Python package writes it. */
class LiveFormTest {
    private static final String DOCUMENT = """
        {"samestep": "live/1", "framework": "pytorch", "libraries": {"python": "3.11.7", "torch": "2.15.0"},
         "optimizer": {"class_path": "torch.optim.sgd.SGD", "init_args": {"lr": 0.1, "momentum": 0.9}},
         "param_groups": [
           {"param_names": ["layer.first"], "lr": 0.1, "momentum": 0.9, "weight_decay": 0.5},
           {"param_names": ["layer.second", "2.weight"], "lr": 0.2, "momentum": 0.9, "weight_decay": 0.0}],
         "roles": {"layer.first": "parameter", "layer.second": "parameter", "2.weight": "gamma"},
         "frozen": ["2.weight"],
         "parameters": []%s}
        """;

    private static Outcome<Recipe> read(String more) {
        SourceText source = new SourceText("live.json", DOCUMENT.formatted(more));
        return Dialects.recognise(source).orElseThrow().read(Input.of(source));
    }

    private static String scheduler(String arguments) {
        return ", \"scheduler\": {\"class_path\": \"torch.optim.lr_scheduler.StepLR\", \"init_args\": {" + arguments
                + "}, \"stepped\": \"after every update\"}";
    }

    private static Schedule schedule(String arguments) {
        Outcome<Recipe> outcome = read(scheduler(arguments) + ", \"updates\": 10");
        return outcome.value()
                .orElseThrow(() -> new AssertionError(outcome.findings()))
                .schedule();
    }

    @Test
    void parametersOfOneLayerAndRoleKeepTheirNumbers() {
        Recipe recipe = read("").value().orElseThrow();
        assertEquals(
                List.of("layer.first parameter", "layer.second parameter", "2 gamma"),
                recipe.parameters().stream().map(p -> p.name().toString()).toList());
        assertEquals(
                List.of(1, 0, 0),
                recipe.parameters().stream()
                        .map(p -> p.stages(Stage.Penalty.class).size())
                        .toList());
        assertEquals(2, recipe.parameters().get(1).rateMultiplier().doubleValue());
        assertTrue(recipe.parameters().get(2).frozen());
    }

    @Test
    void aClosedFormThatHasTheRatesIsTheSchedule() {
        Schedule schedule = schedule(
                "\"step_size\": 4, \"gamma\": 0.5, \"rates\": [[0, 0.1], [4, 0.05], [8, 0.025]], \"steps\": 10,"
                        + " \"complete\": true");
        assertInstanceOf(ScheduleForm.Staircase.class, schedule.form());
        assertEquals(
                List.of("lr", "step_size", "gamma"),
                schedule.values().stream().map(Schedule.NamedValue::field).toList());
    }

    @Test
    void ratesThatNoClosedFormHasAreTheSchedule() {
        Schedule schedule = schedule(
                "\"step_size\": 4, \"gamma\": 0.5, \"rates\": [[0, 0.1], [5, 0.05]], \"steps\": 10, \"complete\":"
                        + " true");
        ScheduleForm.Steps steps = assertInstanceOf(ScheduleForm.Steps.class, schedule.form());
        assertEquals(List.of(5L), steps.starts());
        assertEquals(Schedule.Unit.UPDATES, schedule.unit());
    }

    @Test
    void ratesOfAPartOfTheRunAreNotTakenForAll() {
        Outcome<Recipe> outcome =
                read(scheduler("\"rates\": [[0, 0.1], [5, 0.05]], \"steps\": 10, \"complete\": false"));
        assertEquals(
                Schedule.Unit.NOT_SAID, outcome.value().orElseThrow().schedule().unit());
        assertTrue(outcome.findings().stream().anyMatch(f -> f.code() == Code.SS441));
    }

    @Test
    void aResumedScheduleIsItsRates() {
        Schedule schedule = schedule("\"step_size\": 4, \"gamma\": 0.5, \"resumed\": true,"
                + " \"rates\": [[0, 0.1], [4, 0.05], [8, 0.025]], \"steps\": 10, \"complete\": true");
        assertInstanceOf(ScheduleForm.Steps.class, schedule.form());
    }

    @Test
    void brokenTablesAreNone() {
        for (String rates :
                List.of("[]", "[[1, 0.1]]", "[[0, 0.1], [0, 0.2]]", "[[0]]", "[0.1]", "{}", "[[0, \"x\"]]")) {
            Schedule schedule = schedule("\"step_size\": 4, \"gamma\": 0.5, \"rates\": " + rates);
            assertInstanceOf(ScheduleForm.Staircase.class, schedule.form(), rates);
        }
    }

    @Test
    void whatIsNotDescribedIsSaid() {
        Outcome<Recipe> hooks = read(", \"hooks\": [\"optimizer step pre hooks\"]");
        assertTrue(hooks.value().isPresent());
        assertTrue(hooks.findings().stream().anyMatch(f -> f.code() == Code.SS043));
        Outcome<Recipe> changes = read(", \"changes\": [\"momentum\"]");
        assertTrue(changes.value().isEmpty());
        assertTrue(changes.findings().get(0).message().contains("the scheduler changes momentum"));
    }

    @Test
    void anotherVersionIsRefused() {
        SourceText source = new SourceText(
                "live.json", DOCUMENT.formatted("").replace("\"samestep\": \"live/1\"", "\"samestep\": \"live/2\""));
        Outcome<Recipe> outcome = Dialects.recognise(source).orElseThrow().read(Input.of(source));
        assertFalse(outcome.value().isPresent());
        assertTrue(outcome.findings().get(0).message().contains("another version"));
    }
}
