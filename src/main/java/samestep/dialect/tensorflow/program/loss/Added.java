package samestep.dialect.tensorflow.program.loss;

import java.util.Optional;
import samestep.dialect.tensorflow.program.call.GivenCall;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * A penalty of a variable: what a regularizer makes, or one that is written out.
 *
 * @param regularizer the call that made the regularizer
 * @param plain the penalty that is written out
 * @param factor what it is multiplied by; empty for 1
 */
public record Added(Optional<GivenCall> regularizer, Optional<Stage.Penalty> plain, Optional<Quantity> factor) {
    public static Added of(GivenCall regularizer, Optional<Quantity> factor) {
        return new Added(Optional.of(regularizer), Optional.empty(), factor);
    }

    public static Added of(Stage.Penalty plain) {
        return new Added(Optional.empty(), Optional.of(plain), Optional.empty());
    }
}
