package samestep.equation;

import java.util.Locale;
import java.util.Optional;

/** What a reduction runs over, or how far a state reaches. */
public enum Extent {
    /** Each entry by itself. */
    ELEMENT,
    /** Each row (one input) of a tensor. */
    ROWS,
    /** Each column (one output) of a tensor. */
    COLUMNS,
    /** One tensor. */
    TENSOR,
    /** All tensors of a layer. */
    LAYER,
    /** All tensors of a parameter group. */
    GROUP,
    /** All tensors; as a state: one value for the whole run. */
    ALL;

    /** As it is written in a reduction. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a reduction over it needs more than one tensor at hand. */
    public boolean reachesBeyondTensor() {
        return this == LAYER || this == GROUP || this == ALL;
    }

    public static Optional<Extent> named(String word) {
        for (Extent extent : values()) {
            if (extent.word().equals(word)) {
                return Optional.of(extent);
            }
        }
        return Optional.empty();
    }
}
