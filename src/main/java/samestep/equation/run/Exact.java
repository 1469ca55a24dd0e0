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
import samestep.equation.Function;
import samestep.equation.Operator;

/** What an expression without names is worth: as an exact decimal where there is one, else to a hundred digits. */
public final class Exact {
    /** Digits of ideal arithmetic. */
    public static final MathContext DIGITS = new MathContext(110);

    private static final int LARGEST_EXPONENT = 1_000;
    private static final int MOST_DIGITS = 3_000;
    private static final int MOST_BITS = 4 * MOST_DIGITS;

    private record Fraction(BigInteger numerator, BigInteger denominator) {}

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
        return fraction(expression).flatMap(Exact::terminating);
    }

    private static Optional<BigDecimal> terminating(Fraction fraction) {
        try {
            BigDecimal quotient = new BigDecimal(fraction.numerator).divide(new BigDecimal(fraction.denominator));
            return Optional.of(quotient.stripTrailingZeros());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Fraction> fraction(Expression expression) {
        if (expression instanceof Literal literal) {
            return fraction(literal.value());
        }
        if (expression instanceof Negation negation) {
            return fraction(negation.operand()).map(f -> new Fraction(f.numerator.negate(), f.denominator));
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
        if (Math.abs((long) value.scale()) > MOST_DIGITS || value.precision() > MOST_DIGITS) {
            return Optional.empty();
        }
        return value.scale() > 0
                ? reduced(value.unscaledValue(), BigInteger.TEN.pow(value.scale()))
                : reduced(value.toBigIntegerExact(), BigInteger.ONE);
    }

    private static Optional<Fraction> combine(Operator operator, Fraction a, Fraction b) {
        BigInteger denominators = a.denominator.multiply(b.denominator);
        BigInteger left = a.numerator.multiply(b.denominator);
        BigInteger right = b.numerator.multiply(a.denominator);
        return switch (operator) {
            case ADD -> reduced(left.add(right), denominators);
            case SUBTRACT -> reduced(left.subtract(right), denominators);
            case MULTIPLY -> reduced(a.numerator.multiply(b.numerator), denominators);
            case DIVIDE -> reduced(left, right);
        };
    }

    private static Optional<Fraction> power(List<Expression> arguments) {
        Optional<Integer> exponent = decimal(arguments.get(1))
                .filter(e -> e.abs().compareTo(BigDecimal.valueOf(LARGEST_EXPONENT)) <= 0 && e.scale() <= 0)
                .map(BigDecimal::intValueExact);
        return fraction(arguments.get(0))
                .flatMap(base -> exponent.filter(e -> isSmall(base, Math.abs(e)))
                        .flatMap(e -> {
                            BigInteger up = base.numerator.pow(Math.abs(e));
                            BigInteger down = base.denominator.pow(Math.abs(e));
                            return e >= 0 ? reduced(up, down) : reduced(down, up);
                        }));
    }

    /** Whether it has few enough digits to that power; asked before they are worked out. */
    private static boolean isSmall(Fraction base, int exponent) {
        long bits = Math.max(base.numerator.bitLength(), base.denominator.bitLength());
        return (bits - 1) * exponent <= MOST_BITS;
    }

    private static Optional<Fraction> reduced(BigInteger numerator, BigInteger denominator) {
        boolean small = numerator.bitLength() <= MOST_BITS && denominator.bitLength() <= MOST_BITS;
        if (denominator.signum() == 0 || !small) {
            return Optional.empty();
        }
        BigInteger divisor = numerator.gcd(denominator).max(BigInteger.ONE);
        BigInteger sign = BigInteger.valueOf(denominator.signum());
        return Optional.of(new Fraction(
                numerator.divide(divisor).multiply(sign),
                denominator.divide(divisor).multiply(sign)));
    }
}
