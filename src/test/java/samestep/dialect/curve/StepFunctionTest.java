package samestep.dialect.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.equation.run.Exact;
import samestep.program.Programs;
import samestep.program.Trace;
import samestep.program.value.Value;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;
import samestep.text.SourceText;

/** Functions of the step become schedules in normal form, or a table of their values, or nothing. */
class StepFunctionTest {
    private static final String DEFINITIONS = """
        import math
        from functools import partial
        import numpy as np

        W, N = 10, 100

        def warm_linear(step):
            if step < W:
                return float(step) / float(max(1, W))
            return max(0.0, float(N - step) / float(max(1, N - W)))

        def warm_cosine(step, warmup, total, floor=0.0):
            if step < warmup:
                return step / warmup
            progress = (step - warmup) / (total - warmup)
            return floor + (1 - floor) * 0.5 * (1.0 + math.cos(math.pi * progress))

        def steps(epoch):
            if epoch < 30:
                return 1
            elif epoch < 60:
                return 0.1
            else:
                return 0.01

        def steps_twice(epoch):
            lr = 1.0
            if epoch >= 60:
                lr *= 0.1
            if epoch >= 30:
                lr *= 0.1
            return lr

        class Rule:
            def __init__(self, total, power):
                self.total = total
                self.power = power

            def __call__(self, t):
                return (1 - t / self.total) ** self.power

        class Counting:
            def __init__(self):
                self.n = 0

            def __call__(self, t):
                self.n += 1
                return 1.0 / self.n

        def make(total):
            def inner(t):
                return 1.0 - max(0, t - 50) / float(total)
            return inner

        LIST = [1.0, 0.5, 0.25, 0.125]

        def late(epoch):
            return 0.5 if epoch == 7 else 1.0
        """;

    private static Optional<StepFunction.Found> found(String function, OptionalLong length) {
        Trace trace = Programs.read(new SourceText("train.py", DEFINITIONS + "\nf = " + function + "\n"));
        Value value = trace.binding("f").orElseThrow();
        return new StepFunction(step -> trace.call(value, List.of(step))).find(length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "warm_linear | Sequence 10: Polynomial 0 1 10 1, Polynomial 1 0 90 1 held",
                "partial(warm_cosine, warmup=10, total=100) | Sequence 10: Polynomial 0 1 10 1, Cosine 1 0 90 0",
                "partial(warm_cosine, warmup=10, total=100, floor=0.1) | Sequence 10: Polynomial 0 1 10 1, Cosine 1"
                        + " 0.1 90 0",
                "steps | Steps 30 60: 1 0.1 0.01",
                "steps_twice | Steps 30 60: 1 0.1 0.01",
                "Rule(200, 0.9) | Polynomial 1 0 200 0.9",
                "make(50) | Sequence 50: Constant 1, Polynomial 1 0 50 1",
                "lambda t: 0.95 ** t | Exponential 1 0.95 1",
                "lambda t: 0.1 ** (t // 30) | Staircase 1 0.1 30",
                "lambda e: 0.5 ** int(e / 20) | Staircase 1 0.5 20",
                "lambda e: math.pow(0.5, math.floor((e) / 20.0)) | Staircase 1 0.5 20",
                "lambda t: 1 / (1 + 0.01 * t) | InverseTime 1 0.01 1",
                "lambda t: (1.0 + 0.0001 * t) ** -0.75 | InverseTime 1 0.0001 0.75",
                "lambda t: 1.0 - t / 100 | Polynomial 1 0 100 1",
                "lambda t: max(0.0, 1.0 - t / 100) | Polynomial 1 0 100 1 held",
                "lambda t: 1.0 - max(0, t + 1 - 100) / 100 | Sequence 99: Constant 1, Polynomial 1 0 100 1",
                "lambda t: min(1.0, (t + 1) / 10) | Sequence 9: Polynomial 0.1 1 9 1, Constant 1",
                "lambda t: (1 - min(t, 100) / 100) ** 2 | Polynomial 1 0 100 2 held",
                "lambda t: 0.5 * (1 + math.cos(t * math.pi / 200)) | Cosine 1 0 200 0",
                "lambda t: (np.cos(np.pi * t / 200) + 1) / 2 | Cosine 1 0 200 0",
                "lambda t: 1.0 | Constant 1",
                "lambda t: 1.0 / (1.0 + math.exp(-0.1 * (t - 50))) | Sigmoid 1 0.1 50",
                "late | Steps 7 8: 1 0.5 1",
            })
    void normalForms(String function, String expected) {
        assertEquals(
                Optional.of(expected), found(function, OptionalLong.empty()).map(f -> text(f.form())));
    }

    private static String text(ScheduleForm form) {
        String name = form.getClass().getSimpleName();
        if (form instanceof Sequence sequence) {
            return name + " " + join(sequence.starts()) + ": "
                    + String.join(
                            ", ",
                            sequence.pieces().stream()
                                    .map(StepFunctionTest::text)
                                    .toList());
        }
        if (form instanceof ScheduleForm.Steps steps) {
            return name + " " + join(steps.starts()) + ": "
                    + join(steps.values().stream().map(StepFunctionTest::number).toList());
        }
        List<?> numbers = form instanceof ScheduleForm.Exponential e
                ? List.of(number(e.base()), number(e.factor()), number(e.per()))
                : form.parameters().stream().map(StepFunctionTest::number).toList();
        boolean held = form instanceof ScheduleForm.Polynomial p && p.held();
        return name + " " + join(numbers) + (held ? " held" : "");
    }

    private static String number(samestep.equation.Expression value) {
        return Exact.value(value)
                .round(new java.math.MathContext(50))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String join(List<?> values) {
        return String.join(" ", values.stream().map(Object::toString).toList());
    }

    @Test
    void whatIsNoExpressionIsATableOfTheRun() {
        Optional<StepFunction.Found> table = found("lambda epoch: LIST[epoch // 2]", OptionalLong.of(8));
        assertEquals(Optional.of("Steps 2 4 6: 1 0.5 0.25 0.125"), table.map(f -> text(f.form())));
        assertEquals("each of the 8 steps of the run", table.orElseThrow().sampled());
        assertEquals(Optional.empty(), found("lambda epoch: LIST[epoch // 2]", OptionalLong.empty()));
    }

    @Test
    void aCurveWithoutANameIsComparedByItsValues() {
        assertInstanceOf(
                ScheduleForm.Other.class,
                found("lambda t: (t + 1) ** 0.5 * 0.9 ** t", OptionalLong.empty())
                        .orElseThrow()
                        .form());
    }

    @Test
    void whatCountsItsOwnCallsOrIsNotKnownIsNothing() {
        assertEquals(Optional.empty(), found("Counting()", OptionalLong.of(50)));
        assertEquals(Optional.empty(), found("lambda t: t * unknown_number", OptionalLong.of(50)));
        assertEquals(Optional.empty(), found("lambda t: LIST[t]", OptionalLong.of(50)));
    }
}
