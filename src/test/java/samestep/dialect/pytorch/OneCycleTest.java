package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import samestep.cli.CommandRunner;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.equation.Formula;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** OneCycleLR as PyTorch ran it; src/test/python/record_one_cycle.py writes the recording. */
class OneCycleTest {
    /** Of rates up to 0.1: PyTorch adds up doubles of that size. */
    private static final double TOLERANCE = 1e-15;

    @TestFactory
    Stream<DynamicTest> doesWhatPytorchDid() throws IOException {
        JsonArray cases = JsonParser.parseString(Files.readString(Path.of("fixtures/pytorch/one-cycle.json")))
                .getAsJsonArray();
        assertEquals(29, cases.size());
        return cases.asList().stream()
                .map(c -> DynamicTest.dynamicTest(
                        c.getAsJsonObject().get("arguments") + " for "
                                + c.getAsJsonObject().get("updates"),
                        () -> assertSame(c.getAsJsonObject())));
    }

    private static void assertSame(JsonObject recorded) {
        Outcome<Recipe> outcome = read(json(
                recorded.getAsJsonObject("arguments"), recorded.get("updates").getAsInt()));
        boolean moved = recorded.getAsJsonArray("momenta").asList().stream()
                .anyMatch(momentum -> momentum.getAsDouble() != 0.5);
        assertEquals(!moved && !recorded.has("error"), outcome.value().isPresent(), outcome.findings() + "");
        if (outcome.value().isEmpty()) {
            assertEquals(List.of(moved ? Code.SS010 : Code.SS004), codes(outcome.findings()));
            assertTrue(outcome.findings().stream().allMatch(f -> f.place().isPresent()));
            return;
        }
        Recipe recipe = outcome.value().get();
        Formula<BigDecimal[]> rate = recipe.schedule().rate(new DecimalAlgebra(Exact.DIGITS));
        double[] theirs = recorded.getAsJsonArray("rates").asList().stream()
                .mapToDouble(r -> r.getAsDouble())
                .toArray();
        double[] ours = IntStream.range(0, theirs.length)
                .mapToDouble(t -> rate.at(new BigDecimal[] {BigDecimal.valueOf(t)})[0].doubleValue())
                .toArray();
        for (int t = 0; t < theirs.length; t++) {
            assertEquals(theirs[t], ours[t], TOLERANCE, "at step " + t);
        }
        // The groups' own rates, 0.3 and 0.7, are not used.
        for (Parameter parameter : recipe.parameters()) {
            assertEquals(BigDecimal.ONE, parameter.rateMultiplier().decimal());
        }
    }

    private static String json(JsonObject arguments, int updates) {
        return """
            {"samestep": "pytorch/1",
             "optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.3, "momentum": 0.5}},
             "param_groups": [{"params": ["fc.weight"]}, {"params": ["fc.bias"], "lr": 0.7}],
             "scheduler": {"class_path": "torch.optim.lr_scheduler.OneCycleLR", "init_args": %s,
                           "stepped": "after every update"},
             "updates": %d}
            """.formatted(arguments, updates);
    }

    private static Outcome<Recipe> read(String text) {
        return Dialects.named("pytorch").orElseThrow().read(Input.of(new SourceText("run.json", text)));
    }

