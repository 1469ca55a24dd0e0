package samestep.dialect.tensorflow.graph.training;

import java.util.List;
import java.util.Optional;
import samestep.recipe.Stage.LossScale;

/**
 * The training that a graph does.
 *
 * @param variables the model's variables, in the order in which they were made
 * @param rate the learning rate of the first of them
 * @param loss what the data's loss is multiplied by; empty where that is not known
 */
public record GraphTraining(List<TrainedVariable> variables, GraphRate rate, Optional<LossScale> loss) {
    /** Copies the variables. */
    public GraphTraining {
        variables = List.copyOf(variables);
    }
}
