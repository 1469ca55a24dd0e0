package samestep.dialect.pytorch.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.Companions;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.dialect.pytorch.RecordedRates;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.text.SourceText;

/** The rates of axolotl's warm-ups and schedules, as {@code src/test/python/record_axolotl_rates.py} recorded them. */
class AxolotlScheduleTest {
    private static final Path RATES = Path.of("fixtures/pytorch/rates/axolotl.txt");
    private static final String HEAD = "base_model: x\nmicro_batch_size: 2\nlearning_rate: 1.0\n";

    static List<RecordedRates> recorded() throws IOException {
        List<RecordedRates> all = RecordedRates.of(RATES);
        assertEquals(13, all.size());
        return all;
    }

    private static Outcome<Recipe> read(String fields, Run run) {
        String text = HEAD + fields.replace("; ", "\n") + "\n";
        return new PytorchDialect()
                .read(new Input(new SourceText("a.yaml", text), Optional.empty(), Companions.NONE, run));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void ratesAreAsRecorded(RecordedRates expected) {
        Outcome<Recipe> outcome = read(expected.text() + "; max_steps: " + expected.updates(), Run.UNKNOWN);
        Recipe recipe = outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
        Formula<double[]> rate = recipe.schedule().rate(new DoubleAlgebra(false));
        for (int t = 0; t < expected.rates().length; t++) {
            assertEquals(expected.rates()[t], rate.at(new double[] {t})[0], 1e-11, "at " + t);
        }
    }

    /** axolotl/utils/trainer.py: the samples times the epochs over the batch of all devices, rounded up once, at the end. */
    @ParameterizedTest
    @CsvSource({"1001, 3, 2, 751", "1000, 2, 1, 1000", "3, 1, 4, 1"})
    void epochsAreCountedOverTheWholeRun(long samples, String epochs, int devices, long updates) {
        Run run = new Run(OptionalLong.of(samples), OptionalLong.empty(), OptionalInt.of(devices));

        assertEquals(OptionalLong.of(updates), horizon(read("num_epochs: " + epochs, run)));
    }

    /** Packed rows are as many as the data's lengths make. */
    @Test
    void packedDataHaveNoNumberOfUpdates() {
        Run samples = new Run(OptionalLong.of(1000), OptionalLong.empty(), OptionalInt.empty());
        Run updates = new Run(OptionalLong.empty(), OptionalLong.of(50), OptionalInt.empty());
        Outcome<Recipe> packed = read("sample_packing: true; num_epochs: 2", samples);

        assertTrue(packed.findings().stream().anyMatch(f -> f.code() == Code.SS441), packed.findings()::toString);
        assertEquals(
                Schedule.Unit.NOT_SAID, packed.value().orElseThrow().schedule().unit());
        assertEquals(OptionalLong.of(100), horizon(read("sample_packing: true; num_epochs: 2", updates)));
    }

    private static OptionalLong horizon(Outcome<Recipe> outcome) {
        return outcome.value().orElseThrow().schedule().horizon();
    }
}
