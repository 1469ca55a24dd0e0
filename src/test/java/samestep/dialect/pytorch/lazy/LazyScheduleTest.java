package samestep.dialect.pytorch.lazy;

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
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.text.SourceText;

/** The rates of fvcore's schedulers, as {@code src/test/python/record_lazyconfig_rates.py} recorded them. */
class LazyScheduleTest {
    private static final Path RATES = Path.of("fixtures/programs/lazyconfig/rates/rates.txt");
    private static final String START = """
            import torch
            from detectron2.config import LazyCall as L
            from detectron2.solver import WarmupParamScheduler
            from detectron2.solver.build import get_default_optimizer_params
            from fvcore.common.param_scheduler import (
                CompositeParamScheduler,
                ConstantParamScheduler,
                CosineParamScheduler,
                ExponentialParamScheduler,
                LinearParamScheduler,
                MultiStepParamScheduler,
                PolynomialDecayParamScheduler,
                StepParamScheduler,
            )
            optimizer = L(torch.optim.SGD)(params=L(get_default_optimizer_params)(), lr=1.0)
            """;

    static List<RecordedRates> recorded() throws IOException {
        List<RecordedRates> all = RecordedRates.of(RATES);
        assertEquals(25, all.size());
        return all;
    }

    private static Outcome<Recipe> read(String multiplier, int updates) {
        String program = START + "train = dict(max_iter=" + updates + ")\nlr_multiplier = " + multiplier + "\n";
        return new PytorchDialect()
                .read(new Input(new SourceText("config.py", program), Optional.empty(), Companions.NONE, Run.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void ratesAreAsRecorded(RecordedRates expected) {
        Outcome<Recipe> outcome = read(expected.text(), expected.updates());
        Recipe recipe = outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
        assertEquals(Schedule.Unit.UPDATES, recipe.schedule().unit());
        Formula<double[]> rate = recipe.schedule().rate(new DoubleAlgebra(false));
        for (int t = 0; t < expected.rates().length; t++) {
            assertEquals(expected.rates()[t], rate.at(new double[] {t})[0], 1e-11, "at " + t);
        }
    }

    @Test
    void whatFvcoreRefusesIsNotRead() {
        for (String multiplier : List.of(
                "L(MultiStepParamScheduler)(values=[1, 0.1], milestones=[3])",
                "L(MultiStepParamScheduler)(values=[1, 0.1, 0.01], milestones=[8, 6], num_updates=10)",
                "L(MultiStepParamScheduler)(values=[1, 0.1], milestones=[12], num_updates=10)",
                "L(MultiStepParamScheduler)(values=[1, 0.1])",
                "L(CosineParamScheduler)(start_value=1)",
                "L(CompositeParamScheduler)(schedulers=[], lengths=[], interval_scaling=[])",
                "L(WarmupParamScheduler)(scheduler=L(ConstantParamScheduler)(value=1), warmup_factor=0.1)",
                "L(WarmupParamScheduler)(scheduler=L(ConstantParamScheduler)(value=1), warmup_factor=0.1,"
                        + " warmup_length=0.1, warmup_method='exp')",
                "L(CompositeParamScheduler)(schedulers=[L(ConstantParamScheduler)(value=1)], lengths=[0.9],"
                        + " interval_scaling=['fixed'])",
                "L(CompositeParamScheduler)(schedulers=[L(ConstantParamScheduler)(value=1)], lengths=[1.0],"
                        + " interval_scaling=['stretched'])",
                "L(CompositeParamScheduler)(schedulers=[L(ConstantParamScheduler)(value=1),"
                        + " L(CompositeParamScheduler)(schedulers=[L(ConstantParamScheduler)(value=1)],"
                        + " lengths=[1.0], interval_scaling=['fixed'])], lengths=[0.5, 0.5],"
                        + " interval_scaling=['fixed', 'fixed'])")) {
            Outcome<Recipe> outcome = read(multiplier, 10);
            assertTrue(outcome.value().isEmpty(), multiplier);
            assertTrue(
                    outcome.findings().stream().anyMatch(f -> f.code() == Code.SS010 || f.code() == Code.SS004),
                    multiplier);
        }
    }
}
