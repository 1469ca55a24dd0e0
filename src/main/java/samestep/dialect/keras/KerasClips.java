package samestep.dialect.keras;

import java.util.List;
import java.util.Optional;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.dialect.write.ClipMeans;
import samestep.recipe.Stage.Clip.Kind;

/**
 * What a generation of Keras clips, and in which order. Up to 2.3 {@code clipnorm} is the norm of all gradients together, and
 * {@code clipvalue} comes after it. The legacy optimizers of tf.keras clip by value, then by one of the norms. Later ones take one.
 */
public record KerasClips(KerasGeneration generation) implements ClipMeans {
    @Override
    public String target() {
        return "Keras";
    }

    @Override
    public Optional<Kind> written(Kind kind) {
        return switch (kind) {
            case VALUE -> Optional.of(Kind.VALUE);
            case GLOBAL_NORM, GUARDED_GLOBAL_NORM -> Optional.of(Kind.GLOBAL_NORM);
            case TENSOR_NORM, GUARDED_TENSOR_NORM ->
                generation.clipsTogether() ? Optional.empty() : Optional.of(Kind.TENSOR_NORM);
        };
    }

    @Override
    public boolean takes(List<Kind> before, Kind next) {
        return before.isEmpty() || before.size() == 1 && second(before.get(0), next);
    }

    private boolean second(Kind first, Kind next) {
        return switch (generation) {
            case KERAS_1, KERAS_2 -> first != Kind.VALUE && next == Kind.VALUE;
            case LEGACY, ADDONS -> first == Kind.VALUE && next != Kind.VALUE;
            case KERAS_2_15, KERAS_3 -> false;
        };
    }

    @Override
    public Zero zero(Kind kind) {
        return Zero.IGNORED;
    }

    /** The argument of a kind that is written. */
    public String argument(Kind kind) {
        return switch (kind) {
            case GLOBAL_NORM, GUARDED_GLOBAL_NORM -> generation.clipsTogether() ? "clipnorm" : "global_clipnorm";
            case TENSOR_NORM, GUARDED_TENSOR_NORM -> "clipnorm";
            case VALUE -> "clipvalue";
        };
    }
}