    private static List<Code> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).filter(c -> c != Code.SS041).toList();
    }

    private static final String LIGHTNING = """
        trainer:
          max_epochs: 5
        optimizer:
          class_path: torch.optim.AdamW
          init_args:
            lr: 0.001
        lr_scheduler:
          class_path: torch.optim.lr_scheduler.OneCycleLR
          init_args:
            max_lr: 0.1
            steps_per_epoch: 1000
            epochs: 5
        """;

    @TempDir
    private Path folder;

    /** Lightning steps once an epoch: of 5,000 steps the run takes five. */
    @Test
    void cycleInStepsIsNotThatOfARunInEpochs() throws IOException {
        String moved = checked("run.yaml", LIGHTNING);
        assertTrue(moved.contains("moves the momentum (betas[0] of an Adam) from 0.95 to 0.85 and back"), moved);
        assertTrue(moved.contains("the cycle has 5000 steps, and the run takes 5: "), moved);

        String still = checked("run.yaml", LIGHTNING + "    cycle_momentum: false\n");
        assertTrue(still.contains("the schedule ends at 4999, and the run has 5 epochs [SS609]"), still);
    }

    @Test
    void cycleThatEndsWithTheRunIsNotReported() throws IOException {
        JsonObject arguments = JsonParser.parseString(
                        "{\"max_lr\": 0.1, \"total_steps\": 500, \"cycle_momentum\": false}")
                .getAsJsonObject();
        String same = checked("run.json", json(arguments, 500));
        assertTrue(same.contains("nothing found"), same);
        String cut = checked("run.json", json(arguments, 250));
        // At the number 500.
        assertTrue(cut.contains("run.json:4:110: warning: the rate ends at "), cut);
        String longer = checked("run.json", json(arguments, 501));
        assertTrue(longer.contains("error: OneCycleLR: the cycle has 500 steps, and the run has 501"), longer);
    }

    private String checked(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        CommandRunner.Result result = CommandRunner.run("check", "-v", file.toString());
        return (result.out() + result.err()).replaceAll("\\s+", " ");
    }

    /** Who does not say how often it is stepped has the first rate of the cycle, and not the optimizer's. */
    @Test
    void firstRateIsThatOfTheCycle() {
        Outcome<Recipe> outcome =
                Dialects.named("pytorch").orElseThrow().read(Input.of(new SourceText("run.yaml", """
                    optimizer:
                      _target_: torch.optim.SGD
                      lr: 0.3
                    scheduler:
                      _target_: torch.optim.lr_scheduler.OneCycleLR
                      max_lr: 0.1
                      total_steps: 500
                      cycle_momentum: false
                    """)));
        assertEquals(
                0.004, outcome.value().orElseThrow().schedule().rateAtStart().doubleValue(), 1e-15);
    }

    /** A program's call gives the arguments by position, or by name. */
    @Test
    void aProgramsCycleIsRead() throws IOException {
        Path file = Files.writeString(folder.resolve("train.py"), """
            import torch
            model = torch.nn.Linear(3, 2)
            optimizer = torch.optim.SGD(model.parameters(), 0.3, momentum=0.9)
            scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, None, 4, 5, cycle_momentum=False)
            for epoch in range(4):
                for i in range(5):
                    optimizer.zero_grad()
                    torch.nn.functional.cross_entropy(model(torch.zeros(1, 3)), torch.zeros(1).long()).backward()
                    optimizer.step()
                    scheduler.step()
            """);
        CommandRunner.Result result = CommandRunner.run("explain", file.toString());
        assertEquals(0, result.code(), result.err());
        assertTrue(
                result.out().replaceAll("\\s+", " ").contains("Learning rate: OneCycleLR update rate 0 0.004"),
                result.out());
        // Recorded: the last rate of a cycle of 20.
        assertTrue(result.out().contains("4e-07"), result.out());
    }

    @Test
    void theCycleIsWrittenAsOne() throws IOException {
        for (String more : List.of("", ", \"three_phase\": true", ", \"anneal_strategy\": \"linear\"")) {
            JsonObject arguments = JsonParser.parseString(
                            "{\"max_lr\": 0.1, \"total_steps\": 500, \"cycle_momentum\": false" + more + "}")
                    .getAsJsonObject();
            Path file = Files.writeString(
                    folder.resolve("run.json"), json(arguments, 500).replace(", \"lr\": 0.7", ""));
            for (String style : List.of("python", "hydra")) {
                CommandRunner.Result result = CommandRunner.run(file.toString(), "--to", "pytorch", "--as", style);
                assertEquals(0, result.code(), result.err());
                assertTrue(result.out().contains("OneCycleLR"), result.out());
            }
        }
    }
}
