package samestep.syntax.json;

import java.math.BigDecimal;
import java.util.Optional;
import samestep.syntax.Decimals;
import samestep.text.Span;

/**
 * A number.
 *
 * @param text exactly as written; {@code NaN}, {@code Infinity} and {@code -Infinity} too
 * @param span where it is
 */
public record JsonNumber(String text, Span span) implements JsonValue {

    /** The exact value; empty for NaN and the infinities, and beyond the limits of {@link Decimals}. */
    public Optional<BigDecimal> decimal() {
        return Decimals.parse(text);
    }

    /** The value as Python's {@code float} has it: infinity or zero when the exponent is too large for a double. */
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    /** Whether Python reads it as an {@code int}: no point, no exponent. */
    public boolean isInteger() {
        char last = text.charAt(text.length() - 1);
        return last >= '0' && last <= '9' && text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
    }
}
