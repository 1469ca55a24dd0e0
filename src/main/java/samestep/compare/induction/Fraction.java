package samestep.compare.induction;

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
    static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);
    static final Fraction ONE = new Fraction(BigInteger.ONE, BigInteger.ONE);

    private static final Pattern PATTERN = Pattern.compile("-?[0-9]{1,400}(/[0-9]{1,400})?");

    /** No file needs longer ones; what is longer is a residue like others. */
    private static final int MOST_BITS = 1024;

    /** Brings it to its lowest terms. */
    public Fraction {
        BigInteger common = numerator.gcd(denominator);
        if (denominator.signum() < 0) {
            common = common.negate();
        }
        if (!common.equals(BigInteger.ONE)) {
            numerator = numerator.divide(common);
            denominator = denominator.divide(common);
        }
    }

    /** The fraction that a decimal number is. */
    public static Fraction of(BigDecimal value) {
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        return new Fraction(plain.unscaledValue(), BigInteger.TEN.pow(plain.scale()));
    }

    Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Fraction negated() {
        return new Fraction(numerator.negate(), denominator);
    }

    Fraction times(Fraction other) {
        return new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** One by this, which is not zero. */
    Fraction inverse() {
        return new Fraction(denominator, numerator);
    }

    /** What a power of this exponent makes of a degree, rounded up; the sign is left out. */
    int ofDegree(int degree) {
        BigInteger product = numerator.abs().multiply(BigInteger.valueOf(degree));
        BigInteger up = product.add(denominator).subtract(BigInteger.ONE).divide(denominator);
        return up.bitLength() > 27 ? Residue.MOST_DEGREE : up.intValueExact();
    }

    int sign() {
        return numerator.signum();
    }

    boolean isWhole() {
        return denominator.equals(BigInteger.ONE);
    }

    boolean isTooLong() {
        return numerator.bitLength() + denominator.bitLength() > MOST_BITS;
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
