package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.keras.KerasDialect;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.text.SourceText;

/**
 * The learning rates of programs with schedulers of their own: the first 60 are in a file beside each, and
 * src/test/python/check_schedules_with_torch.py compares these with the rates that the programs have when PyTorch runs them.
 */
class ScheduleProgramsTest {
    private static final Path CASES = Path.of("fixtures/programs/schedules");

    static List<Path> cases() throws IOException {
        return Golden.programs(CASES);
    }

    static List<Path> kerasCases() throws IOException {
        return Golden.programs(CASES.resolve("keras"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ratesAreAsExpected(Path program) throws IOException {
        check(program, new PytorchDialect(), 60);
    }

    /** Of the callback LearningRateScheduler; check_epoch_rates_with_keras.py runs them. */
    @ParameterizedTest
    @MethodSource("kerasCases")
    void ratesOfKerasAreAsExpected(Path program) throws IOException {
        check(program, new KerasDialect(), 40);
    }

    private static void check(Path program, Dialect dialect, int steps) throws IOException {
        SourceText source = new SourceText(program.getFileName().toString(), Files.readString(program));
        Outcome<Recipe> read = dialect.read(Input.of(source));
        Schedule schedule = read.value()
                .orElseThrow(() -> new AssertionError(read.findings()))
                .schedule();
        assertTrue(read.findings().stream().allMatch(f -> f.severity() == Severity.NOTE), read.findings()::toString);
        Formula<double[]> rate = schedule.rate(new DoubleAlgebra(false));
        StringBuilder text = new StringBuilder(schedule.unit().words()).append('\n');
        for (int step = 0; step < steps; step++) {
            text.append(rate.at(new double[] {step})[0]).append('\n');
        }
        Golden.compare(Path.of(program.toString().replaceAll("\\.py$", ".rates")), text.toString());
    }
}
