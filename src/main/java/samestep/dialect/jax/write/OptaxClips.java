package samestep.dialect.jax.write;

import java.util.List;
import java.util.Optional;
import samestep.dialect.write.ClipMeans;
import samestep.recipe.Stage.Clip.Kind;

/** What Optax clips: entries and the norm of all gradients by itself, the rest by transformations that are written with it. */
record OptaxClips() implements ClipMeans {
    @Override
    public String target() {
        return "Optax";
    }

    @Override
    public Optional<Kind> written(Kind kind) {
        return Optional.of(kind);
    }

    @Override
    public boolean takes(List<Kind> before, Kind next) {
        return true;
    }

    @Override
    public Zero zero(Kind kind) {
        return switch (kind) {
            case GLOBAL_NORM -> Zero.NOT_A_NUMBER;
            case VALUE, TENSOR_NORM, GUARDED_TENSOR_NORM, GUARDED_GLOBAL_NORM -> Zero.ZEROES;
        };
    }
}
