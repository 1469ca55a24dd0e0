package samestep.equation.run;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
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
public final class DecimalAlgebra implements Algebra<BigDecimal[]> {
    /** The largest double is e to the 710th. */
    private static final BigDecimal LARGEST_EXPONENT = BigDecimal.valueOf(3_000_000);
    /** The digits behind the point that a double has not any more. */
    private static final BigDecimal LARGEST_ANGLE = new BigDecimal("1e31");

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
    public BigDecimal[] negate(BigDecimal[] operand) {
        return map(operand, BigDecimal::negate);
    }

    @Override
    public BigDecimal[] arithmetic(Operator operator, BigDecimal[] left, BigDecimal[] right) {
        return switch (operator) {
            case ADD -> zip(left, right, (a, b) -> a.add(b, context));
            case SUBTRACT -> zip(left, right, (a, b) -> a.subtract(b, context));
            case MULTIPLY -> zip(left, right, (a, b) -> a.multiply(b, context));
            case DIVIDE -> zip(left, right, (a, b) -> a.divide(b, context));
        };
    }

    @Override
    public BigDecimal[] compare(Comparison comparison, BigDecimal[] left, BigDecimal[] right) {
        return zip(left, right, (a, b) -> comparison.holds(a.compareTo(b)) ? BigDecimal.ONE : BigDecimal.ZERO);
    }

    @Override
    public BigDecimal[] apply(Function function, List<BigDecimal[]> arguments) {
        BigDecimal[] a = arguments.get(0);
        return switch (function) {
            case SQRT -> map(a, this::root);
            case EXP -> map(a, x -> BigDecimalMath.exp(within(x, LARGEST_EXPONENT, "an exponent"), context));
            case LOG -> map(a, x -> BigDecimalMath.log(x, context));
            case COS -> map(a, x -> BigDecimalMath.cos(within(x, LARGEST_ANGLE, "an angle"), context));
            case ABS -> map(a, BigDecimal::abs);
            case SIGN -> map(a, x -> BigDecimal.valueOf(x.signum()));
            case FLOOR -> map(a, x -> x.setScale(0, RoundingMode.FLOOR));
            case F32 -> a;
            case POW -> zip(a, arguments.get(1), this::power);
            case MIN -> zip(a, arguments.get(1), BigDecimal::min);
            case MAX -> zip(a, arguments.get(1), BigDecimal::max);
            case CLIP -> zip(zip(a, arguments.get(1), BigDecimal::max), arguments.get(2), BigDecimal::min);
            case WHERE -> where(a, arguments.get(1), arguments.get(2));
        };
    }

    /** The square root, by the one of whole numbers, which is many times faster than that of decimals. */
    private BigDecimal root(BigDecimal value) {
        if (value.signum() < 0) {
            throw new ArithmeticException("the root of a negative number");
        }
        // Twice the digits, and two to spare for rounding; an even number of them behind the point.
        int missing = Math.max(0, 2 * context.getPrecision() + 4 - value.precision());
        int scale = value.scale() + missing;
        BigInteger whole = value.setScale(scale + Math.floorMod(scale, 2)).unscaledValue();
        return new BigDecimal(whole.sqrt(), (scale + Math.floorMod(scale, 2)) / 2).round(context);
    }

    /** Whole exponents by squaring, so that no logarithm of zero or of a negative number is asked for. */
    /** No library of decimals goes further, and no rate that small moves a weight. */
    private static final double MOST_DECADES = 1e6;

