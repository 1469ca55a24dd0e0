package samestep.equation;

import java.util.Locale;
import java.util.Optional;

/** The elementwise functions. */
public enum Function {
    /** Square root. */
    SQRT(1),
    /** First argument to the power of the second; zero to the power of zero is one. */
    POW(2),
    /** Exponential. */
    EXP(1),
    /** Natural logarithm. */
    LOG(1),
    /** Cosine. */
    COS(1),
    /** Absolute value. */
    ABS(1),
    /** -1, 0 or 1. */
    SIGN(1),
    /** Largest whole number not above. */
    FLOOR(1),
    /** The smaller. */
    MIN(2),
    /** The larger. */
    MAX(2),
    /** The first argument, held between the second and the third. */
    CLIP(3),
    /** The second argument where the first is not zero, else the third. */
    WHERE(3),
    /** Rounded to single precision, as the framework does at this place; the value itself in ideal arithmetic. */
    F32(1);

    private final int arity;

    Function(int arity) {
        this.arity = arity;
    }

    /** How many arguments it takes. */
    public int arity() {
        return arity;
    }

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The function written so, if there is one. */
    public static Optional<Function> named(String word) {
        for (Function function : values()) {
            if (function.word().equals(word)) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }
}
