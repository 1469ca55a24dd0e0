package samestep.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;
import samestep.recipe.ScheduleForm.Constant;
import samestep.recipe.ScheduleForm.Exponential;
import samestep.recipe.ScheduleForm.InverseTime;
import samestep.recipe.ScheduleForm.Other;
import samestep.recipe.ScheduleForm.Polynomial;
import samestep.recipe.ScheduleForm.Sigmoid;
import samestep.recipe.ScheduleForm.Staircase;
import samestep.recipe.ScheduleForm.Steps;

/** Laws of the normal forms: what is read every n-th step, and what is spread over n steps. */
class ScheduleFormTest {
    private static final BigDecimal TOLERANCE = new BigDecimal("1e-80");

    @Property(tries = 250)
    void spreadOverAndReadAtTheLastOfEachIsTheSame(
            @ForAll("forms") ScheduleForm form, @ForAll @IntRange(min = 1, max = 8) int n) {
        Optional<ScheduleForm> spread = form.spreadOver(n);
        spread.ifPresent(s -> assertSameParameters(form, s.everyNth(n, n - 1).orElseThrow()));
        assertTrue(
                spread.isPresent() || form instanceof InverseTime, "only a fall that is too steep has no spread form");
    }

    @Property(tries = 250)
    void whatIsSpreadOverHasTheRateAtTheLastOfEach(
            @ForAll("forms") ScheduleForm form,
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @IntRange(max = 150) int update) {
        form.spreadOver(n).ifPresent(s -> assertClose(rate(form, update), rate(s, (long) n * update + n - 1)));
    }

    @Property(tries = 250)
    void everyNthHasTheRateOfThatStep(
            @ForAll("forms") ScheduleForm form,
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @IntRange(max = 150) int update,
            @ForAll @IntRange(max = 7) int offset) {
        int within = offset % n;
        form.everyNth(n, within).ifPresent(e -> assertClose(rate(form, (long) n * update + within), rate(e, update)));
        form.everyNth(n, n - 1).ifPresent(e -> assertClose(rate(form, (long) n * update + n - 1), rate(e, update)));
    }

    @Property(tries = 250)
    void everyFormButAStaircaseIsKnownAtEveryNthStep(
            @ForAll("forms") ScheduleForm form, @ForAll @IntRange(min = 1, max = 8) int n) {
        boolean uneven = form instanceof Staircase s
                && Exact.value(s.every()).remainder(BigDecimal.valueOf(n)).signum() != 0;
        assertEquals(!uneven, form.everyNth(n, n - 1).isPresent());
    }

    /** A schedule that counts micro-steps says both in updates: as a formula, and in normal form. */
    @Property(tries = 250)
    void theFormAndTheFormulaInUpdatesAgree(
            @ForAll("forms") ScheduleForm form,
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @IntRange(max = 100) int update) {
        Schedule schedule = Schedule.of(form, n, OptionalLong.empty(), "test");
        BigDecimal[] t = {BigDecimal.valueOf(update)};
        BigDecimal expected = rate(form, (long) n * update + n - 1);
        assertClose(expected, schedule.rate(new DecimalAlgebra(Exact.DIGITS)).at(t)[0]);
        schedule.formInUpdates().ifPresent(f -> assertClose(expected, rate(f, update)));
    }

    @Property(tries = 250)
    void equalParametersAreEqualRates(
            @ForAll("forms") ScheduleForm form,
            @ForAll @IntRange(max = 300) int step,
            @ForAll @IntRange(min = 2, max = 9) int c) {
        ScheduleForm other = form.mapped(e -> e.times(Expression.literal(c)).over(Expression.literal(c)));
        assertSameParameters(form, other);
        assertClose(rate(form, step), rate(other, step));
    }

    /** Two ways to write one exponential: over twice as many steps by the square of the factor. */
    @Property(tries = 100)
    void exponentialsWithEqualParametersAreEqual(
            @ForAll @IntRange(min = 1, max = 99) int percent,
            @ForAll @IntRange(min = 1, max = 50) int per,
            @ForAll @IntRange(max = 100) int step) {
        Expression factor = decimal("0.01").times(Expression.literal(percent));
        ScheduleForm one = new Exponential(decimal("0.1"), factor, Expression.literal(per));
        ScheduleForm two =
                new Exponential(decimal("0.1"), factor.power(Expression.literal(2)), Expression.literal(2L * per));
        assertSameParameters(one, two);
        assertClose(rate(one, step), rate(two, step));
    }

    @Property(tries = 150)
    void scaledFormsHaveScaledRates(@ForAll("forms") ScheduleForm form, @ForAll @IntRange(max = 200) int step) {
        ScheduleForm scaled = ScheduleForms.scaled(form, decimal("0.3"));
        assertEquals(form.getClass(), scaled.getClass());
        assertClose(rate(form, step).multiply(new BigDecimal("0.3")), rate(scaled, step));
    }

    /** Each parameter decides: one that is not in the list could differ without being seen. */
    @Property(tries = 150)
    void otherRatesAreOtherParameters(@ForAll("forms") ScheduleForm form) {
        ScheduleForm other = form.mapped(e -> e.times(decimal("1.125")));
        boolean differ = false;
        for (long step : new long[] {0, 1, 7, 15}) {
            differ |= rate(form, step).subtract(rate(other, step)).abs().compareTo(TOLERANCE) > 0;
        }
        List<BigDecimal> parameters = values(form);
        if (differ) {
            assertNotEquals(parameters, values(other));
        }
    }

