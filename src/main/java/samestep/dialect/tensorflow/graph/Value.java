package samestep.dialect.tensorflow.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import samestep.equation.Expression;
import samestep.recipe.Stage.Penalty.Norm;

/** What is known about a tensor of the graph before it runs. */
public sealed interface Value {

    /**
     * All its entries are the same number.
     *
     * @param number in {@code t}, where it follows the step counter; it may also have the names that {@link Symbols} gives
     */
    record Uniform(Expression number) implements Value {}

    /** A function of one weight, entry by entry. */
    public enum Of {
        /** The weight itself. */
        WEIGHT,
        /** Its sign. */
        SIGN,
        /** Its absolute value. */
        ABSOLUTE,
        /** Its square. */
        SQUARE
    }

    /**
     * Entry by entry a sum of functions of one variable, and of nothing else.
     *
     * @param variable the variable's operation
     */
    public record OfWeights(String variable, Map<Of, Expression> coefficients) implements Value {
        public OfWeights {
            coefficients = Map.copyOf(coefficients);
        }

        OfWeights mapped(UnaryOperator<Expression> change) {
            return new OfWeights(variable, changed(coefficients, change));
        }

        /** The coefficient of a function, where there is no other. */
        public Optional<Expression> only(Of function) {
            return coefficients.size() == 1 ? Optional.ofNullable(coefficients.get(function)) : Optional.empty();
        }
    }

    /** A penalty of one variable: the sum of absolute values, or half the sum of squares. */
    public record Term(String variable, Norm norm) {}

    /** One number: penalties times coefficients, and nothing else but perhaps a constant. */
    public record Penalties(Map<Term, Expression> coefficients) implements Value {
        public Penalties {
            coefficients = new LinkedHashMap<>(coefficients);
        }

        Penalties mapped(UnaryOperator<Expression> change) {
            return new Penalties(changed(coefficients, change));
        }
    }

    /** It depends on the data, or on something that is not followed. */
    record Unknown() implements Value {}

    /** Nothing is known. */
    Value UNKNOWN = new Unknown();

    /** The number, where all entries are the same. */
    default Optional<Expression> uniform() {
        return this instanceof Uniform same ? Optional.of(same.number()) : Optional.empty();
    }

    private static <K> Map<K, Expression> changed(Map<K, Expression> map, UnaryOperator<Expression> change) {
        Map<K, Expression> changed = new LinkedHashMap<>();
        map.forEach((key, value) -> changed.put(key, change.apply(value)));
        return changed;
    }
}
