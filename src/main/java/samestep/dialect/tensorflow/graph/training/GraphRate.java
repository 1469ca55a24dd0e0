package samestep.dialect.tensorflow.graph.training;

import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.Quantity;

/**
 * The learning rate that a graph's optimizer is given.
 *
 * @param formula in {@code t}, rounded where TensorFlow computes in single precision
 * @param place of the operation that gives it
 * @param constants the numbers that it is made of
 */
public record GraphRate(Expression formula, Place place, List<Quantity> constants) {
    /** Copies the constants. */
    public GraphRate {
        constants = List.copyOf(constants);
    }

    /** A number of it, with its place. */
    public Quantity number(Expression value) {
        Expression plain = samestep.equation.Expressions.withoutRounding(value);
        return constants.stream()
                .filter(q ->
                        samestep.equation.Expressions.withoutRounding(q.value()).equals(plain))
                .findFirst()
                .orElseGet(() -> new Quantity(
                        value, "", new samestep.recipe.Origin.Derived("computed in the graph", Optional.of(place))));
    }
}
