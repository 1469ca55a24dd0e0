package samestep.equation.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import samestep.equation.Comparison;
import samestep.equation.Extent;
import samestep.equation.Function;
import samestep.equation.Operator;
import samestep.equation.Reduction;
import samestep.equation.Shape;

/**
 * What algebras have in common whose numbers are objects: entry by entry, where one number stands for all entries.
 *
 * @param <E> one number
 */
public abstract class ArrayAlgebra<E> implements Algebra<E[]> {
    /** An array to be filled. */
    protected abstract E[] array(int size);

    /** Zero. */
    protected abstract E zero();

    /** One. */
    protected abstract E one();

    /** Whether it is zero: a condition that does not hold. */
    protected abstract boolean isZero(E value);

    /** -1, 0 or 1: which of both the first is to the second. */
    protected abstract int order(E left, E right);

    /** The negative. */
    protected abstract E negated(E value);

    /** Sum, difference, product or quotient of two numbers. */
    protected abstract E calculate(Operator operator, E left, E right);

    /** Whether the comparison holds, where an update may jump. */
    protected abstract boolean holds(Comparison comparison, E left, E right);

    /** A function of one number. */
    protected abstract E apply(Function function, E argument);

    /** A power; any sign of the base. */
    protected abstract E power(E base, E exponent);

    /** One number of many. */
    protected abstract E reduced(Reduction reduction, List<E> values);

    @Override
    public final E[] negate(E[] operand) {
        E[] result = array(operand.length);
        for (int i = 0; i < result.length; i++) {
            result[i] = negated(operand[i]);
        }
        return result;
    }

    @Override
    public final E[] arithmetic(Operator operator, E[] left, E[] right) {
        E[] result = array(Math.max(left.length, right.length));
        for (int i = 0; i < result.length; i++) {
            result[i] = calculate(operator, at(left, i), at(right, i));
        }
        return result;
    }

    @Override
    public final E[] compare(Comparison comparison, E[] left, E[] right) {
        E[] result = array(Math.max(left.length, right.length));
        for (int i = 0; i < result.length; i++) {
            result[i] = holds(comparison, at(left, i), at(right, i)) ? one() : zero();
        }
        return result;
    }

    @Override
    public final E[] apply(Function function, List<E[]> arguments) {
        int size = 1;
        for (E[] argument : arguments) {
            size = Math.max(size, argument.length);
        }
        E[] result = array(size);
        for (int i = 0; i < result.length; i++) {
            result[i] = apply(function, arguments, i);
        }
        return result;
    }

    private E apply(Function function, List<E[]> arguments, int entry) {
        E first = at(arguments.get(0), entry);
        return switch (function) {
            case SQRT, EXP, LOG, COS, ABS, SIGN, FLOOR, F32 -> apply(function, first);
            case POW -> power(first, at(arguments.get(1), entry));
            case MIN -> smaller(first, at(arguments.get(1), entry));
            case MAX -> larger(first, at(arguments.get(1), entry));
            case CLIP -> smaller(larger(first, at(arguments.get(1), entry)), at(arguments.get(2), entry));
            case WHERE -> at(arguments.get(isZero(first) ? 2 : 1), entry);
        };
    }

    /** The smaller of two; the first of equal ones. */
    protected final E smaller(E left, E right) {
        return order(left, right) <= 0 ? left : right;
    }

    /** The larger of two; the first of equal ones. */
    protected final E larger(E left, E right) {
        return order(left, right) >= 0 ? left : right;
    }

    /** The sum, from left to right. */
    protected final E sum(List<E> values) {
        E sum = zero();
        for (E value : values) {
            sum = calculate(Operator.ADD, sum, value);
        }
        return sum;
    }

    /** The sum of the squares. */
    protected final E squares(List<E> values) {
        E sum = zero();
        for (E value : values) {
            sum = calculate(Operator.ADD, sum, calculate(Operator.MULTIPLY, value, value));
        }
        return sum;
    }

    /** The largest. */
    protected final E largest(List<E> values) {
        E largest = values.get(0);
        for (E value : values.subList(1, values.size())) {
            largest = larger(largest, value);
        }
        return largest;
    }

    @Override
    public E[] reduce(Reduction reduction, E[] operand, Extent extent, Shape shape) {
        E[] all = spread(operand, shape.size());
        if (extent == Extent.TENSOR) {
            return filled(reduced(reduction, Arrays.asList(all)), 1);
        }
        E[] result = array(all.length);
        for (int i = 0; i < result.length; i++) {
            List<E> part = new ArrayList<>();
            for (int j = 0; j < all.length; j++) {
                boolean together = extent == Extent.ROWS
                        ? j / shape.columns() == i / shape.columns()
                        : j % shape.columns() == i % shape.columns();
                if (together) {
                    part.add(all[j]);
                }
            }
            result[i] = reduced(reduction, part);
        }
        return result;
    }

    @Override
    public final E[] reduce(Reduction reduction, List<E[]> operands) {
        List<E> all = new ArrayList<>();
        for (E[] operand : operands) {
            all.addAll(Arrays.asList(operand));
        }
        return filled(reduced(reduction, all), 1);
    }

    private E[] filled(E value, int size) {
        E[] result = array(size);
        Arrays.fill(result, value);
        return result;
    }

    @Override
    public final E[] spread(E[] value, int size) {
        return value.length == size ? value : filled(value[0], size);
    }

    @Override
    public final boolean isSingle(E[] value) {
        return value.length == 1;
    }

    @Override
    public final boolean isTrue(E[] condition) {
        return !isZero(condition[0]);
    }

    @Override
    public final int sides(Function function, List<E[]> arguments) {
        int count = arguments.stream().mapToInt(a -> a.length).max().orElse(0);
        int sides = 0;
        for (int i = 0; i < count; i++) {
            E x = at(arguments.get(0), i);
            sides |= switch (function) {
                case WHERE -> isZero(x) ? 2 : 1;
                case MIN, MAX -> side(order(x, at(arguments.get(1), i))) & 0b11;
                case ABS -> side(order(x, zero())) & 0b11;
                case SIGN -> side(order(x, zero()));
                case CLIP -> order(x, at(arguments.get(1), i)) < 0 ? 1 : order(x, at(arguments.get(2), i)) > 0 ? 2 : 4;
                default -> 0;
            };
        }
        return sides;
    }

    private static int side(int order) {
        return order < 0 ? 1 : order > 0 ? 2 : 4;
    }

    private E at(E[] values, int index) {
        return values.length == 1 ? values[0] : values[index];
    }
}
