package samestep.syntax.yaml;

import java.math.BigDecimal;
import java.util.Optional;
import samestep.syntax.Decimals;
import samestep.text.Span;

/**
 * A scalar.
 *
 * @param text unquoted, escapes decoded; of a number exactly as written
 * @param kind what PyYAML makes of it
 * @param style how it is written
 * @param tag as written, or empty
 * @param span with the quotes; empty when nothing is written
 */
public record YamlScalar(String text, Kind kind, Style style, String tag, Span span) implements YamlValue {

    /** What a scalar is, in YAML 1.1. */
    public enum Kind {
        /** A text. */
        STRING,
        /** A number without a point. */
        INTEGER,
        /** A number with a point, an infinity, or not a number. */
        FLOAT,
        /** True or false, yes or no, on or off. */
        BOOLEAN,
        /** Null, a tilde, or nothing. */
        NULL,
        /** A day or a time. */
        TIMESTAMP,
        /** The merge key. */
        MERGE
    }

    /** How a scalar is written. */
    public enum Style {
        /** Without quotes. */
        PLAIN,
        /** In single or double quotes. */
        QUOTED,
        /** After a bar or an angle. */
        BLOCK
    }

    static YamlScalar nothing() {
        return new YamlScalar("", Kind.NULL, Style.PLAIN, "", new Span(0, 0));
    }

    /** Whether PyYAML makes a number of it. */
    public boolean isNumber() {
        return kind == Kind.INTEGER || kind == Kind.FLOAT;
    }

    /**
     * The exact value, if PyYAML makes a finite number of it; empty beyond the limits of {@link Decimals}, which count
     * the digits.
     */
    public Optional<BigDecimal> decimal() {
        return isNumber() ? YamlNumbers.decimal(text, kind) : Optional.empty();
    }

    /** The value as Python's {@code float} has it; NaN for what PyYAML makes no number of. */
    public double doubleValue() {
        return isNumber() ? YamlNumbers.doubleValue(text, kind) : Double.NaN;
    }

    /**
     * The number that a reader gets who takes Python's {@code float} of the text, as OmegaConf, yacs and readers with
     * typed fields do: {@code 1e-4} is one here.
     */
    public Optional<BigDecimal> castDecimal() {
        return kind == Kind.STRING ? Decimals.parse(text.strip()) : decimal();
    }

    /** Whether it is true; false for everything that is not a boolean. */
    public boolean isTrue() {
        return kind == Kind.BOOLEAN && YamlKinds.isTrue(text);
    }
}
