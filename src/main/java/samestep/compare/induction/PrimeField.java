package samestep.compare.induction;

import java.math.BigInteger;
import samestep.equation.Fraction;

/**
 * Arithmetic modulo a prime p = 2q + 1 with q prime. Squares stand for the positive numbers: their product is a square, the
 * negative of a square is not a square (p = 3 mod 4), and each has exactly one root that is a square itself. As q is
 * prime, a square also has one r-th power for each fraction r whose denominator q does not divide. These are the rules
 * that roots and powers of positive numbers follow.
 */
final class PrimeField {
    /**
     * Primes below 2^31 of that kind, modulo which 2, 3, 5 and all primes to 47 are squares, so that most positive numbers
     * of a configuration are.
     */
    static final long[] PRIMES = {
        2129105039L, 2120027159L, 2102099639L, 2069461679L, 2068703159L, 2051764679L, 2046003599L, 2032685639L,
        2022690479L, 1967953679L, 1952812319L, 1932740039L, 1931011319L, 1913935799L, 1909704359L, 1876748639L,
        1840209719L, 1827014999L, 1818646079L, 1817026559L, 1811287799L, 1802560679L, 1709198279L, 1703246159L,
        1677107519L, 1665440279L, 1649951159L, 1646822999L, 1609960439L, 1601199239L, 1600387799L, 1595102519L
    };

    private final long p;
    private final long q;

    PrimeField(long prime) {
        p = prime;
        q = (prime - 1) / 2;
    }

    /** The number of residues. */
    long size() {
        return p;
    }

    long add(long a, long b) {
        long sum = a + b;
        return sum >= p ? sum - p : sum;
    }

    long subtract(long a, long b) {
        return a >= b ? a - b : a - b + p;
    }

    long multiply(long a, long b) {
        return a * b % p;
    }

    /**
     * The quotient.
     *
     * @throws ArithmeticException when the divisor is zero
     */
    long divide(long a, long b) {
        if (b == 0) {
            throw new ArithmeticException("division by zero");
        }
        return b == 1 ? a : multiply(a, raise(b, p - 2));
    }

    /** A residue times itself so many times; the exponent is not negative. */
    long raise(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long e = exponent; e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    /** Whether it stands for a positive number; zero does not. */
    boolean isPositive(long a) {
        return a == 1 || a != 0 && raise(a, q) == 1;
    }

    /** -1, 0 or 1: which of both the first is to the second. A total order it is not: three may follow in a circle. */
    int order(long a, long b) {
        return a == b ? 0 : isPositive(subtract(a, b)) ? 1 : -1;
    }

    /** The root of a square that is a square itself. Of another residue: the root of its negative, which is one. */
    long root(long a) {
        return raise(a, (p + 1) / 4);
    }

    /** A square to the power of a fraction. */
    long power(long square, Fraction exponent) {
        BigInteger order = BigInteger.valueOf(q);
        BigInteger e = exponent.numerator().multiply(exponent.denominator().modInverse(order));
        return raise(square, e.mod(order).longValueExact());
    }

    /** The residue of a fraction. */
    long of(Fraction value) {
        return divide(of(value.numerator()), of(value.denominator()));
    }

    private long of(BigInteger number) {
        return number.bitLength() < Long.SIZE
                ? Math.floorMod(number.longValue(), p)
                : number.mod(BigInteger.valueOf(p)).longValue();
    }
}
