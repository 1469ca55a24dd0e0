package samestep.equation.run;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import samestep.equation.Comparison;
import samestep.equation.Extent;
import samestep.equation.Function;
import samestep.equation.Operator;
import samestep.equation.Reduction;
import samestep.equation.Shape;
import samestep.equation.SignedOthers;

/**
 * Ideal arithmetic, to a given number of digits: nothing is rounded to single precision, and rounding errors are far
 * below what a proof looks at. Where a double would be infinite or not a number, {@link ArithmeticException} is thrown.
 */
public final class DecimalAlgebra extends ArrayAlgebra<BigDecimal> {
    /** The largest double is e to the 710th. */
    private static final BigDecimal LARGEST_EXPONENT = BigDecimal.valueOf(3_000_000);
    /** A double this large has no digits after the point. */
    private static final BigDecimal LARGEST_ANGLE = new BigDecimal("1e31");

    /** No library of decimals goes further, and no rate that small moves a weight. */
    private static final double MOST_DECADES = 1e6;

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final MathContext context;

    /** With so many significant digits. */
    public DecimalAlgebra(MathContext context) {
        this.context = context;
    }

    @Override
    public BigDecimal[] number(BigDecimal value) {
        return new BigDecimal[] {value};
    }

    @Override
    protected BigDecimal[] array(int size) {
        return new BigDecimal[size];
    }

    @Override
    protected BigDecimal zero() {
        return BigDecimal.ZERO;
    }

    @Override
    protected BigDecimal one() {
        return BigDecimal.ONE;
    }

    @Override
    protected boolean isZero(BigDecimal value) {
        return value.signum() == 0;
    }

    @Override
    protected int order(BigDecimal left, BigDecimal right) {
        return left.compareTo(right);
    }

    @Override
    protected BigDecimal negated(BigDecimal value) {
        return value.negate();
    }

    @Override
    protected BigDecimal calculate(Operator operator, BigDecimal left, BigDecimal right) {
        return switch (operator) {
            case ADD -> left.add(right, context);
            case SUBTRACT -> left.subtract(right, context);
            case MULTIPLY -> left.multiply(right, context);
            case DIVIDE -> left.divide(right, context);
        };
    }

    @Override
    protected boolean holds(Comparison comparison, BigDecimal left, BigDecimal right) {
        return comparison.holds(left.compareTo(right));
    }

    @Override
    protected BigDecimal apply(Function function, BigDecimal x) {
        return switch (function) {
            case SQRT -> root(x);
            case EXP -> BigDecimalMath.exp(within(x, LARGEST_EXPONENT, "an exponent"), context);
            case LOG -> BigDecimalMath.log(x, context);
            case COS -> BigDecimalMath.cos(within(x, LARGEST_ANGLE, "an angle"), context);
            case ABS -> x.abs();
            case SIGN -> BigDecimal.valueOf(x.signum());
            case FLOOR -> x.setScale(0, RoundingMode.FLOOR);
            case F32 -> x;
            case POW, MIN, MAX, CLIP, WHERE -> throw new IllegalArgumentException(function.word());
        };
    }

    /** The square root, by the one of whole numbers, which is many times faster than that of decimals. */
    private BigDecimal root(BigDecimal value) {
        if (value.signum() < 0) {
            throw new ArithmeticException("the root of a negative number");
        }
        // Twice the digits, and two to spare for rounding; an even number of them after the point.
        int missing = Math.max(0, 2 * context.getPrecision() + 4 - value.precision());
        int scale = value.scale() + missing;
        BigInteger whole = value.setScale(scale + Math.floorMod(scale, 2)).unscaledValue();
        return new BigDecimal(whole.sqrt(), (scale + Math.floorMod(scale, 2)) / 2).round(context);
    }

    /** Whole exponents by squaring, so that no logarithm of zero or of a negative number is asked for. */
    @Override
    protected BigDecimal power(BigDecimal base, BigDecimal exponent) {
        if (exponent.signum() == 0) {
            return BigDecimal.ONE;
        }
        if (base.signum() == 0) {
            if (exponent.signum() < 0) {
                throw new ArithmeticException("zero to a negative power");
            }
            return BigDecimal.ZERO;
        }
        BigDecimal whole = exponent.stripTrailingZeros();
        boolean isWhole = whole.scale() <= 0 && whole.precision() - whole.scale() <= 9;
        if (isWhole && Math.abs(whole.intValueExact()) < 1_000_000) {
            MathContext wide = new MathContext(context.getPrecision() + 10);
            BigDecimal result = base.pow(Math.abs(whole.intValueExact()), wide);
            return exponent.signum() > 0 ? result.round(context) : BigDecimal.ONE.divide(result, context);
        }
        if (vanishes(base, exponent)) {
            return BigDecimal.ZERO;
        }
        return exponent.abs().compareTo(MILLION) < 0
                ? RecentPowers.of(base, exponent, context)
                : largePower(base, exponent);
    }

    /** By the logarithm: the time is that of one, whatever the exponent. */
    private BigDecimal largePower(BigDecimal base, BigDecimal exponent) {
        boolean whole = exponent.stripTrailingZeros().scale() <= 0;
        if (base.signum() < 0 && !whole) {
            throw new ArithmeticException("a negative number to a power that is not whole");
        }
        int digits = exponent.precision() - exponent.scale();
        if (digits > context.getPrecision()) {
            throw new ArithmeticException("an exponent of more than " + context.getPrecision() + " digits");
        }
        MathContext wide = new MathContext(context.getPrecision() + digits + 10);
        BigDecimal logarithm = BigDecimalMath.log(base.abs(), wide).multiply(exponent, wide);
        BigDecimal power = BigDecimalMath.exp(within(logarithm, LARGEST_EXPONENT, "a power"), context);
        boolean odd = base.signum() < 0 && exponent.toBigInteger().testBit(0);
        return odd ? power.negate() : power;
    }

    /** Beyond it the time would grow with the number that a file says, and every framework has infinity or zero there. */
    private static BigDecimal within(BigDecimal value, BigDecimal largest, String what) {
        if (value.abs().compareTo(largest) > 0) {
            throw new ArithmeticException(what + " beyond what can be computed");
        }
        return value;
    }

    /** Whether a power is nothing at any number of digits: below ten to the minus {@link #MOST_DECADES}. */
    private static boolean vanishes(BigDecimal base, BigDecimal exponent) {
        double size = base.abs().doubleValue();
        boolean ordinary = size > Double.MIN_NORMAL && size <= Double.MAX_VALUE;
        double decades = ordinary ? Math.log10(size) : base.precision() - base.scale();
        return exponent.doubleValue() * decades < -MOST_DECADES;
    }

    @Override
    public BigDecimal[] reduce(Reduction reduction, BigDecimal[] operand, Extent extent, Shape shape) {
        return reduction == Reduction.SIGNED_OTHERS
                ? SignedOthers.of(spread(operand, shape.size()), extent, shape, context)
                : super.reduce(reduction, operand, extent, shape);
    }

    @Override
    protected BigDecimal reduced(Reduction reduction, List<BigDecimal> values) {
        return switch (reduction) {
            case NORM -> root(squares(values));
            case SUM, SIGNED_OTHERS -> sum(values);
            case MEAN -> sum(values).divide(BigDecimal.valueOf(values.size()), context);
            case MAX -> largest(values);
        };
    }
}
