package samestep.equation.run;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import samestep.equation.Comparison;
import samestep.equation.Extent;
import samestep.equation.Function;
import samestep.equation.Operator;
import samestep.equation.Reduction;
import samestep.equation.Shape;
import samestep.equation.SignedOthers;

/** Double precision, over whole arrays. */
public final class DoubleAlgebra implements Algebra<double[]> {
    private final boolean roundsToFloat;
    private final double ofPowers;

    /**
     * @param roundsToFloat whether {@code f32} rounds: true for a framework as it is shipped, false for the decimals as
     *     they are written
     */
    public DoubleAlgebra(boolean roundsToFloat) {
        this(roundsToFloat, 1);
    }

    /**
     * As a framework computes whose powers are not correctly rounded.
     *
     * @param ofPowers what a power of a single number, such as a bias correction has, is multiplied by
     */
    public DoubleAlgebra(boolean roundsToFloat, double ofPowers) {
        this.roundsToFloat = roundsToFloat;
        this.ofPowers = ofPowers;
    }

    @Override
    public double[] number(BigDecimal value) {
        return new double[] {value.doubleValue()};
    }

    @Override
    public double[] negate(double[] operand) {
        double[] result = new double[operand.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = -operand[i];
        }
        return result;
    }

    @Override
    public double[] arithmetic(Operator operator, double[] left, double[] right) {
        if (left.length == right.length) {
            return same(operator, left, right);
        }
        return left.length == 1 ? scalarLeft(operator, left[0], right) : scalarRight(operator, left, right[0]);
    }

    private static double[] same(Operator operator, double[] a, double[] b) {
        double[] r = new double[a.length];
        switch (operator) {
            case ADD -> {
                for (int i = 0; i < r.length; i++) {
                    r[i] = a[i] + b[i];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < r.length; i++) {
                    r[i] = a[i] - b[i];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < r.length; i++) {
                    r[i] = a[i] * b[i];
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < r.length; i++) {
                    r[i] = a[i] / b[i];
                }
            }
        }
        return r;
    }

    private static double[] scalarLeft(Operator operator, double a, double[] b) {
        double[] r = new double[b.length];
        for (int i = 0; i < r.length; i++) {
            r[i] = one(operator, a, b[i]);
        }
        return r;
    }

    private static double[] scalarRight(Operator operator, double[] a, double b) {
        double[] r = new double[a.length];
        for (int i = 0; i < r.length; i++) {
            r[i] = one(operator, a[i], b);
        }
        return r;
    }

