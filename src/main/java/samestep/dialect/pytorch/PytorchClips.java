package samestep.dialect.pytorch;

import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.json.JsonForm;
import samestep.dialect.write.ClipMeans;
import samestep.recipe.Stage.Clip.Kind;

/**
 * What each style of PyTorch clips. Its functions add 0.000001 to a norm; a Python text of Samestep can define others.
 *
 * @param style the style that is written
 * @param ownFunctions whether the text may define what PyTorch does not have
 */
record PytorchClips(Style style, boolean ownFunctions) implements ClipMeans {
    /** The styles that differ in it. */
    enum Style {
        /** Calls in a text, any number of them. */
        CALLS("PyTorch", Zero.ZEROES),
        /** {@code gradient_clip_val} and {@code gradient_clip_algorithm} of a Lightning trainer. */
        TRAINER("the Lightning trainer", Zero.IGNORED),
        /** {@code max_grad_norm}. */
        HUGGING_FACE("the Trainer", Zero.IGNORED),
        /** {@code clip_grad} and {@code clip_mode}. */
        TIMM("timm", Zero.ZEROES),
        /** {@code CLIP_GRADIENTS}, of each parameter by itself. */
        DETECTRON("detectron2", Zero.ZEROES);

        private final String title;
        private final Zero zero;

        Style(String title, Zero zero) {
            this.title = title;
            this.zero = zero;
        }

        private static Style of(String style) {
            return switch (style) {
                case JsonForm.STYLE, PytorchDialect.PYTHON -> CALLS;
                case "lightning", "hydra" -> TRAINER;
                case "hf", "llama-factory", "axolotl" -> HUGGING_FACE;
                case "timm" -> TIMM;
                case "detectron2" -> DETECTRON;
                default -> throw new IllegalStateException("no style " + style);
            };
        }
    }

    PytorchClips(String style, boolean ownFunctions) {
        this(Style.of(style), ownFunctions);
    }

    @Override
    public String target() {
        return style.title;
    }

    @Override
    public Optional<Kind> written(Kind kind) {
        return switch (kind) {
            case VALUE -> style == Style.HUGGING_FACE ? Optional.empty() : Optional.of(Kind.VALUE);
            case GLOBAL_NORM -> ownFunctions ? Optional.of(Kind.GLOBAL_NORM) : written(Kind.GUARDED_GLOBAL_NORM);
            case GUARDED_GLOBAL_NORM -> style == Style.DETECTRON ? Optional.empty() : Optional.of(kind);
            case TENSOR_NORM -> ownFunctions ? Optional.of(Kind.TENSOR_NORM) : written(Kind.GUARDED_TENSOR_NORM);
            case GUARDED_TENSOR_NORM -> ownFunctions || style == Style.DETECTRON ? Optional.of(kind) : Optional.empty();
        };
    }

    @Override
    public boolean takes(List<Kind> before, Kind next) {
        return switch (style) {
            case CALLS -> true;
            case TRAINER, HUGGING_FACE, TIMM, DETECTRON -> before.isEmpty();
        };
    }

    @Override
    public Zero zero(Kind kind) {
        return style.zero;
    }

    @Override
    public Optional<String> remedy() {
        return ownFunctions ? Optional.empty() : Optional.of("Exact form: --as python.");
    }
}
