package samestep.compare.induction;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import samestep.equation.Fraction;

/** Finds the fraction that has given residues. */
final class Reconstruction {
    private Reconstruction() {}

    /**
     * The fraction with numerator and denominator below the root of half the product of the primes; there is one at most.
     *
     * @param residues one for each prime
     */
    static Optional<Fraction> of(List<Long> residues, List<Long> primes) {
        BigInteger product = BigInteger.ONE;
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < primes.size(); i++) {
            BigInteger prime = BigInteger.valueOf(primes.get(i));
            BigInteger step = BigInteger.valueOf(residues.get(i))
                    .subtract(value)
                    .multiply(product.modInverse(prime))
                    .mod(prime);
            value = value.add(product.multiply(step));
            product = product.multiply(prime);
        }
        return fraction(value, product);
    }

    /** By the Euclidean algorithm, stopped half way. */
    private static Optional<Fraction> fraction(BigInteger value, BigInteger modulus) {
        BigInteger most = modulus.shiftRight(1).sqrt();
        BigInteger r0 = modulus;
        BigInteger r1 = value;
        BigInteger t0 = BigInteger.ZERO;
        BigInteger t1 = BigInteger.ONE;
        while (r1.compareTo(most) > 0) {
            BigInteger quotient = r0.divide(r1);
            BigInteger r2 = r0.subtract(quotient.multiply(r1));
            BigInteger t2 = t0.subtract(quotient.multiply(t1));
            r0 = r1;
            r1 = r2;
            t0 = t1;
            t1 = t2;
        }
        boolean fits =
                t1.abs().compareTo(most) <= 0 && t1.signum() != 0 && r1.gcd(t1).equals(BigInteger.ONE);
        return fits ? Optional.of(new Fraction(r1, t1)) : Optional.empty();
    }
}
