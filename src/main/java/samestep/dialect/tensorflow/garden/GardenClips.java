package samestep.dialect.tensorflow.garden;

import java.util.List;
import java.util.Optional;
import samestep.dialect.write.ClipMeans;
import samestep.recipe.Stage.Clip.Kind;

/**
 * What an optimizer of the Model Garden clips: tf.keras' by value, then by one of the norms; AdamW by all gradients before
 * that, by default.
 *
 * @param clipsByItself whether it is AdamW
 */
record GardenClips(boolean clipsByItself) implements ClipMeans {
    /** AdamW's own field. */
    static final String OWN = "gradient_clip_norm";

    @Override
    public String target() {
        return "the Model Garden";
    }

    @Override
    public Optional<Kind> written(Kind kind) {
        return switch (kind) {
            case VALUE -> Optional.of(Kind.VALUE);
            case TENSOR_NORM, GUARDED_TENSOR_NORM -> Optional.of(Kind.TENSOR_NORM);
            case GLOBAL_NORM, GUARDED_GLOBAL_NORM -> Optional.of(Kind.GLOBAL_NORM);
        };
    }

    @Override
    public boolean takes(List<Kind> before, Kind next) {
        List<Kind> own = usesOwn(before) ? before.subList(1, before.size()) : before;
        return own.isEmpty() || own.equals(List.of(Kind.VALUE)) && next != Kind.VALUE;
    }

    @Override
    public Zero zero(Kind kind) {
        return Zero.IGNORED;
    }

    /** Whether the clips begin with AdamW's own. */
    boolean usesOwn(List<Kind> clips) {
        return clipsByItself && !clips.isEmpty() && clips.get(0) == Kind.GLOBAL_NORM;
    }

    /** The field of a kind after others. */
    String field(List<Kind> before, Kind kind) {
        return switch (kind) {
            case VALUE -> "clipvalue";
            case TENSOR_NORM, GUARDED_TENSOR_NORM -> "clipnorm";
            case GLOBAL_NORM, GUARDED_GLOBAL_NORM -> clipsByItself && before.isEmpty() ? OWN : "global_clipnorm";
        };
    }
}
