package samestep.dialect.tensorflow.program;

import java.util.List;
import java.util.Optional;
import samestep.finding.Finding;

/**
 * What a program trains, and how.
 *
 * @param optimizer the call that makes the optimizer; empty of a program that makes a model only
 * @param isRateKnown whether the learning rate of every update is known; else it is the one that is named
 * @param variables in the order in which they are made
 * @param isLossMean whether the data's loss is known to be a mean over the batch
 * @param findings what is to be said
 * @param unknown what stays open
 */
public record ProgramTraining(
        Optional<GivenCall> optimizer,
        boolean isRateKnown,
        List<ProgramVariable> variables,
        boolean isLossMean,
        List<Finding> findings,
        List<String> unknown) {
    /** Copies the lists. */
    public ProgramTraining {
        variables = List.copyOf(variables);
        findings = List.copyOf(findings);
        unknown = List.copyOf(unknown);
    }
}
