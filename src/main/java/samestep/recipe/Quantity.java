package samestep.recipe;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.run.Exact;
import samestep.finding.Place;

/**
 * A number of a configuration, with where it comes from.
 *
 * @param value an expression without names: a literal, or how it was derived (0.0005 / 2, or a root); a framework that
 *     keeps the number in single precision has {@code f32} around it
 * @param text as it is written in the source; empty when it is not written there
 * @param origin where it comes from
 */
public record Quantity(Expression value, String text, Origin origin) {
    /** Digits that tell any two doubles apart. */
    private static final MathContext DOUBLE_DIGITS = new MathContext(17);

    /** A value the file is silent about. */
    public static Quantity byDefault(String number, String of) {
        return new Quantity(Expression.literal(new BigDecimal(number)), "", new Origin.Default(of));
    }

    /** A value computed from this one. */
    public Quantity derived(Expression computed, String how) {
        return new Quantity(computed, "", new Origin.Derived(how, origin.where()));
    }

    /** The number in the file that this one was derived from; this one where no number is written there. */
    public Quantity asWritten() {
        try {
            return origin.where()
                    .map(place -> new BigDecimal(place.text().strip()))
                    .map(number -> derived(Expression.literal(number), "as it is written"))
                    .orElse(this);
        } catch (NumberFormatException e) {
            return this;
        }
    }

    /** The same, rounded to single precision where the framework is taken as it is shipped. */
    public Quantity rounded() {
        return new Quantity(value.rounded(), text, origin);
    }

    /** The same without any rounding to single precision. */
    public Quantity withoutRounding() {
        return new Quantity(Expressions.withoutRounding(value), text, origin);
    }

    /** The value to a hundred digits, in ideal arithmetic. */
    public BigDecimal decimal() {
        return Exact.value(value);
    }

    /** The nearest double to the ideal value. */
    public double doubleValue() {
        return decimal().doubleValue();
    }

    /** Whether the ideal value is zero. */
    public boolean isZero() {
        return Exact.isZero(value);
    }

    /** Whether the ideal value is one. */
    public boolean isOne() {
        return decimal().compareTo(BigDecimal.ONE) == 0;
    }

    /** Whether it can be written as a decimal without rounding it. */
    public boolean isExactDecimal() {
        return Exact.decimal(value).isPresent();
    }

    /**
     * The number to write into a configuration: as it was written where that is a JSON number with a fraction or an
     * exponent, else exactly if it has at most 17 digits, else to 17 digits.
     */
    public String written() {
        boolean asIs = Numbers.isJsonFraction(text)
                && new BigDecimal(text).compareTo(Exact.decimal(value).orElse(BigDecimal.ZERO)) == 0;
        return asIs ? text : Numbers.plain(decimal().round(DOUBLE_DIGITS));
    }

    /** Whether it is what the training has; not a default that stands for what is not known. */
    public boolean isKnown() {
        return !(origin instanceof Origin.NotKnown);
    }

    /** Where to point at. */
    public Optional<Place> place() {
        return origin.where();
    }

    /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Quantity that
                        && value.equals(that.value)
                        && text.equals(that.text)
                        && origin.equals(that.origin);
    }

    @Override
    public int hashCode() {
        return (value.hashCode() * 31 + text.hashCode()) * 31 + origin.hashCode();
    }
}
