package samestep.dialect.pytorch.torchtitan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.Companions;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.dialect.pytorch.RecordedRates;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** The rates of torchtitan's schedule, as {@code src/test/python/record_torchtitan_rates.py} recorded them. */
class TorchtitanScheduleTest {
    private static final Path RATES = Path.of("fixtures/programs/torchtitan/rates/rates.txt");

    static List<RecordedRates> recorded() throws IOException {
        List<RecordedRates> all = RecordedRates.of(RATES);
        assertEquals(10, all.size());
        return all;
    }

    private static Outcome<Recipe> read(String scheduler, int steps) {
        String text = "[optimizer]\nlr = 1.0\n[lr_scheduler]\n" + scheduler.replace("; ", "\n")
                + "\n[training]\nsteps = " + steps + "\n";
        return new PytorchDialect()
                .read(new Input(new SourceText("a.toml", text), Optional.empty(), Companions.NONE, Run.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void ratesAreAsRecorded(RecordedRates expected) {
        Outcome<Recipe> outcome = read(expected.text(), expected.updates());
        Recipe recipe = outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
        Formula<double[]> rate = recipe.schedule().rate(new DoubleAlgebra(false));
        for (int t = 0; t < expected.rates().length; t++) {
            assertEquals(expected.rates()[t], rate.at(new double[] {t})[0], 1e-11, "at " + t);
        }
    }

    @Test
    void whatIsNotTomlOrNotOfTheScheduleIsNotRead() {
        for (String scheduler : List.of(
                "warmup_steps = 2; decay_type = \"exponential\"",
                "decay_type = \"cosine",
                "warmup_steps = ",
                "warmup_steps = 3 4",
                "[[lr_scheduler.x]]",
                "warmup_steps = [1, 2",
                "decay_type = \"\"\"cosine\"\"\"",
                "warmup_steps = 2; warmup_steps = 3")) {
            assertTrue(read(scheduler, 10).value().isEmpty(), scheduler);
        }
    }

    @Test
    void namesWithDotsAndTablesInALineAreTables() {
        String text = "training.steps = 1_2 # twelve\noptimizer = { lr = 5e-1, 'eps' = 1e-6 }\n"
                + "[lr_scheduler]\nwarmup_steps = 0\n[optimizer]\n[training]\n";
        Outcome<Recipe> outcome = new PytorchDialect()
                .read(new Input(new SourceText("a.toml", text), Optional.empty(), Companions.NONE, Run.UNKNOWN));
        assertTrue(outcome.value().isEmpty(), "a table is made twice");
        Outcome<Recipe> once = new PytorchDialect()
                .read(new Input(
                        new SourceText(
                                "a.toml",
                                "[optimizer]\nlr = 5e-1\n[training]\n'steps' = 1_2 # twelve\n"
                                        + "[lr_scheduler]\n\"decay_type\" = 'linear'\nwarmup_steps = 0\n"),
                        Optional.empty(),
                        Companions.NONE,
                        Run.UNKNOWN));
        Formula<double[]> rate = once.value().orElseThrow().schedule().rate(new DoubleAlgebra(false));
        assertEquals(0.5 / 12, rate.at(new double[] {11})[0], 1e-12, "the last of twelve");
    }
}
