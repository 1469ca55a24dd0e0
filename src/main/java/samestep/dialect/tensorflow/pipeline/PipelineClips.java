package samestep.dialect.tensorflow.pipeline;

import java.util.List;
import java.util.Optional;
import samestep.dialect.write.ClipMeans;
import samestep.recipe.Stage.Clip.Kind;

/** {@code gradient_clipping_by_norm}: of all gradients, in the oldest program of each by itself; 0 switches it off. */
record PipelineClips(PipelineTrainer trainer) implements ClipMeans {
    @Override
    public String target() {
        return trainer.title();
    }

    @Override
    public Optional<Kind> written(Kind kind) {
        boolean each = trainer == PipelineTrainer.LEGACY;
        return switch (kind) {
            case VALUE -> Optional.empty();
            case TENSOR_NORM, GUARDED_TENSOR_NORM -> each ? Optional.of(Kind.TENSOR_NORM) : Optional.empty();
            case GLOBAL_NORM, GUARDED_GLOBAL_NORM -> each ? Optional.empty() : Optional.of(Kind.GLOBAL_NORM);
        };
    }

    @Override
    public boolean takes(List<Kind> before, Kind next) {
        return before.isEmpty();
    }

    @Override
    public Zero zero(Kind kind) {
        return Zero.IGNORED;
    }
}
