package samestep.equation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A fraction in lowest terms.
 *
 * @param numerator with the sign
 * @param denominator above zero
 */
public record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {
    /** Nothing. */
    public static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);
    /** One. */
    public static final Fraction ONE = new Fraction(BigInteger.ONE, BigInteger.ONE);

    private static final Pattern PATTERN = Pattern.compile("-?[0-9]{1,400}(/[0-9]{1,400})?");

    /** Brings it to its lowest terms. */
    public Fraction {
        if (!denominator.equals(BigInteger.ONE)) {
            BigInteger common = numerator.gcd(denominator);
            if (denominator.signum() < 0) {
                common = common.negate();
            }
            if (!common.equals(BigInteger.ONE)) {
                numerator = numerator.divide(common);
                denominator = denominator.divide(common);
            }
        }
    }

    /** The fraction that a decimal number is. */
    public static Fraction of(BigDecimal value) {
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        return new Fraction(plain.unscaledValue(), BigInteger.TEN.pow(plain.scale()));
    }

    /** The sum. */
    public Fraction plus(Fraction other) {
        if (sign() == 0 || other.sign() == 0) {
            return sign() == 0 ? other : this;
        }
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    /** The negative. */
    public Fraction negated() {
        return new Fraction(numerator.negate(), denominator);
    }

    /** The product. */
    public Fraction times(Fraction other) {
        if (sign() == 0 || other.equals(ONE)) {
            return this;
        }
        return new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** One by this, which is not zero. */
    public Fraction inverse() {
        return new Fraction(denominator, numerator);
    }

    /** -1, 0 or 1. */
    public int sign() {
        return numerator.signum();
    }

    /** Whether the denominator is one. */
    public boolean isWhole() {
        return denominator.equals(BigInteger.ONE);
    }

    /** How many bits numerator and denominator have together. */
    public int bits() {
        return numerator.bitLength() + denominator.bitLength();
    }

    /** A power; the exponent is not negative. */
    public Fraction raised(int exponent) {
        return new Fraction(numerator.pow(exponent), denominator.pow(exponent));
    }

    /** Such as {@code 9/10}, or {@code 3}. */
    @Override
    public String toString() {
        return isWhole() ? numerator.toString() : numerator + "/" + denominator;
    }

    /** Reads what {@link #toString} writes; no value where it is not that, or not in lowest terms. */
    public static Optional<Fraction> parse(String text) {
        if (!PATTERN.matcher(text).matches()) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        BigInteger below = slash < 0 ? BigInteger.ONE : new BigInteger(text.substring(slash + 1));
        if (below.signum() == 0) {
            return Optional.empty();
        }
        Fraction fraction = new Fraction(new BigInteger(slash < 0 ? text : text.substring(0, slash)), below);
        return Optional.of(fraction).filter(f -> f.toString().equals(text));
    }

    @Override
    public int compareTo(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
