package samestep.syntax;

import java.math.BigDecimal;
import java.util.Optional;

/** Exact decimals from text, guarded: a number in a hostile file must not cost memory or time. */
public final class Decimals {
    /** Longest number read, in characters; the exact value of the smallest double has about 1080. */
    public static final int MAX_LENGTH = 2_000;

    /**
     * Largest power of ten held exactly. Beyond it every framework sees infinity or zero, while exact arithmetic on
     * such a number would fill the memory.
     */
    public static final int MAX_EXPONENT = 9_999;

    private Decimals() {}

    /**
     * The exact value of a decimal number such as {@code -1.5e-4}, {@code 5.} or {@code .5}.
     *
     * @return empty when it is not a decimal number, is longer than {@link #MAX_LENGTH}, or its first digit is beyond
     *     ten to the power {@link #MAX_EXPONENT} or below its inverse
     */
    public static Optional<BigDecimal> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text);
            long exponent = (long) number.precision() - number.scale();
            return Math.abs(exponent) > MAX_EXPONENT ? Optional.empty() : Optional.of(number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
