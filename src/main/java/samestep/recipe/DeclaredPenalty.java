package samestep.recipe;

import java.util.Map;
import java.util.function.UnaryOperator;
import samestep.equation.Equations;
import samestep.equation.parse.EquationParser;

/**
 * A penalty that a configuration declares and that no loss contains: nothing happens. TensorFlow's layers collect their
 * penalties, and the program has to add them to the loss.
 *
 * @param penalty what would happen if it were added
 * @param where it is left, such as {@code REGULARIZATION_LOSSES}
 */
public record DeclaredPenalty(Stage.Penalty penalty, String where) implements Stage {
    private static final Equations NOTHING =
            EquationParser.parseOwn("declared-penalty", "optimizer declared-penalty\ng = g");

    @Override
    public Equations equations() {
        return NOTHING;
    }

    /** None, because no number of it moves anything. */
    @Override
    public Map<String, Quantity> values() {
        return Map.of();
    }

    @Override
    public Stage mapped(UnaryOperator<Quantity> change) {
        return new DeclaredPenalty(new Stage.Penalty(penalty.norm(), change.apply(penalty.coefficient())), where);
    }
}
