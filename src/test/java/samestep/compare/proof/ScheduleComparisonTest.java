package samestep.compare.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static samestep.compare.Recipes.decimal;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.proof.Verdict.Kind;
import samestep.equation.Expression;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForm.Constant;
import samestep.recipe.ScheduleForm.Exponential;
import samestep.recipe.ScheduleForm.InverseTime;
import samestep.recipe.ScheduleForm.Other;
import samestep.recipe.ScheduleForm.Polynomial;
import samestep.recipe.ScheduleForm.Sigmoid;
import samestep.recipe.ScheduleForm.Staircase;
import samestep.recipe.ScheduleForm.Steps;

/** Learning rates are compared by their normal forms, else by their values. */
class ScheduleComparisonTest {
    private static final Expression RATE = decimal("0.1");
    private static final List<ScheduleForm> FORMS = List.of(
            new Constant(RATE),
            steps(100, 200),
            new Staircase(RATE, decimal("0.5"), decimal("100")),
            new Exponential(RATE, decimal("0.5"), decimal("100")),
            new InverseTime(RATE, decimal("0.01"), decimal("0.75")),
            new Polynomial(RATE, decimal("0"), decimal("1000"), decimal("2"), true),
            new Sigmoid(RATE, decimal("-0.01"), decimal("500")));

    @Test
    void equalFormsAreExactAndNoOthers() {
        for (ScheduleForm a : FORMS) {
            for (ScheduleForm b : FORMS) {
                ScheduleComparison comparison = compare(a, b, 1000);
                boolean equal = a.equals(b);
                assertEquals(
                        equal ? Kind.EXACT : Kind.INEXACT, comparison.verdict().kind(), a + " and " + b);
                assertEquals(equal, comparison.largestDifference() == 0);
            }
        }
    }

    @Test
    void aRateOffInItsSixtiethDigitIsNotExact() {
        ScheduleForm off = new Constant(decimal("0.1" + "0".repeat(58) + "1"));
        assertTrue(compare(new Constant(RATE), off, 1000).verdict().kind() != Kind.EXACT);
    }

    /** The same exponential, written over another number of steps. */
    @Test
    void anExponentialHasManyWritings() {
        ScheduleForm other = new Exponential(RATE, decimal("0.25"), decimal("200"));
        assertEquals(Verdict.EXACT, compare(FORMS.get(3), other, 1000).verdict());
        Expression root = decimal("0.5").power(decimal("1").over(decimal("100")));
        assertEquals(
                Verdict.EXACT,
                compare(FORMS.get(3), new Exponential(RATE, root, decimal("1")), 1000)
                        .verdict());
    }

    @ParameterizedTest
    @CsvSource({
        "1000, EXACT_WHILE_MET",
        "999, EXACT_WHILE_MET",
        "1001, EXACT_WHILE",
        "5000, EXACT_WHILE",
        "-1, EXACT_WHILE"
    })
    void aPolynomialThatGoesOnIsTheHeldOneUpToItsHorizon(long run, Kind expected) {
        ScheduleForm held = FORMS.get(5);
        ScheduleForm goesOn = new Polynomial(RATE, decimal("0"), decimal("1000"), decimal("2"), false);
        for (ScheduleComparison comparison : List.of(compare(goesOn, held, run), compare(held, goesOn, run))) {
            assertEquals(expected, comparison.verdict().kind());
            assertEquals("up to update 1000", comparison.verdict().condition());
        }
    }

    @ParameterizedTest
    @CsvSource({"101, 200", "100, 199", "99, 200", "100, 201"})
    void aBoundaryOffByOneIsFound(long first, long second) {
        for (long run : new long[] {1000, -1}) {
            ScheduleComparison comparison = compare(steps(100, 200), steps(first, second), run);
            assertEquals(Kind.INEXACT, comparison.verdict().kind());
            assertEquals(0.9, comparison.largestDifference(), 1e-12);
        }
    }