    @Test
    void aMultistepForMicroStepsChangesBehindTheLastOfAnUpdate() {
        Steps steps = new Steps(List.of(10L, 25L), List.of(decimal("1"), decimal("0.1"), decimal("0.01")));
        assertEquals(List.of(40L, 100L), ((Steps) steps.spreadOver(4).orElseThrow()).starts());
        assertEquals(List.of(2L, 6L), ((Steps) steps.everyNth(4, 3).orElseThrow()).starts());
        assertEquals(List.of(3L, 7L), ((Steps) steps.everyNth(4, 0).orElseThrow()).starts());
    }

    @Test
    void aStaircaseAcrossAnUpdateHasNoForm() {
        Staircase staircase = new Staircase(decimal("1"), decimal("0.5"), decimal("10"));
        assertEquals(Optional.empty(), staircase.everyNth(4, 3));
        assertEquals(
                List.of(decimal("1"), decimal("0.5"), decimal("10").over(decimal("5"))),
                staircase.everyNth(5, 4).orElseThrow().parameters());
    }

    @Test
    void anythingElseHasNoForm() {
        ScheduleForm other = new Other(ScheduleForm.T.times(decimal("0.1")));
        assertEquals(Optional.empty(), other.everyNth(2, 1));
        assertEquals(Optional.empty(), other.spreadOver(2));
    }

    @Provide
    Arbitrary<ScheduleForm> forms() {
        Arbitrary<Expression> rate = decimals("0.0001", "2", 5);
        Arbitrary<Expression> factor = decimals("0.05", "1", 3);
        Arbitrary<Expression> many = decimals("20", "2000", 1);
        Arbitrary<Expression> power = decimals("0.1", "3", 2);
        Arbitrary<Expression> slope = decimals("0.0001", "1.2", 4);
        Arbitrary<ScheduleForm> constant = rate.map(Constant::new);
        Arbitrary<ScheduleForm> staircase = Combinators.combine(
                        rate, factor, Arbitraries.integers().between(1, 60).map(Expression::literal))
                .as(Staircase::new);
        Arbitrary<ScheduleForm> exponential =
                Combinators.combine(rate, factor, many).as(Exponential::new);
        Arbitrary<ScheduleForm> inverse =
                Combinators.combine(rate, slope, power).as(InverseTime::new);
        Arbitrary<ScheduleForm> held = Combinators.combine(rate, decimals("0", "0.5", 2), many, power)
                .as((base, end, horizon, p) -> new Polynomial(base, end, horizon, p, true));
        // Beyond its horizon a formula that continues has a value for whole powers only.
        Arbitrary<ScheduleForm> goesOn = Combinators.combine(
                        rate, many, Arbitraries.integers().between(1, 3).map(Expression::literal))
                .as((base, horizon, p) -> new Polynomial(base, decimal("0"), horizon, p, false));
        Arbitrary<ScheduleForm> sigmoid = Combinators.combine(rate, slope.map(Expression.Negation::new), many)
                .as(Sigmoid::new);
        Arbitrary<ScheduleForm> steps = Arbitraries.longs()
                .between(1, 400)
                .set()
                .ofMinSize(1)
                .ofMaxSize(4)
                .flatMap(starts -> rate.list()
                        .ofSize(starts.size() + 1)
                        .map(values -> new Steps(new ArrayList<>(new TreeSet<>(starts)), values)));
        Arbitrary<ScheduleForm> cosine = Combinators.combine(
                        rate, decimals("0", "0.5", 2), many, decimals("0", "5", 1), Arbitraries.of(true, false))
                .as(Cosine::new);
        Arbitrary<ScheduleForm> sequence = Arbitraries.longs()
                .between(1, 200)
                .set()
                .ofMinSize(1)
                .ofMaxSize(3)
                .flatMap(starts -> Arbitraries.oneOf(constant, exponential, held, cosine, steps)
                        .list()
                        .ofSize(starts.size() + 1)
                        .map(pieces -> new Sequence(new ArrayList<>(new TreeSet<>(starts)), pieces)));
        return Arbitraries.oneOf(
                constant, staircase, exponential, inverse, held, goesOn, sigmoid, steps, cosine, sequence);
    }

    private static Arbitrary<Expression> decimals(String least, String most, int scale) {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal(least), new BigDecimal(most))
                .ofScale(scale)
                .map(Expression::literal);
    }

    private static Expression decimal(String text) {
        return Expression.literal(new BigDecimal(text));
    }

    private static BigDecimal rate(ScheduleForm form, long step) {
        BigDecimal[] t = {BigDecimal.valueOf(step)};
        return Formula.compile(form.formula(), new DecimalAlgebra(Exact.DIGITS)).at(t)[0];
    }

    private static List<BigDecimal> values(ScheduleForm form) {
        return form.parameters().stream().map(Exact::value).toList();
    }

    private static void assertSameParameters(ScheduleForm expected, ScheduleForm actual) {
        assertEquals(expected.getClass(), actual.getClass());
        BigDecimal[] a = values(expected).toArray(BigDecimal[]::new);
        BigDecimal[] b = values(actual).toArray(BigDecimal[]::new);
        assertEquals(a.length, b.length, () -> Arrays.toString(a) + Arrays.toString(b));
        for (int i = 0; i < a.length; i++) {
            assertClose(a[i], b[i]);
        }
    }

    /** Relative to the larger of the two. */
    private static void assertClose(BigDecimal expected, BigDecimal actual) {
        BigDecimal scale = expected.abs().max(actual.abs());
        assertTrue(
                expected.subtract(actual).abs().compareTo(scale.multiply(TOLERANCE)) <= 0,
                () -> expected.doubleValue() + " is not " + actual.doubleValue());
    }
}
