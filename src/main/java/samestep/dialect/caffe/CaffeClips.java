package samestep.dialect.caffe;

import java.util.List;
import java.util.Optional;
import samestep.dialect.write.ClipMeans;
import samestep.recipe.Stage.Clip.Kind;

/** {@code clip_gradients}: one norm of all gradients; 0 makes every gradient 0. */
record CaffeClips() implements ClipMeans {
    @Override
    public String target() {
        return "Caffe";
    }

    @Override
    public Optional<Kind> written(Kind kind) {
        return switch (kind) {
            case GLOBAL_NORM, GUARDED_GLOBAL_NORM -> Optional.of(Kind.GLOBAL_NORM);
            case VALUE, TENSOR_NORM, GUARDED_TENSOR_NORM -> Optional.empty();
        };
    }

    @Override
    public boolean takes(List<Kind> before, Kind next) {
        return before.isEmpty();
    }

    @Override
    public Zero zero(Kind kind) {
        return Zero.ZEROES;
    }
}
