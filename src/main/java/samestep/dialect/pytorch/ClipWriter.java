package samestep.dialect.pytorch;

import java.util.List;
import samestep.dialect.LeftOver;
import samestep.dialect.MeanThreshold;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Clip.Kind;

/** Writes clipping: of the mean over micro-steps, before the optimizer adds its decay. */
final class ClipWriter {
    private final Recipe recipe;
    private final boolean ownFunctions;
    private final boolean verbatim;
    private final PytorchNumbers numbers;
    private final List<Finding> findings;

    /**
     * @param ownFunctions whether the text may define a function of its own, without PyTorch's guard
     */
    ClipWriter(Recipe recipe, boolean ownFunctions, boolean verbatim, PytorchNumbers numbers, List<Finding> findings) {
        this.recipe = recipe;
        this.ownFunctions = ownFunctions;
        this.verbatim = verbatim;
        this.numbers = numbers;
        this.findings = findings;
    }

    /** The stage that is written for a clip. */
    Stage write(Parameter parameter, Stage.Clip clip) {
        Quantity threshold = threshold(parameter, clip);
        return new Stage.Clip(kind(clip), numbers.number(threshold).quantity());
    }

    private Kind kind(Stage.Clip clip) {
        boolean each = clip.kind() == Kind.TENSOR_NORM || clip.kind() == Kind.GUARDED_TENSOR_NORM;
        if (each && !ownFunctions) {
            findings.add(Finding.of(
                            Code.SS502,
                            "PyTorch clips the norm of all gradients together; that of each parameter is clipped by the"
                                    + " Python text: --as python")
                    .at(clip.threshold().place()));
            return Kind.GUARDED_GLOBAL_NORM;
        }
        if (clip.kind() != Kind.GLOBAL_NORM || ownFunctions) {
            return clip.kind();
        }
        // A threshold of 0 makes every gradient 0, whatever it is divided by.
        if (!verbatim && !clip.threshold().isZero()) {
            findings.add(LeftOver.guard("PyTorch", recipe.framework(), clip)
                    .detail("Exact form: --as python, with a function of three lines."));
        }
        return Kind.GUARDED_GLOBAL_NORM;
    }

    private Quantity threshold(Parameter parameter, Stage.Clip clip) {
        return verbatim ? clip.threshold() : MeanThreshold.of(recipe, parameter, clip, "what is written", findings);
    }
}
