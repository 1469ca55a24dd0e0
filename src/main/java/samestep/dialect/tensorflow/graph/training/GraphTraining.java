package samestep.dialect.tensorflow.graph.training;

import java.util.List;
import java.util.Optional;
import samestep.recipe.Stage.LossScale;
import samestep.recipe.setting.Settings;

/**
 * The training that a graph does.
 *
 * @param variables the model's variables, in the order in which they were made
 * @param rate the learning rate of the first of them
 * @param loss what the data's loss is multiplied by; empty where that is not known
 * @param settings what is trained beside the update
 * @param unknown operations that TensorFlow does not have, and that lie before an update
 */
public record GraphTraining(
        List<TrainedVariable> variables,
        GraphRate rate,
        Optional<LossScale> loss,
        Settings settings,
        List<String> unknown) {
    /** Copies the lists. */
    public GraphTraining {
        variables = List.copyOf(variables);
        unknown = List.copyOf(unknown);
    }
}
