package samestep.dialect.tensorflow.graph;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import samestep.dialect.tensorflow.graph.Value.Of;
import samestep.dialect.tensorflow.graph.Value.OfWeights;
import samestep.dialect.tensorflow.graph.Value.Penalties;
import samestep.dialect.tensorflow.graph.Value.Term;
import samestep.dialect.tensorflow.graph.Value.Uniform;
import samestep.equation.Expression;
import samestep.recipe.Stage.Penalty.Norm;

/** Sums and products of what is known about tensors. */
final class ValueArithmetic {
    private ValueArithmetic() {}

    /** The sum of two. */
    static Value sum(Value a, Value b) {
        if (a instanceof Uniform x && b instanceof Uniform y) {
            return new Uniform(
                    isZero(x.number())
                            ? y.number()
                            : isZero(y.number()) ? x.number() : x.number().plus(y.number()));
        }
        if (a instanceof Uniform x && isZero(x.number())) {
            return b;
        }
        if (b instanceof Uniform y && isZero(y.number())) {
            return a;
        }
        if (a instanceof OfWeights x && b instanceof OfWeights y && x.variable().equals(y.variable())) {
            return new OfWeights(x.variable(), added(x.coefficients(), y.coefficients()));
        }
        if (a instanceof Penalties x && b instanceof Penalties y) {
            return new Penalties(added(x.coefficients(), y.coefficients()));
        }
        // A constant in a loss moves no weight.
        if (a instanceof Penalties && b instanceof Uniform) {
            return a;
        }
        return a instanceof Uniform && b instanceof Penalties ? b : Value.UNKNOWN;
    }

    private static <K> Map<K, Expression> added(Map<K, Expression> a, Map<K, Expression> b) {
        Map<K, Expression> all = new LinkedHashMap<>(a);
        b.forEach((key, value) -> all.merge(key, value, Expression::plus));
        return all;
    }

    /** One less another. */
    static Value difference(Value a, Value b) {
        return a instanceof Uniform x && b instanceof Uniform y
                ? new Uniform(isZero(y.number()) ? x.number() : x.number().minus(y.number()))
                : sum(a, negative(b));
    }

    /** The negative. */
    static Value negative(Value value) {
        return changed(
                value,
                c -> c instanceof Expression.Literal literal
                        ? Expression.literal(literal.value().negate())
                        : new Expression.Negation(c));
    }

    /** A number times another value. */
    static Value product(Value a, Value b) {
        if (a instanceof Uniform x && b instanceof Uniform y) {
            return new Uniform(x.number().times(y.number()));
        }
        if (a instanceof Uniform x) {
            return changed(b, c -> c.times(x.number()));
        }
        if (b instanceof Uniform y) {
            return changed(a, c -> y.number().times(c));
        }
        return a instanceof OfWeights x
                        && b instanceof OfWeights y
                        && x.variable().equals(y.variable())
                ? squared(x, y)
                : Value.UNKNOWN;
    }

    private static Value squared(OfWeights a, OfWeights b) {
        Optional<Expression> x = a.only(Of.WEIGHT);
        Optional<Expression> y = b.only(Of.WEIGHT);
        return x.isPresent() && y.isPresent()
                ? new OfWeights(a.variable(), Map.of(Of.SQUARE, x.get().times(y.get())))
                : Value.UNKNOWN;
    }

    /** The same value with other numbers in front. */
    static Value changed(Value value, UnaryOperator<Expression> change) {
        if (value instanceof Uniform uniform) {
            return new Uniform(change.apply(uniform.number()));
        }
        if (value instanceof OfWeights weights) {
            return weights.mapped(change);
        }
        return value instanceof Penalties penalties ? penalties.mapped(change) : Value.UNKNOWN;
    }

    /** A function of the weight itself, entry by entry, whose coefficient is one of the weight's. */
    static Value applied(Value value, Of function) {
        if (!(value instanceof OfWeights weights)) {
            return Value.UNKNOWN;
        }
        Optional<Expression> coefficient = weights.only(Of.WEIGHT);
        if (coefficient.isEmpty()) {
            return Value.UNKNOWN;
        }
        if (function == Of.SQUARE) {
            return squared(weights, weights);
        }
        boolean one = coefficient.get() instanceof Expression.Literal literal
                && literal.value().compareTo(BigDecimal.ONE) == 0;
        return one ? new OfWeights(weights.variable(), Map.of(function, coefficient.get())) : Value.UNKNOWN;
    }

    /** The sum over all entries. */
    static Value total(OfWeights weights) {
        Map<Term, Expression> terms = new LinkedHashMap<>();
        for (Map.Entry<Of, Expression> part : weights.coefficients().entrySet()) {
            switch (part.getKey()) {
                case ABSOLUTE -> terms.put(new Term(weights.variable(), Norm.L1), part.getValue());
                case SQUARE ->
                    terms.put(
                            new Term(weights.variable(), Norm.L2),
                            Expression.literal(2).times(part.getValue()));
                default -> {
                    return Value.UNKNOWN;
                }
            }
        }
        return new Penalties(terms);
    }

    /** {@code tf.nn.l2_loss}: half the sum of squares. */
    static Value halfOfSquares(Value value) {
        return applied(value, Of.SQUARE) instanceof OfWeights squares
                ? new Penalties(Map.of(
                        new Term(squares.variable(), Norm.L2),
                        squares.only(Of.SQUARE).orElseThrow()))
                : Value.UNKNOWN;
    }

    static boolean isZero(Expression expression) {
        return expression instanceof Expression.Literal literal
                && literal.value().signum() == 0;
    }
}
