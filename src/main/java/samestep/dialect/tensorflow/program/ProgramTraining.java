package samestep.dialect.tensorflow.program;

import java.util.List;
import java.util.Optional;
import samestep.finding.Finding;

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

    /** What was noticed until now. */
    public interface Noticed {
        /** What is to be said. */
        List<Finding> findings();

        /** What stays open. */
        List<String> open();

        /** Nothing more than this. */
        static Noticed of(List<Finding> findings, List<String> open) {
            return new Fixed(List.copyOf(findings), List.copyOf(open));
        }
    }

    private record Fixed(List<Finding> findings, List<String> open) implements Noticed {}
}
