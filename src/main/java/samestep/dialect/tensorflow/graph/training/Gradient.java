package samestep.dialect.tensorflow.graph.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.equation.Expression;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty.Norm;

/**
 * A gradient as an optimizer gets it.
 *
 * @param penalties what is added to the data's gradient, as coefficients of the weight or its sign
 * @param after what is done to the sum, in order
 */
record Gradient(Map<Norm, Expression> penalties, List<Stage> after) {
    /** That of the data alone. */
    static final Gradient OF_DATA = new Gradient(Map.of(), List.of());

    Gradient {
        penalties = new LinkedHashMap<>(penalties);
        after = List.copyOf(after);
    }

    /** Whether only the data is known of it. */
    boolean isOfData() {
        return penalties.isEmpty() && after.isEmpty();
    }

    /** The same, with one more thing done to it. */
    Gradient then(Stage stage) {
        return new Gradient(
                penalties,
                java.util.stream.Stream.concat(after.stream(), java.util.stream.Stream.of(stage))
                        .toList());
    }
}
