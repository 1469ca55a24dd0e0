package samestep.recipe;

import java.util.function.UnaryOperator;

/**
 * A penalty on what a layer puts out, over the batch's size: its gradient reaches every parameter before that output.
 *
 * @param layer whose output
 * @param norm which norm of it
 * @param coefficient what multiplies the output, or its sign, in the gradient with respect to it
 */
public record ActivityPenalty(String layer, Stage.Penalty.Norm norm, Quantity coefficient) {
    /** The same with another coefficient. */
    ActivityPenalty mapped(UnaryOperator<Quantity> change) {
        return new ActivityPenalty(layer, norm, change.apply(coefficient));
    }
}
