package samestep.dialect;

import java.util.List;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;

/** The threshold of a clip for a target that clips the mean over micro-steps. */
public final class MeanThreshold {
    private MeanThreshold() {}

    /**
     * Where the source clips the sum over micro-steps, the mean has a smaller norm by their number, and a finding says so.
     *
     * @param target what the message calls the side that clips the mean
     * @param findings where the finding goes
     */
    public static Quantity of(
            Recipe recipe, Parameter parameter, Stage.Clip clip, String target, List<Finding> findings) {
        if (parameter.stages(Stage.Accumulation.class).stream().allMatch(Stage.Accumulation::mean)) {
            return clip.threshold();
        }
        Quantity share = clip.threshold()
                .derived(
                        clip.threshold().value().over(Expression.literal(recipe.microSteps())),
                        "threshold / micro-steps");
        findings.add(Finding.of(
                        Code.SS503,
                        "clip threshold " + clip.threshold().written() + " -> " + share.written() + ": "
                                + recipe.framework() + " clips the sum of " + recipe.microSteps() + " gradients, "
                                + target + " their mean")
                .at(clip.threshold().place()));
        return share;
    }
}
