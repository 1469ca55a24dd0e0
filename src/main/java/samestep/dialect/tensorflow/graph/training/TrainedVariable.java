package samestep.dialect.tensorflow.graph.training;

import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * A variable of the model, and what training does to it.
 *
 * @param variable its name in the graph
 * @param name its layer and role
 * @param place where it is
 * @param penalties what its gradient has besides that of the data
 * @param declared penalties that are collected and that its gradient does not have
 * @param after what is done to the gradient before the optimizer gets it, in order
 * @param decays how the variable is made smaller beside the optimizer, before it
 * @param decaysBehind the same, after it
 * @param update how the optimizer changes it; empty where none does
 * @param rate what the learning rate is multiplied by for it
 */
public record TrainedVariable(
        String variable,
        ParameterName name,
        Place place,
        List<Stage.Penalty> penalties,
        List<Stage.Penalty> declared,
        List<Stage> after,
        List<Stage> decays,
        List<Stage> decaysBehind,
        Optional<Update> update,
        Quantity rate) {
    /** Copies the lists. */
    public TrainedVariable {
        penalties = List.copyOf(penalties);
        declared = List.copyOf(declared);
        after = List.copyOf(after);
        decays = List.copyOf(decays);
        decaysBehind = List.copyOf(decaysBehind);
    }
}
