package samestep.equation;

import java.math.BigDecimal;
import java.util.List;

/**
 * An expression of the equation language. Values are numbers, elementwise over the entries of a tensor.
 *
 * <p>Expressions are keys of what was compiled and proven already. Those that are on the way of every command have
 * their equality written out, because the JVM takes some milliseconds to make that of a record.
 */
public sealed interface Expression {

    /** A number as it was written, for example {@code 0.0005}. */
    record Literal(BigDecimal value) implements Expression {
        /** A whole number. */
        public static Literal of(long value) {
            return new Literal(BigDecimal.valueOf(value));
        }

        /** The same number is the same literal, however many zeros it is written with: 1 and 1.0. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Literal literal && value.compareTo(literal.value) == 0;
        }

        @Override
        public int hashCode() {
            return value.stripTrailingZeros().hashCode();
        }
    }

    /** A name: a built-in such as {@code g}, a hyper-parameter, a state, or a value assigned before. */
    record Name(String name) implements Expression {
        @Override
        public boolean equals(Object other) {
            return other instanceof Name word && name.equals(word.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** The negative of a value. */
    record Negation(Expression operand) implements Expression {}

    /** An arithmetic operation of two values. */
    record Arithmetic(Operator operator, Expression left, Expression right) implements Expression {
        @Override
        public boolean equals(Object other) {
            return other instanceof Arithmetic that
                    && operator == that.operator
                    && left.equals(that.left)
                    && right.equals(that.right);
        }

        @Override
        public int hashCode() {
            return (operator.hashCode() * 31 + left.hashCode()) * 31 + right.hashCode();
        }
    }

    /** A comparison: one where it holds, zero where not. */
    record Comparing(Comparison comparison, Expression left, Expression right) implements Expression {}

    /** A function applied to its arguments, elementwise. */
    record Call(Function function, List<Expression> arguments) implements Expression {
        /** Copies the arguments. */
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Call that && function == that.function && arguments.equals(that.arguments);
        }

        @Override
        public int hashCode() {
            return function.hashCode() * 31 + arguments.hashCode();
        }
    }

    /** One number out of many: the norm, sum, mean or maximum over an extent. */
    record Reduced(Reduction reduction, Expression operand, Extent extent) implements Expression {}

    /** A number. */
    static Expression literal(BigDecimal value) {
        return new Literal(value);
    }

    /** A whole number. */
    static Expression literal(long value) {
        return Literal.of(value);
    }

    /** A name. */
    static Expression name(String name) {
        return new Name(name);
    }

    /** A function of some arguments. */
    static Expression call(Function function, Expression... arguments) {
        return new Call(function, List.of(arguments));
    }

    /** This plus another. */
    default Expression plus(Expression other) {
        return new Arithmetic(Operator.ADD, this, other);
    }

    /** This minus another. */
    default Expression minus(Expression other) {
        return new Arithmetic(Operator.SUBTRACT, this, other);
    }

    /** This times another; a factor of exactly one is left out. */
    default Expression times(Expression other) {
        if (isOne(this)) {
            return other;
        }
        return isOne(other) ? this : new Arithmetic(Operator.MULTIPLY, this, other);
    }

    /** This divided by another; a divisor of exactly one is left out. */
    default Expression over(Expression other) {
        return isOne(other) ? this : new Arithmetic(Operator.DIVIDE, this, other);
    }

    /** This to a power. */
    default Expression power(Expression exponent) {
        return call(Function.POW, this, exponent);
    }

    /** This as the framework rounds it to single precision, where it does. */
    default Expression rounded() {
        return call(Function.F32, this);
    }

    private static boolean isOne(Expression expression) {
        return expression instanceof Literal literal && literal.value().compareTo(BigDecimal.ONE) == 0;
    }
}
