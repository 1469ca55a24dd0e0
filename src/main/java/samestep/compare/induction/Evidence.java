package samestep.compare.induction;

import java.util.List;

/**
 * How much was calculated, and how likely chance would have it that nothing differed.
 *
 * @param primes that were calculated modulo
 * @param points of any update, and of the first one, for each prime
 * @param decisions about order that one point has at most, equal ones counted once
 * @param degree of the differences that had to be zero, at most
 * @param rootBits the logarithm to base 2 of how many conjugates all roots of one point have
 */
public record Evidence(List<Long> primes, int points, int decisions, int degree, int rootBits) {
    /** Copies the primes. */
    public Evidence {
        primes = List.copyOf(primes);
    }

    /**
     * The chance that an identity which is false passes, as minus its logarithm to base 2.
     *
     * <p>If the sides differ, they do for at least one combination of the decisions. A point has that combination with a
     * chance of q = 2^-decisions, since the square characters of independent polynomials are independent. There the
     * difference is zero with a chance of at most e = degree * 4^rootBits / p: its norm over the conjugates of all roots is
     * a polynomial of at most degree * 2^rootBits (Schwartz-Zippel), and one point of 2^rootBits has all roots. So a point
     * passes with a chance of 1 - q + q * e.
     */
    public double bits() {
        double q = Math.scalb(1.0, -decisions);
        double bits = 0;
        for (long prime : primes) {
            double e = Math.min(1, degree * Math.scalb(1.0, Math.min(2 * rootBits, 1000)) / prime);
            bits -= points * Math.log(1 - q + q * e) / Math.log(2);
        }
        return bits;
    }

    /** The same as a whole number; a little is left for rounding. */
    public int wholeBits() {
        return (int) Math.floor(bits() + 1e-6);
    }
}
