package samestep.dialect.tensorflow.program;

import java.util.List;
import java.util.Optional;
import samestep.dialect.tensorflow.program.call.GivenCall;
import samestep.dialect.tensorflow.program.call.Noticed;

/**
 * What a program trains, and how.
 *
 * @param optimizer the call that makes the optimizer; empty of a program that makes a model only
 * @param isRateKnown whether the learning rate of every update is known; else it is the one that is named
 * @param isRateInGradients whether gradients are multiplied by the rate, and the optimizer's own is 1
 * @param variables in the order in which they are made
 * @param isLossMean whether the data's loss is known to be a mean over the batch
 * @param noticed what is to be said; more of it comes while the optimizer's arguments are read
 */
public record ProgramTraining(
        Optional<GivenCall> optimizer,
        boolean isRateKnown,
        boolean isRateInGradients,
        List<ProgramVariable> variables,
        boolean isLossMean,
        Noticed noticed) {
    /** Copies the list. */
    public ProgramTraining {
        variables = List.copyOf(variables);
    }
}
