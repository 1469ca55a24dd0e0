package samestep.compare.induction;

import java.util.List;
import samestep.recipe.Parameter;

/**
 * What is to be proven: that these parameters take the same steps.
 *
 * @param source the parameters of one side
 * @param target their partners, in the same order
 * @param microSteps gradients that are accumulated for an update, on both sides
 * @param rate what is assumed of the learning rate
 * @param batch samples in a micro-step
 * @param outputs outputs of the model for a sample
 */
public record Question(
        List<Parameter> source, List<Parameter> target, int microSteps, RateKind rate, int batch, int outputs) {
    /** Copies the parameters. */
    public Question {
        source = List.copyOf(source);
        target = List.copyOf(target);
    }
}