    private BigDecimal power(BigDecimal base, BigDecimal exponent) {
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
                ? BigDecimalMath.pow(base, exponent, context)
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

    private static BigDecimal[] where(BigDecimal[] condition, BigDecimal[] then, BigDecimal[] otherwise) {
        BigDecimal[] result = new BigDecimal[Math.max(condition.length, Math.max(then.length, otherwise.length))];
        for (int i = 0; i < result.length; i++) {
            result[i] = at(condition, i).signum() != 0 ? at(then, i) : at(otherwise, i);
        }
        return result;
    }

    @Override
    public BigDecimal[] reduce(Reduction reduction, BigDecimal[] operand, Extent extent, Shape shape) {
        BigDecimal[] all = spread(operand, shape.size());
        if (reduction == Reduction.SIGNED_OTHERS) {
            return SignedOthers.of(all, extent, shape, context);
        }
        if (extent == Extent.TENSOR) {
            return new BigDecimal[] {reduce(reduction, Arrays.asList(all), all.length)};
        }
        BigDecimal[] result = new BigDecimal[all.length];
        for (int i = 0; i < result.length; i++) {
            List<BigDecimal> part = new ArrayList<>();
            for (int j = 0; j < all.length; j++) {
                boolean together = extent == Extent.ROWS
                        ? j / shape.columns() == i / shape.columns()
                        : j % shape.columns() == i % shape.columns();
                if (together) {
                    part.add(all[j]);
                }
            }
            result[i] = reduce(reduction, part, part.size());
        }
        return result;
    }

    @Override
    public BigDecimal[] reduce(Reduction reduction, List<BigDecimal[]> operands) {
        List<BigDecimal> all = operands.stream().flatMap(Arrays::stream).toList();
        return new BigDecimal[] {reduce(reduction, all, all.size())};
    }

    private BigDecimal reduce(Reduction reduction, List<BigDecimal> values, int count) {
        BinaryOperator<BigDecimal> add = (a, b) -> a.add(b, context);
        return switch (reduction) {
            case NORM -> root(values.stream().map(x -> x.multiply(x, context)).reduce(BigDecimal.ZERO, add));
            case SUM, SIGNED_OTHERS -> values.stream().reduce(BigDecimal.ZERO, add);
            case MEAN -> values.stream().reduce(BigDecimal.ZERO, add).divide(BigDecimal.valueOf(count), context);
            case MAX -> values.stream().reduce(BigDecimal::max).orElseThrow();
        };
    }

    @Override
    public BigDecimal[] spread(BigDecimal[] value, int size) {
        if (value.length == size) {
            return value;
        }
        BigDecimal[] result = new BigDecimal[size];
        Arrays.fill(result, value[0]);
        return result;
    }

    @Override
    public boolean isSingle(BigDecimal[] value) {
        return value.length == 1;
    }

    @Override
    public boolean isTrue(BigDecimal[] condition) {
        return condition[0].signum() != 0;
    }

    @Override
    public int sides(Function function, List<BigDecimal[]> arguments) {
        int count = arguments.stream().mapToInt(a -> a.length).max().orElse(0);
        int sides = 0;
        for (int i = 0; i < count; i++) {
            BigDecimal x = at(arguments.get(0), i);
            sides |= switch (function) {
                case WHERE -> x.signum() != 0 ? 1 : 2;
                case MIN, MAX -> side(x.compareTo(at(arguments.get(1), i))) & 0b11;
                case ABS -> side(x.signum()) & 0b11;
                case SIGN -> side(x.signum());
                case CLIP ->
                    x.compareTo(at(arguments.get(1), i)) < 0 ? 1 : x.compareTo(at(arguments.get(2), i)) > 0 ? 2 : 4;
                default -> 0;
            };
        }
        return sides;
    }

    private static int side(int order) {
        return order < 0 ? 1 : order > 0 ? 2 : 4;
    }

    private static BigDecimal[] map(BigDecimal[] values, UnaryOperator<BigDecimal> function) {
        BigDecimal[] result = new BigDecimal[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = function.apply(values[i]);
        }
        return result;
    }

    private static BigDecimal[] zip(BigDecimal[] left, BigDecimal[] right, BinaryOperator<BigDecimal> function) {
        BigDecimal[] result = new BigDecimal[Math.max(left.length, right.length)];
        for (int i = 0; i < result.length; i++) {
            result[i] = function.apply(at(left, i), at(right, i));
        }
        return result;
    }

    private static BigDecimal at(BigDecimal[] values, int index) {
        return values.length == 1 ? values[0] : values[index];
    }
}