    private static double one(Operator operator, double a, double b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
        };
    }

    @Override
    public double[] compare(Comparison comparison, double[] left, double[] right) {
        double[] result = new double[Math.max(left.length, right.length)];
        for (int i = 0; i < result.length; i++) {
            double a = at(left, i);
            double b = at(right, i);
            // A comparison with NaN holds in no framework.
            boolean comparable = !Double.isNaN(a) && !Double.isNaN(b);
            int order = a < b ? -1 : a > b ? 1 : 0;
            result[i] = comparable && comparison.holds(order) ? 1 : 0;
        }
        return result;
    }

    @Override
    public double[] apply(Function function, List<double[]> arguments) {
        double[] a = arguments.get(0);
        return switch (function.arity()) {
            case 1 -> unary(function, a);
            case 2 -> binary(function, a, arguments.get(1));
            default -> ternary(function, a, arguments.get(1), arguments.get(2));
        };
    }

    private double[] unary(Function function, double[] a) {
        if (function == Function.F32 && !roundsToFloat) {
            return a;
        }
        double[] r = new double[a.length];
        for (int i = 0; i < r.length; i++) {
            double x = a[i];
            r[i] = switch (function) {
                case SQRT -> Math.sqrt(x);
                case EXP -> Math.exp(x);
                case LOG -> Math.log(x);
                case COS -> Math.cos(x);
                case ABS -> Math.abs(x);
                case SIGN -> Math.signum(x);
                case FLOOR -> Math.floor(x);
                case F32 -> (float) x;
                default -> throw new IllegalArgumentException(function.word());
            };
        }
        return r;
    }

    private double[] binary(Function function, double[] a, double[] b) {
        double[] r = new double[Math.max(a.length, b.length)];
        for (int i = 0; i < r.length; i++) {
            double x = at(a, i);
            double y = at(b, i);
            r[i] = switch (function) {
                case POW -> r.length == 1 ? Math.pow(x, y) * ofPowers : Math.pow(x, y);
                case MIN -> Math.min(x, y);
                case MAX -> Math.max(x, y);
                default -> throw new IllegalArgumentException(function.word());
            };
        }
        return r;
    }

    private static double[] ternary(Function function, double[] a, double[] b, double[] c) {
        double[] r = new double[Math.max(a.length, Math.max(b.length, c.length))];
        for (int i = 0; i < r.length; i++) {
            double x = at(a, i);
            r[i] = function == Function.WHERE
                    ? (x != 0 ? at(b, i) : at(c, i))
                    : Math.min(Math.max(x, at(b, i)), at(c, i));
        }
        return r;
    }

    private static double at(double[] values, int index) {
        return values.length == 1 ? values[0] : values[index];
    }

    @Override
    public double[] reduce(Reduction reduction, double[] operand, Extent extent, Shape shape) {
        double[] all = spread(operand, shape.size());
        if (reduction == Reduction.SIGNED_OTHERS) {
            return SignedOthers.of(all, extent, shape);
        }
        if (extent == Extent.TENSOR) {
            return new double[] {reduceStride(reduction, all, 0, 1, all.length)};
        }
        double[] result = new double[all.length];
        for (int i = 0; i < result.length; i++) {
            int row = i / shape.columns();
            int column = i % shape.columns();
            result[i] = extent == Extent.ROWS
                    ? reduceStride(reduction, all, row * shape.columns(), 1, shape.columns())
                    : reduceStride(reduction, all, column, shape.columns(), shape.rows());
        }
        return result;
    }

    @Override
    public double[] reduce(Reduction reduction, List<double[]> operands) {
        int size = operands.stream().mapToInt(o -> o.length).sum();
        double[] all = new double[size];
        int at = 0;
        for (double[] operand : operands) {
            System.arraycopy(operand, 0, all, at, operand.length);
            at += operand.length;
        }
        return new double[] {reduceStride(reduction, all, 0, 1, size)};
    }

    private static double reduceStride(Reduction reduction, double[] all, int start, int stride, int count) {
        double result = reduction == Reduction.MAX ? Double.NEGATIVE_INFINITY : 0;
        for (int i = 0; i < count; i++) {
            double x = all[start + i * stride];
            result = switch (reduction) {
                case NORM -> result + x * x;
                case MAX -> Math.max(result, x);
                default -> result + x;
            };
        }
        return switch (reduction) {
            case NORM -> Math.sqrt(result);
            case MEAN -> result / count;
            default -> result;
        };
    }

    @Override
    public double[] spread(double[] value, int size) {
        if (value.length == size) {
            return value;
        }
        double[] result = new double[size];
        Arrays.fill(result, value[0]);
        return result;
    }

    @Override
    public boolean isSingle(double[] value) {
        return value.length == 1;
    }

    @Override
    public boolean isTrue(double[] condition) {
        return condition[0] != 0;
    }

    @Override
    public int sides(Function function, List<double[]> arguments) {
        int count = arguments.stream().mapToInt(a -> a.length).max().orElse(0);
        int sides = 0;
        for (int i = 0; i < count; i++) {
            double x = at(arguments.get(0), i);
            sides |= switch (function) {
                case WHERE -> x != 0 ? 1 : 2;
                case MIN, MAX -> side(x, at(arguments.get(1), i)) & 0b11;
                case ABS -> side(x, 0) & 0b11;
                case SIGN -> side(x, 0);
                case CLIP -> x < at(arguments.get(1), i) ? 1 : x > at(arguments.get(2), i) ? 2 : 4;
                default -> 0;
            };
        }
        return sides;
    }

    /** Zero is zero, whatever its sign. */
    private static int side(double x, double y) {
        return x < y ? 1 : x > y ? 2 : 4;
    }
}
