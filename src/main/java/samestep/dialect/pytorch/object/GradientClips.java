package samestep.dialect.pytorch.object;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Clip.Kind;
import samestep.text.Spelling;

/**
 * What is called between {@code backward()} and {@code step()}. Source: torch/nn/utils/clip_grad.py. The optimizer's own
 * weight decay comes after it and is not clipped.
 */
public final class GradientClips {
    private static final String MAX_NORM = "max_norm";
    private static final String NORM_TYPE = "norm_type";
    private static final String CLIP_VALUE = "clip_value";
    private static final String UTILS = "torch.nn.utils.";
    /** In a Python text of Samestep: without the 0.000001 that PyTorch adds to the norm. */
    static final String GLOBAL_NORM = "clip_global_norm";
    /** In a Python text of Samestep: the norm of each gradient by itself. */
    static final String EACH_NORM = "clip_each_norm";
    /** PyTorch's function, called for each parameter by itself, as detectron2 does. */
    static final String EACH_GUARDED_NORM = "clip_grad_norm_of_each_";

    private GradientClips() {}

    /** The stage that a call is; empty, with a finding, where it is not known. */
    public static Optional<Stage> read(PytorchObject call, List<Finding> findings) {
        unknownArguments(call, findings);
        return switch (call.className()) {
            case "clip_grad_norm_" ->
                isEuclidean(call, findings)
                        ? clip(call, MAX_NORM, Kind.GUARDED_GLOBAL_NORM, findings)
                        : Optional.empty();
            case "clip_grad_value_" -> clip(call, CLIP_VALUE, Kind.VALUE, findings);
            case GLOBAL_NORM -> clip(call, MAX_NORM, Kind.GLOBAL_NORM, findings);
            case EACH_GUARDED_NORM -> clip(call, MAX_NORM, Kind.GUARDED_TENSOR_NORM, findings);
            case EACH_NORM -> clip(call, MAX_NORM, Kind.TENSOR_NORM, findings);
            default -> {
                findings.add(Finding.of(Code.SS010, "clipping by " + call.classPath() + " cannot be read yet")
                        .at(call.place()));
                yield Optional.empty();
            }
        };
    }

    /** PyTorch's functions have no others, and another function of the name may. Source: torch/nn/utils/clip_grad.py. */
    private static void unknownArguments(PytorchObject call, List<Finding> findings) {
        List<String> known = switch (call.className()) {
            case "clip_grad_norm_" -> List.of(MAX_NORM, NORM_TYPE, "error_if_nonfinite", "foreach");
            case "clip_grad_value_" -> List.of(CLIP_VALUE, "foreach");
            default -> List.of(MAX_NORM);
        };
        call.arguments().forEach((name, value) -> {
            if (isRead(call.className()) && !known.contains(name)) {
                String near = Spelling.nearest(name, known);
                findings.add(Finding.of(
                                Code.SS010,
                                "the argument " + name + " of " + call.className() + " is not known here"
                                        + (near.isEmpty() ? "" : "; did you mean " + near + "?"))
                        .at(value.place().or(call::place)));
            }
        });
    }

    private static boolean isRead(String function) {
        return Arrays.stream(Kind.values()).anyMatch(kind -> function(kind).equals(function));
    }

    private static Optional<Stage> clip(PytorchObject call, String argument, Kind kind, List<Finding> findings) {
        Optional<Quantity> threshold = call.number(argument);
        if (threshold.isEmpty()) {
            findings.add(Finding.of(Code.SS010, call.className() + ": expected " + argument + ", a number")
                    .at(call.place()));
        }
        return threshold.map(t -> new Stage.Clip(kind, t));
    }

    private static boolean isEuclidean(PytorchObject call, List<Finding> findings) {
        Optional<Quantity> type = call.number(NORM_TYPE);
        boolean euclidean = call.text(NORM_TYPE).isEmpty()
                && type.map(t -> t.doubleValue() == 2).orElse(true);
        if (!euclidean) {
            findings.add(Finding.of(Code.SS010, "clipping by another norm than the Euclidean cannot be read yet")
                    .at(call.place()));
        }
        return euclidean;
    }

    /** PyTorch's clipping by the norm of all gradients. */
    public static Stage norm(Quantity threshold) {
        return new Stage.Clip(Kind.GUARDED_GLOBAL_NORM, threshold);
    }

    /** The clips among stages, in order. */
    public static List<Stage.Clip> in(List<PytorchConfiguration.BeforeStep> before) {
        return before.stream()
                .map(PytorchConfiguration.BeforeStep::stage)
                .filter(Stage.Clip.class::isInstance)
                .map(Stage.Clip.class::cast)
                .toList();
    }

    /** The function that clips so. */
    public static String function(Kind kind) {
        return switch (kind) {
            case VALUE -> "clip_grad_value_";
            case GUARDED_GLOBAL_NORM -> "clip_grad_norm_";
            case GLOBAL_NORM -> GLOBAL_NORM;
            case GUARDED_TENSOR_NORM -> EACH_GUARDED_NORM;
            case TENSOR_NORM -> EACH_NORM;
        };
    }

    /** Whether a function of this name clips, and is not PyTorch's. */
    public static boolean isOurs(String function) {
        return function.equals(GLOBAL_NORM) || function.equals(EACH_NORM) || function.equals(EACH_GUARDED_NORM);
    }

    /** The call that a stage is. */
    public static PytorchObject call(Stage.Clip clip) {
        boolean isTorch = !isOurs(function(clip.kind()));
        return PytorchObject.of((isTorch ? UTILS : "") + function(clip.kind()))
                .with(clip.kind() == Kind.VALUE ? CLIP_VALUE : MAX_NORM, new Num(clip.threshold()));
    }
}
