package samestep.dialect.darknet;

import java.util.List;
import java.util.Optional;
import samestep.dialect.write.ClipMeans;
import samestep.recipe.Stage.Clip.Kind;

/** Darknet does not clip gradients: its {@code clip} holds weights. */
record DarknetClips() implements ClipMeans {
    @Override
    public String target() {
        return "Darknet";
    }

    @Override
    public Optional<Kind> written(Kind kind) {
        return Optional.empty();
    }

    @Override
    public boolean takes(List<Kind> before, Kind next) {
        return false;
    }

    @Override
    public Zero zero(Kind kind) {
        return Zero.IGNORED;
    }
}
