package samestep.compare.induction;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import samestep.equation.Fraction;

/**
 * A number of the proof: modulo the prime, and what it is exactly where it is a constant or counts the updates. As a function
 * of what was drawn at random it is a quotient of two polynomials; a root has half the degree of what it is of.
 *
 * @param value modulo the prime
 * @param known the number itself; null where it depends on states, weights, gradients or rates: a start is too short for an optional
 * @param up the numerator's degree is at most this
 * @param down the denominator's degree is at most this
 */
record Residue(long value, @Nullable Counted known, int up, int down) {
    /** Nothing is concluded from degrees above, so that sums of two fit into an int. */
    static final int MOST_DEGREE = 1 << 28;

    /** No file needs longer numbers; of what is longer only the residue is known. */
    private static final int MOST_BITS = 1024;

    /** Keeps the degrees where they can be added. */
    Residue {
        up = Math.min(up, MOST_DEGREE);
        down = Math.min(down, MOST_DEGREE);
    }

    /**
     * A number that grows with the updates: perUpdate * n + offset, where n is how many came before. A constant does not
     * grow.
     */
    record Counted(Fraction perUpdate, Fraction offset) {
        static Counted constant(Fraction value) {
            return new Counted(Fraction.ZERO, value);
        }

        boolean isConstant() {
            return perUpdate.sign() == 0;
        }

        boolean isTooLong() {
            return perUpdate.bits() > MOST_BITS || offset.bits() > MOST_BITS;
        }

        Counted times(Fraction factor) {
            return new Counted(perUpdate.times(factor), offset.times(factor));
        }

        Counted plus(Counted other) {
            return new Counted(perUpdate.plus(other.perUpdate), offset.plus(other.offset));
        }

        Counted negated() {
            return new Counted(perUpdate.negated(), offset.negated());
        }
    }

    /** A number of which only the residue is known, and what its degrees are. */
    static Residue unknown(long value, int up, int down) {
        return new Residue(value, null, up, down);
    }

    /** What was drawn: a variable. */
    static Residue variable(long value) {
        return unknown(value, 1, 0);
    }

    /** The square of what was drawn. */
    static Residue square(long value) {
        return unknown(value, 2, 0);
    }

    /** A power of it, whose value is known: its degrees. */
    Residue raised(long power, Fraction exponent) {
        boolean upright = exponent.sign() >= 0;
        return unknown(power, times(upright ? up : down, exponent), times(upright ? down : up, exponent));
    }

    /** A degree times the size of an exponent, rounded up. */
    private static int times(int degree, Fraction exponent) {
        BigInteger product = exponent.numerator().abs().multiply(BigInteger.valueOf(degree));
        BigInteger below = exponent.denominator();
        BigInteger rounded = product.add(below).subtract(BigInteger.ONE).divide(below);
        return rounded.bitLength() > 27 ? MOST_DEGREE : rounded.intValueExact();
    }

    /** The degree of the numerator of the difference to another number. */
    int degreeOfDifference(Residue other) {
        return Math.max(up + other.down, other.up + down);
    }

    /** What it is, if it is a constant; else null. */
    @Nullable
    Fraction constant() {
        return known != null && known.isConstant() ? known.offset() : null;
    }
}
