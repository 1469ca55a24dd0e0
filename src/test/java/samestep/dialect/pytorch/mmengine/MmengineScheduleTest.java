package samestep.dialect.pytorch.mmengine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.Companions;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.text.SourceText;

/** The rates of MMEngine's schedulers and of MMCV 1's hooks, as {@code src/test/python/record_mmengine_rates.py} recorded them. */
class MmengineScheduleTest {
    private static final Path RATES = Path.of("fixtures/programs/mmengine/rates/rates.txt");
    private static final Run KNOWN = new Run(OptionalLong.empty(), OptionalLong.of(3), OptionalInt.empty());

    /** A case. */
    record Rates(String library, String name, String text, double[] rates) {
        String program() {
            String optimizer = "optimizer=dict(type='SGD', lr=1.0)";
            return (library.equals("new")
                            ? "optim_wrapper = dict(" + optimizer + ")"
                            : optimizer.replaceFirst("=", " = "))
                    + "\n"
                    + text.replace("; ", "\n")
                    + "\n";
        }

        @Override
        public String toString() {
            return library + " " + name;
        }
    }

    static List<Rates> recorded() throws IOException {
        List<Rates> all = Files.readAllLines(RATES).stream()
                .map(line -> line.split(" \\| "))
                .map(cells -> new Rates(
                        cells[0],
                        cells[1],
                        cells[2],
                        Arrays.stream(cells[3].split(" "))
                                .mapToDouble(Double::parseDouble)
                                .toArray()))
                .toList();
        assertEquals(23, all.size());
        return all;
    }

    private static Outcome<Recipe> read(String program, Run run) {
        return new PytorchDialect()
                .read(new Input(new SourceText("config.py", program), Optional.empty(), Companions.NONE, run));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void ratesAreAsRecorded(Rates expected) {
        Outcome<Recipe> outcome = read(expected.program(), KNOWN);
        Recipe recipe = outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
        assertEquals(Schedule.Unit.UPDATES, recipe.schedule().unit());
        double[] rates = rates(recipe, expected.rates().length);
        for (int t = 0; t < rates.length; t++) {
            assertEquals(expected.rates()[t], rates[t], 1e-11, "at " + t);
        }
    }

    /** A schedule that counts iterations is read at the last of those that make an update. */
    @ParameterizedTest
    @MethodSource("recorded")
    void anUpdateHasTheRateOfItsLastBatch(Rates expected) {
        boolean isNew = expected.library().equals("new");
        String program = isNew
                ? expected.program().replace("dict(optimizer=", "dict(accumulative_counts=3, optimizer=")
                : expected.program()
                        + "optimizer_config = dict(type='GradientCumulativeOptimizerHook', cumulative_iters=3)\n";
        Run run = new Run(OptionalLong.empty(), OptionalLong.of(1), OptionalInt.empty());
        Outcome<Recipe> outcome = read(program, run);
        Recipe recipe = outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
        double[] rates = rates(recipe, expected.rates().length / 3);
        for (int update = 0; update < rates.length; update++) {
            assertEquals(expected.rates()[3 * update + 2], rates[update], 1e-11, "at " + update);
        }
        assertEquals(3, recipe.microSteps());
    }

    private static double[] rates(Recipe recipe, int count) {
        Formula<double[]> rate = recipe.schedule().rate(new DoubleAlgebra(false));
        double[] rates = new double[count];
        for (int t = 0; t < count; t++) {
            rates[t] = rate.at(new double[] {t})[0];
        }
        return rates;
    }

    @Test
    void whatMovesToARateOfItsOwnMayNotBeMovedByAnother() {
        Outcome<Recipe> outcome = read(
                "optim_wrapper = dict(optimizer=dict(type='SGD', lr=1.0))\n"
                        + "param_scheduler = [dict(type='LinearLR', by_epoch=False, end=5),"
                        + " dict(type='CosineAnnealingLR', by_epoch=False, eta_min=0.1)]\n"
                        + "train_cfg = dict(by_epoch=False, max_iters=12)\n",
                KNOWN);
        assertTrue(outcome.value().isEmpty());
    }
}
