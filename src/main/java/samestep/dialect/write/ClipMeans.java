package samestep.dialect.write;

import java.util.List;
import java.util.Optional;
import samestep.recipe.Stage.Clip.Kind;

/**
 * What a target can say of clipping. Each target decides it once, with a switch over all kinds; {@link ClipPlan} does the
 * rest for all of them.
 */
public interface ClipMeans {
    /** What messages call the target. */
    String target();

    /** The kind that is written for a kind: itself, or the same with or without the guard; empty where there is none. */
    Optional<Kind> written(Kind kind);

    /**
     * Whether the target takes one more clip, done after those that are written already.
     *
     * @param before the kinds that are written, in order
     */
    boolean takes(List<Kind> before, Kind next);

    /** What a threshold of 0 does there. */
    enum Zero {
        /** Every gradient is 0. */
        ZEROES,
        /** Nothing is clipped. */
        IGNORED,
        /** Every gradient is 0, and not a number where it was 0. */
        NOT_A_NUMBER
    }

    /**
     * What a threshold of 0 does there.
     *
     * @param kind one that is written
     */
    Zero zero(Kind kind);

    /** A sentence on where more can be said; empty where there is no such place. */
    default Optional<String> remedy() {
        return Optional.empty();
    }
}
