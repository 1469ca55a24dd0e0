package samestep.equation.run;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.equation.Expression.Arithmetic;
import samestep.equation.Expression.Call;
import samestep.equation.Expression.Literal;
import samestep.equation.Expression.Negation;
import samestep.equation.Formula;
import samestep.equation.Fraction;
import samestep.equation.Function;
import samestep.equation.Operator;

/** What an expression without names is worth: as an exact decimal where there is one, else to a hundred digits. */
public final class Exact {
    /** Digits of ideal arithmetic. */
    public static final MathContext DIGITS = new MathContext(110);

    private static final BigInteger FIVE = BigInteger.valueOf(5);
    private static final int LARGEST_EXPONENT = 1_000;
    private static final int MOST_DIGITS = 3_000;
    private static final int MOST_BITS = 4 * MOST_DIGITS;

    private Exact() {}

    /**
     * The value to a hundred digits.
     *
     * @throws ArithmeticException when it has none, such as a division by zero
     */
    public static BigDecimal value(Expression expression) {
        Optional<BigDecimal> exact = decimal(expression);
        return exact.orElseGet(() ->
                Formula.compile(expression, new DecimalAlgebra(DIGITS)).at(new BigDecimal[] {BigDecimal.ZERO})[0]);
    }

    /**
     * A number of steps: the value, or the next whole number above it.
     *
     * @throws ArithmeticException when it has no value, such as a division by zero
     */
    public static long ceiling(Expression expression) {
        return value(expression).setScale(0, RoundingMode.CEILING).longValue();
    }

    /** The value as a decimal without any rounding, if it has so few digits that it can be written. */
    public static Optional<BigDecimal> decimal(Expression expression) {
        if (expression instanceof Literal literal && isShort(literal.value())) {
            return Optional.of(literal.value().stripTrailingZeros());
        }
        return fraction(expression).flatMap(Exact::terminating);
    }

    /** Whether the value is zero; an {@link ArithmeticException} where the expression has no value. */
    public static boolean isZero(Expression expression) {
        return fraction(expression)
                .map(fraction -> fraction.sign() == 0)
                .orElseGet(() -> value(expression).signum() == 0);
    }

    /** A fraction in lowest terms ends, as a decimal, where its denominator has no factors but 2 and 5. */
    private static Optional<BigDecimal> terminating(Fraction fraction) {
        int twos = fraction.denominator().getLowestSetBit();
        BigInteger rest = fraction.denominator().shiftRight(twos);
        int fives = 0;
        while (rest.bitLength() > 1) {
            BigInteger[] divided = rest.divideAndRemainder(FIVE);
            if (divided[1].signum() != 0) {
                return Optional.empty();
            }
            rest = divided[0];
            fives++;
        }
        int scale = Math.max(twos, fives);
        BigInteger digits = fraction.numerator().shiftLeft(scale - twos).multiply(FIVE.pow(scale - fives));
        return Optional.of(new BigDecimal(digits, scale).stripTrailingZeros());
    }

    private static Optional<Fraction> fraction(Expression expression) {
        if (expression instanceof Literal literal) {
            return fraction(literal.value());
        }
        if (expression instanceof Negation negation) {
            return fraction(negation.operand()).map(Fraction::negated);
        }
        if (expression instanceof Arithmetic arithmetic) {
            Optional<Fraction> left = fraction(arithmetic.left());
            Optional<Fraction> right = fraction(arithmetic.right());
            return left.flatMap(a -> right.flatMap(b -> combine(arithmetic.operator(), a, b)));
        }
        if (expression instanceof Call call && call.function() == Function.F32) {
            return fraction(call.arguments().get(0));
        }
        return expression instanceof Call call && call.function() == Function.POW
                ? power(call.arguments())
                : Optional.empty();
    }

    private static Optional<Fraction> fraction(BigDecimal value) {
        return isShort(value) ? small(Fraction.of(value)) : Optional.empty();
    }

    private static boolean isShort(BigDecimal value) {
        return Math.abs((long) value.scale()) <= MOST_DIGITS && value.precision() <= MOST_DIGITS;
    }

    private static Optional<Fraction> combine(Operator operator, Fraction a, Fraction b) {
        return switch (operator) {
            case ADD -> small(a.plus(b));
            case SUBTRACT -> small(a.plus(b.negated()));
            case MULTIPLY -> small(a.times(b));
            case DIVIDE -> b.sign() == 0 ? Optional.empty() : small(a.times(b.inverse()));
        };
    }

    private static Optional<Fraction> power(List<Expression> arguments) {
        Optional<Integer> exponent = decimal(arguments.get(1))
                .filter(e -> e.abs().compareTo(BigDecimal.valueOf(LARGEST_EXPONENT)) <= 0 && e.scale() <= 0)
                .map(BigDecimal::intValueExact);
        return fraction(arguments.get(0))
                .flatMap(base -> exponent.filter(e -> isSmall(base, Math.abs(e)) && (e >= 0 || base.sign() != 0))
                        .flatMap(e ->
                                small(e >= 0 ? base.raised(e) : base.inverse().raised(-e))));
    }

    /** Whether it has few enough digits to that power; asked before they are worked out. */
    private static boolean isSmall(Fraction base, int exponent) {
        long bits = Math.max(base.numerator().bitLength(), base.denominator().bitLength());
        return (bits - 1) * exponent <= MOST_BITS;
    }

    private static Optional<Fraction> small(Fraction fraction) {
        boolean small = fraction.numerator().bitLength() <= MOST_BITS
                && fraction.denominator().bitLength() <= MOST_BITS;
        return Optional.of(fraction).filter(f -> small);
    }
}