    @Test
    void aBoundaryBehindTheRunIsNotReached() {
        Verdict verdict = compare(steps(100, 2000), steps(100, 3000), 1000).verdict();
        assertEquals(new Verdict(Kind.EXACT_WHILE_MET, "up to update 1000"), verdict);
    }

    @Test
    void equalPiecesOfAStaircaseAreEqualUpToTheEnd() {
        ScheduleForm staircase = new Staircase(RATE, decimal("0.1"), decimal("100"));
        ScheduleComparison comparison = compare(staircase, steps(100, 200), 300);
        assertEquals(new Verdict(Kind.EXACT_WHILE_MET, "up to update 300"), comparison.verdict());
        assertEquals(0, comparison.largestDifference());
        assertEquals(
                Kind.INEXACT, compare(staircase, steps(100, 200), 301).verdict().kind());
    }

    @Test
    void aFormWithoutParametersIsComparedByValues() {
        ScheduleForm other = new Other(FORMS.get(4).formula());
        assertEquals(
                Kind.NOT_REFUTED, compare(other, FORMS.get(4), 10_000).verdict().kind());
        assertEquals(
                new Verdict(Kind.EXACT_WHILE_MET, "up to update 1000"),
                compare(other, FORMS.get(4), 1000).verdict(),
                "a short run is looked at whole");
        assertEquals(Kind.EXACT, compare(other, other, 10_000).verdict().kind(), "the same formula");
        assertEquals(Kind.INEXACT, compare(other, FORMS.get(3), 1000).verdict().kind());
    }

    @Test
    void microStepsAreComparedInUpdates() {
        Schedule inUpdates = Schedule.of(steps(10, 20), 1, OptionalLong.empty(), "");
        Schedule inMicroSteps = Schedule.of(steps(40, 80), 4, OptionalLong.empty(), "");
        Schedule early = Schedule.of(steps(36, 80), 4, OptionalLong.empty(), "");
        assertEquals(
                Verdict.EXACT, ScheduleComparison.of(inUpdates, inMicroSteps).verdict());
        assertEquals(
                Kind.INEXACT, ScheduleComparison.of(inUpdates, early).verdict().kind());
    }

    /** A staircase whose steps fall inside of updates has no form in updates; its values are compared. */
    @Test
    void anUnevenStaircaseInMicroStepsIsComparedByValues() {
        Schedule uneven = Schedule.of(new Staircase(RATE, decimal("0.1"), decimal("10")), 4, OptionalLong.of(6), "");
        Schedule same = Schedule.of(steps(2, 5), 1, OptionalLong.of(6), "");
        assertEquals(
                Kind.EXACT_WHILE_MET,
                ScheduleComparison.of(uneven, same).verdict().kind());
        Schedule other = Schedule.of(steps(3, 5), 1, OptionalLong.of(6), "");
        assertEquals(
                Kind.INEXACT, ScheduleComparison.of(uneven, other).verdict().kind());
    }

    @Test
    void aRateWithoutAValueIsSaid() {
        ScheduleForm log = new Other(decimal("1").over(ScheduleForm.T.minus(decimal("1"))));
        Verdict verdict = compare(log, FORMS.get(0), 1000).verdict();
        assertEquals(Kind.INEXACT, verdict.kind());
        assertEquals("a rate has no value at update 1", verdict.condition());
    }

    /** Each of these has the rate of every update of a run of 100 in another form; none needs to be sampled. */
    @Test
    void aConstantRateInOtherWordsIsConstant() {
        Expression one = decimal("1");
        Expression zero = decimal("0");
        Expression ten = decimal("10");
        List<ScheduleForm> disguises = List.of(
                new Staircase(RATE, one, ten),
                new Exponential(RATE, one, one),
                new InverseTime(RATE, zero, one),
                new InverseTime(RATE, decimal("0.1"), zero),
                new Polynomial(RATE, zero, decimal("100"), zero, false),
                new Polynomial(RATE, RATE, ten, one, true),
                new Steps(List.of(100L), List.of(RATE, decimal("0.01"))),
                new Staircase(RATE, decimal("0.1"), decimal("100")),
                new Steps(List.of(5L), List.of(RATE, decimal("0.10"))));
        for (ScheduleForm form : disguises) {
            assertTrue(compare(form, new Constant(RATE), 100).verdict().isProven(), form.toString());
            assertTrue(compare(new Constant(RATE), form, 100).verdict().isProven(), form.toString());
        }
        assertEquals(
                Kind.INEXACT,
                compare(new Steps(List.of(99L), List.of(RATE, decimal("0.01"))), new Constant(RATE), 100)
                        .verdict()
                        .kind());
    }

