package samestep.compare.induction;

import java.math.BigInteger;
import java.util.Random;

/** Primes p = 2q + 1 with q prime, between 2^30 and 2^31, modulo which 2, 3, 5, 7, 11 and 13 are squares. */
final class SafePrimes {
    private static final int LEAST = 1 << 30;
    private static final long[] SQUARES = {5, 7, 11, 13};
    private static final int CERTAINTY = 60;

    private SafePrimes() {}

    /** One of some thousands, each as likely: no input can be prepared so that a difference is zero modulo it. */
    static long draw(Random random) {
        while (true) {
            // p = 23 mod 24 is 3 mod 4, and 2 and 3 are squares.
            long p = LEAST + (long) random.nextInt(LEAST) / 24 * 24 + 23 - LEAST % 24;
            if (isSafe(p) && hasSquares(p)) {
                return p;
            }
        }
    }

    /** Whether it is such a prime, whatever is a square modulo it. */
    static boolean isSafe(long p) {
        return p > 7
                && p < 1L << 31
                && p % 4 == 3
                && BigInteger.valueOf((p - 1) / 2).isProbablePrime(CERTAINTY)
                && BigInteger.valueOf(p).isProbablePrime(CERTAINTY);
    }

    private static boolean hasSquares(long p) {
        PrimeField field = new PrimeField(p);
        for (long number : SQUARES) {
            if (!field.isPositive(number)) {
                return false;
            }
        }
        return true;
    }
}
