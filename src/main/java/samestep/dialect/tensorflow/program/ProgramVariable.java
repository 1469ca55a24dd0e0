package samestep.dialect.tensorflow.program;

import java.util.List;
import samestep.dialect.tensorflow.program.loss.Added;
import samestep.finding.Place;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * A variable as a program trains it.
 *
 * @param path its name; a star stands for a part that is not known
 * @param place where it is made
 * @param isTrained whether gradients change it
 * @param rate what the learning rate is multiplied by for it
 * @param penalties those in the loss
 * @param declared those that are collected and in no loss
 * @param unread what is not known of the penalties in the loss
 * @param after what happens to its gradient afterwards, in order
 * @param decays what shrinks it beside the gradient, before the optimizer's step
 */
public record ProgramVariable(
        String path,
        Place place,
        boolean isTrained,
        Quantity rate,
        List<Added> penalties,
        List<Added> declared,
        List<String> unread,
        List<Stage> after,
        List<Stage> decays) {
    /** Copies the lists. */
    public ProgramVariable {
        penalties = List.copyOf(penalties);
        declared = List.copyOf(declared);
        unread = List.copyOf(unread);
        after = List.copyOf(after);
        decays = List.copyOf(decays);
    }
}