    @Test
    void oneDropAnUpdateIsAnExponential() {
        Expression half = decimal("0.5");
        Expression one = decimal("1");
        assertEquals(
                Kind.EXACT,
                compare(new Staircase(RATE, half, one), new Exponential(RATE, half, one), 100)
                        .verdict()
                        .kind());
        Steps twice = new Steps(List.of(4L, 4L), List.of(RATE, decimal("0.05"), decimal("0.025")));
        Steps once = new Steps(List.of(4L), List.of(RATE, decimal("0.025")));
        assertEquals(Kind.EXACT, compare(twice, once, 100).verdict().kind());
    }

    /** A number without a short decimal is written to 17 digits, and means what it was rounded from. */
    @Test
    void aNumberOfSeventeenDigitsIsWhatItWasRoundedFrom() {
        Expression third = decimal("0.1").over(decimal("3"));
        Expression written = decimal("0.033333333333333333");
        assertEquals(
                Kind.EXACT,
                compare(new Constant(third), new Constant(written), 10)
                        .verdict()
                        .kind());
        Expression other = decimal("0.033333333333333533");
        assertEquals(
                Kind.INEXACT,
                compare(new Constant(third), new Constant(other), 10).verdict().kind());
        Expression few = decimal("0.0333333333333");
        assertEquals(
                Kind.INEXACT,
                compare(new Constant(third), new Constant(few), 10).verdict().kind());
    }

    private static Steps steps(long first, long second) {
        return new Steps(List.of(first, second), List.of(RATE, decimal("0.01"), decimal("0.001")));
    }

    private static ScheduleComparison compare(ScheduleForm a, ScheduleForm b, long run) {
        OptionalLong horizon = run < 0 ? OptionalLong.empty() : OptionalLong.of(run);
        return ScheduleComparison.of(Schedule.of(a, 1, horizon, ""), Schedule.of(b, 1, horizon, ""));
    }

    @Test
    void whatCountsSomethingElseIsNotComparedByItsNumbers() {
        Schedule updates = Schedule.of(new Staircase(RATE, decimal("0.1"), decimal("30")), 1, OptionalLong.of(90), "");
        Schedule epochs = updates.in(Schedule.Unit.EPOCHS);
        assertEquals(
                "one learning rate is a function of updates, the other of epochs",
                ScheduleComparison.of(updates, epochs).verdict().condition());
        assertEquals(Kind.EXACT, ScheduleComparison.of(epochs, epochs).verdict().kind());
        Schedule unsaid = updates.in(Schedule.Unit.NOT_SAID);
        assertEquals(Kind.EXACT, ScheduleComparison.of(unsaid, unsaid).verdict().kind(), "the same words");
        assertEquals(
                Kind.NOT_REFUTED,
                ScheduleComparison.of(unsaid, updates).verdict().kind());
        Schedule constant = Schedule.of(new Constant(RATE), 1, OptionalLong.of(90), "constant");
        assertEquals(
                Kind.NOT_EXPRESSIBLE,
                ScheduleComparison.of(unsaid, constant).verdict().kind());
        Schedule warmer =
                unsaid.withValues(List.of(new Schedule.NamedValue("warmup", Quantity.byDefault("1000", "a test"))));
        Schedule cooler =
                unsaid.withValues(List.of(new Schedule.NamedValue("warmup", Quantity.byDefault("100", "a test"))));
        assertEquals(
                Kind.INEXACT, ScheduleComparison.of(warmer, cooler).verdict().kind());
    }
}
