package samestep.equation.run;

import java.math.BigDecimal;
import java.util.List;
import samestep.equation.Branch;
import samestep.equation.Comparison;
import samestep.equation.Extent;
import samestep.equation.Function;
import samestep.equation.Operator;
import samestep.equation.Reduction;
import samestep.equation.Shape;

/**
 * The numbers that equations are evaluated in. A value is one number or one number for each entry of a tensor; one
 * number stands for all entries where both kinds meet. Values are never changed in place.
 *
 * @param <V> the values
 */
public interface Algebra<V> {

    /** One number. */
    V number(BigDecimal value);

    /** One number. */
    default V number(long value) {
        return number(BigDecimal.valueOf(value));
    }

    /** The negative. */
    V negate(V operand);

    /** Sum, difference, product or quotient. */
    V arithmetic(Operator operator, V left, V right);

    /** One where the comparison holds, zero where not. */
    V compare(Comparison comparison, V left, V right);

    /** A function of its arguments. */
    V apply(Function function, List<V> arguments);

    /** Reduces one tensor; over {@code ROWS} or {@code COLUMNS} the result again has an entry for each of the tensor. */
    V reduce(Reduction reduction, V operand, Extent extent, Shape shape);

    /** One number out of all entries of several tensors. */
    V reduce(Reduction reduction, List<V> operands);

    /** The value once for each of so many entries; a value that has them already is given back. */
    V spread(V value, int size);

    /** Whether the value is one number. */
    boolean isSingle(V value);

    /** Whether a single number is not zero. */
    boolean isTrue(V condition);

    /** Which sides of a branching function the entries of these arguments fall on, a bit for each; see {@link Branch}. */
    int sides(Function function, List<V> arguments);
}
