package samestep.equation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Doubles and decimals are two ways to compute one thing. */
class AlgebraTest {
    private static final DecimalAlgebra DECIMAL = new DecimalAlgebra(Exact.DIGITS);
    private static final MathContext FIFTY_DIGITS = new MathContext(50);
    private static final DoubleAlgebra DOUBLE = new DoubleAlgebra(false);

    /** Where a small change of the inputs changes the result by a little only, doubles have twelve digits of it. */
    @Property(tries = 1500)
    void doublesAgreeWithDecimals(
            @ForAll("expressions") Expression expression, @ForAll @DoubleRange(min = 0.01, max = 10) double x) {
        double approximate = Formula.compile(expression, DOUBLE).at(new double[] {x})[0];
        BigDecimal exact = valueOrZero(expression, x);
        boolean comparable = Double.isFinite(approximate)
                && exact.signum() != 0
                && Math.abs(exact.doubleValue()) > 1e-250
                && isConditioned(expression, x, exact.doubleValue());
        Assume.that(comparable);
        assertEquals(exact.doubleValue(), approximate, 1e-12 * Math.abs(exact.doubleValue()), expression::toString);
    }

    @Provide
    Arbitrary<Expression> expressions() {
        return RandomExpressions.smooth("t").filter(e -> Expressions.names(e).contains("t"));
    }

    /** Every number of the expression, and every step to the result, may move in the last digits without effect. */
    private static boolean isConditioned(Expression expression, double x, double exact) {
        for (double nudge : new double[] {1e-13, -1e-13}) {
            Expression nudged = nudged(expression, nudge);
            double moved = valueOrZero(nudged, x).doubleValue();
            if (!(Math.abs(moved - exact) <= 2e-12 * Math.abs(exact))) {
                return false;
            }
        }
        return true;
    }

    /** Each part times a number near one, up and down in turns. */
    private static Expression nudged(Expression expression, double nudge) {
        List<Expression> parts = Expressions.children(expression);
        double[] sign = {nudge};
        Expression rebuilt = parts.isEmpty()
                ? expression
                : Expressions.withChildren(
                        expression,
                        parts.stream()
                                .map(p -> {
                                    sign[0] = -sign[0];
                                    return nudged(p, sign[0]);
                                })
                                .toList());
        return rebuilt.times(Expression.literal(new BigDecimal(1 + nudge)));
    }

    /** Zero where there is no value, or none that is worth waiting for. */
    private static BigDecimal valueOrZero(Expression expression, double x) {
        if (!Double.isFinite(largest(expression, x))) {
            return BigDecimal.ZERO;
        }
        try {
            return Formula.compile(expression, new DecimalAlgebra(FIFTY_DIGITS))
                    .at(new BigDecimal[] {new BigDecimal(x)})[0];
        } catch (ArithmeticException e) {
            return BigDecimal.ZERO;
        }
    }

    private static double largest(Expression expression, double x) {
        double largest = Math.abs(Formula.compile(expression, DOUBLE).at(new double[] {x})[0]);
        largest = largest > 1e200 || Double.isNaN(largest) ? Double.POSITIVE_INFINITY : largest;
        for (Expression part : Expressions.children(expression)) {
            double inner = largest(part, x);
            largest = Double.isNaN(inner) ? Double.POSITIVE_INFINITY : Math.max(largest, inner);
        }
        return largest;
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void reductionsAgree(Reduction reduction) {
        double[] entries = {1, -2, 3.5, 4, 5, -6};
        Shape shape = new Shape(2, 3);
        for (Extent extent : List.of(Extent.ROWS, Extent.COLUMNS, Extent.TENSOR)) {
            assertArrayEquals(
                    doubles(DECIMAL.reduce(reduction, decimals(entries), extent, shape)),
                    DOUBLE.reduce(reduction, entries, extent, shape),
                    1e-15,
                    extent.word());
        }
        List<double[]> several = List.of(entries, new double[] {7}, new double[] {-8, 0.5});
        assertArrayEquals(
                doubles(DECIMAL.reduce(
                        reduction, several.stream().map(AlgebraTest::decimals).toList())),
                DOUBLE.reduce(reduction, several),
                1e-14);
    }

    @Property(tries = 300)
    void sidesOfBranchesAgree(@ForAll @Size(3) List<@DoubleRange(min = -2, max = 2) Double> numbers) {
        for (Function function : Function.values()) {
            List<double[]> arguments = numbers.stream()
                    .limit(function.arity())
                    .map(n -> new double[] {Math.rint(n), n})
                    .toList();
            int sides = DOUBLE.sides(function, arguments);
            assertEquals(
                    sides,
                    DECIMAL.sides(
                            function,
                            arguments.stream().map(AlgebraTest::decimals).toList()));
            assertEquals(0, sides & ~Branch.allSides(function), function.word());
        }
    }

    @Property(tries = 300)
    void comparisonsAgree(
            @ForAll @DoubleRange(min = -2, max = 2) double a, @ForAll @DoubleRange(min = -2, max = 2) double b) {
        for (Comparison comparison : Comparison.values()) {
            double[] left = {a, Math.rint(a), Math.rint(a)};
            double[] right = {b, b, Math.rint(b)};
            assertArrayEquals(
                    doubles(DECIMAL.compare(comparison, decimals(left), decimals(right))),
                    DOUBLE.compare(comparison, left, right));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pow(0, -1)", "1 / 0", "sqrt(-1)", "log(0)", "log(-2)", "pow(-2, 0.5)"})
    void whereADoubleIsNoNumberThereIsNoDecimal(String text) {
        Expression expression = EquationParser.expression(text).orElseThrow();
        assertThrows(ArithmeticException.class, () -> Exact.value(expression));
        double value = Formula.compile(expression, DOUBLE).at(new double[] {0})[0];
        assertTrue(Double.isNaN(value) || Double.isInfinite(value), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"pow(0, 0); 1", "pow(-2, 3); -8", "pow(-2, -3); -0.125", "pow(0, 2.5); 0", "pow(4, 0.5); 2"})
    void powersOfZeroAndOfNegativeNumbers(String text, double expected) {
        Expression expression = EquationParser.expression(text).orElseThrow();
        assertEquals(expected, Exact.value(expression).doubleValue());
        assertEquals(expected, Formula.compile(expression, DOUBLE).at(new double[] {0})[0]);
    }

    @ParameterizedTest
    @EnumSource(Comparison.class)
    void noComparisonHoldsWithWhatIsNoNumber(Comparison comparison) {
        double[] nan = {Double.NaN};
        double[] one = {1};
        assertEquals(0, DOUBLE.compare(comparison, nan, one)[0]);
        assertEquals(0, DOUBLE.compare(comparison, one, nan)[0]);
        assertEquals(0, DOUBLE.compare(comparison, nan, nan)[0]);
    }

    private static BigDecimal[] decimals(double[] values) {
        return Arrays.stream(values).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
    }

    private static double[] doubles(BigDecimal[] values) {
        return Arrays.stream(values).mapToDouble(BigDecimal::doubleValue).toArray();
    }
}
