package samestep.equation.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.equation.Branch;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Extent;
import samestep.equation.Formula;
import samestep.equation.Function;
import samestep.equation.RandomExpressions;
import samestep.equation.Reduction;
import samestep.equation.Shape;
import samestep.equation.parse.EquationParser;

/** Doubles and decimals are two ways to compute one thing. */
class AlgebraTest {
    private static final DecimalAlgebra DECIMAL = new DecimalAlgebra(Exact.DIGITS);
    private static final MathContext FIFTY_DIGITS = new MathContext(50);
    private static final DoubleAlgebra DOUBLE = new DoubleAlgebra(false);

    /**
     * Each operation, given the numbers that doubles have reached, is within a few roundings of the decimal one. Beyond
     * 1e30 fifty digits would be too few to say where on the circle a number is.
     */
    @Property(tries = 3000)
    void doublesAgreeWithDecimals(
            @ForAll("expressions") Expression expression, @ForAll @DoubleRange(min = 0.01, max = 10) double x) {
        for (Expression part : Expressions.children(expression)) {
            doublesAgreeWithDecimals(part, x);
        }
        double[] inputs = Expressions.children(expression).stream()
                .mapToDouble(part -> inDoubles(part, x))
                .toArray();
        double approximate = inDoubles(expression, x);
        if (Arrays.stream(inputs).allMatch(value -> Math.abs(value) < 1e30) && isOrdinary(approximate)) {
            Expression operation = onNumbers(expression, inputs);
            assertEquals(approximate, inDoubles(operation, x), expression::toString);
            double exact = Formula.compile(operation, new DecimalAlgebra(FIFTY_DIGITS))
                    .at(new BigDecimal[] {new BigDecimal(x)})[0]
                    .doubleValue();
            assertEquals(exact, approximate, 4 * Math.ulp(exact), operation::toString);
        }
    }

    @Provide
    Arbitrary<Expression> expressions() {
        return RandomExpressions.smooth("t");
    }

    /** Neither overflown nor underflown. */
    private static boolean isOrdinary(double value) {
        return Math.abs(value) > 1e-290 && Math.abs(value) < 1e290;
    }

    private static double inDoubles(Expression expression, double x) {
        return Formula.compile(expression, DOUBLE).at(new double[] {x})[0];
    }

    private static Expression onNumbers(Expression expression, double[] inputs) {
        return inputs.length == 0
                ? expression
                : Expressions.withChildren(
                        expression,
                        Arrays.stream(inputs).mapToObj(AlgebraTest::number).toList());
    }

    private static Expression number(double value) {
        Expression magnitude = Expression.literal(new BigDecimal(Math.abs(value)));
        return value < 0 ? new Expression.Negation(magnitude) : magnitude;
    }

    @Property(tries = 300)
    void rootsAreThoseOfTheJdk(@ForAll @BigRange(min = "0", max = "1e30") @Scale(40) BigDecimal x, @ForAll int power) {
        BigDecimal scaled = x.scaleByPowerOfTen(power % 500);
        BigDecimal root = DECIMAL.apply(Function.SQRT, List.<BigDecimal[]>of(new BigDecimal[] {scaled}))[0];
        BigDecimal expected = scaled.sqrt(Exact.DIGITS);
        BigDecimal unit = expected.ulp().max(root.ulp());
        assertTrue(root.subtract(expected).abs().compareTo(unit) <= 0, root + " for " + expected);
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

    /** Powers are remembered, each for its digits. */
    @Test
    void aPowerHasTheDigitsThatAreAskedFor() {
        BigDecimal base = new BigDecimal("1.25");
        BigDecimal exponent = new BigDecimal("0.9");
        BigDecimal longer = DECIMAL.power(base, exponent);
        BigDecimal shorter = new DecimalAlgebra(FIFTY_DIGITS).power(base, exponent);

        assertEquals(longer.round(FIFTY_DIGITS), shorter);
        assertEquals(longer, DECIMAL.power(base, exponent));
        assertEquals(-1, longer.compareTo(DECIMAL.power(base, new BigDecimal("0.91"))));
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
