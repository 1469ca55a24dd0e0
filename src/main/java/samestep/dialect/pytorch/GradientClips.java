package samestep.dialect.pytorch;

import java.util.List;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * What is called between {@code backward()} and {@code step()}. Source: torch/nn/utils/clip_grad.py. The optimizer's own
 * weight decay comes after it and is not clipped.
 */
final class GradientClips {
    /** PyTorch's function for norms. */
    static final String NORM = "torch.nn.utils.clip_grad_norm_";
    /** PyTorch's function for values. */
    static final String VALUE = "torch.nn.utils.clip_grad_value_";
    /** What a Python text of ours defines: without the 0.000001 that PyTorch adds to the norm. */
    static final String EXACT_NORM = "samestep.clip_global_norm";

    private GradientClips() {}

    /** The stage that a call is; empty, with a finding, where it is not known. */
    static Optional<Stage> read(PytorchObject call, List<Finding> findings) {
        return switch (call.className()) {
            case "clip_grad_norm_" -> norm(call, findings);
            case "clip_grad_value_" -> call.number("clip_value").map(c -> new Stage.Clip(Stage.Clip.Kind.VALUE, c));
            case "clip_global_norm" -> call.number("max_norm").map(c -> new Stage.Clip(Stage.Clip.Kind.GLOBAL_NORM, c));
            default -> {
                findings.add(Finding.of(Code.SS010, "clipping by " + call.classPath() + " cannot be read yet")
                        .at(call.place()));
                yield Optional.empty();
            }
        };
    }

    private static Optional<Stage> norm(PytorchObject call, List<Finding> findings) {
        Optional<Quantity> type = call.number("norm_type");
        boolean euclidean = call.text("norm_type").isEmpty()
                && type.map(t -> t.doubleValue() == 2).orElse(true);
        if (!euclidean) {
            findings.add(Finding.of(Code.SS010, "clipping by another norm than the Euclidean cannot be read yet")
                    .at(call.place()));
            return Optional.empty();
        }
        return call.number("max_norm").map(GradientClips::norm);
    }

    /** PyTorch's clipping by the norm of all gradients. */
    static Stage norm(Quantity threshold) {
        return new Stage.Clip(Stage.Clip.Kind.GUARDED_GLOBAL_NORM, threshold);
    }
}
