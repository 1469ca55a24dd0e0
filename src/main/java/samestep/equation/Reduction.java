package samestep.equation;

import java.util.Locale;
import java.util.Optional;

/** One number out of many. */
public enum Reduction {
    /** Euclidean norm. */
    NORM,
    /** Sum. */
    SUM,
    /** Arithmetic mean. */
    MEAN,
    /** Largest; written {@code max} with an extent as second argument. */
    MAX,
    /**
     * Of each row, or column, the sum of all others, each with the sign of its inner product with this one: the
     * gradient of half the sum of those products' absolute values. It has an entry for each of the tensor.
     */
    SIGNED_OTHERS;

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Reduction> named(String word) {
        for (Reduction reduction : values()) {
            if (reduction.word().equals(word)) {
                return Optional.of(reduction);
            }
        }
        return Optional.empty();
    }
}
