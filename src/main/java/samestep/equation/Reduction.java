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
    MAX;

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Reduction> named(String word) {
        for (Reduction reduction : values()) {
            if (reduction.word().equals(word)) {
                return Optional.of(reduction);
            }
        }
        return Optional.empty();
    }
}
