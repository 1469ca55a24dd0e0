package samestep.compare.induction;

import java.util.Random;

/**
 * Proves that two updates give equal weights after any number of updates, on any gradients.
 *
 * <p>The first update is run as it is. Its states suggest a relation between both sides. Then one update is run from
 * arbitrary states in that relation, with arbitrary weights, gradients, rates and number of updates, again and again at
 * random points modulo a prime ({@link PrimeField}), until no combination of branches comes up that was not seen twice. If
 * both sides give equal weights and states in the relation each time, they always do, but for a chance of about the
 * degree of the equations over 2^31 for each point. Gradients, weights, rates and states of zero, which random points never
 * hit, are run apart. Two primes have to agree.
 *
 * <p>A proof that is not found says nothing: the relation may be of another form, or the equations have a logarithm. Where
 * an update jumps, as at the sign of a gradient, no random point ever is: there both numbers that are compared are taken for equal
 * half of the time.
 */
public final class Induction {
    private static final long SEED = 20261128;
    private static final int PRIMES_TO_AGREE = 2;
    private static final int MOST_PRIMES = 12;

    private Induction() {}

    /** {@return whether it could be proven} */
    public static boolean proves(Question question) {
        Random random = new Random(SEED);
        int agreed = 0;
        try {
            for (int i = 0; i < MOST_PRIMES && agreed < PRIMES_TO_AGREE; i++) {
                ResidueAlgebra algebra = new ResidueAlgebra(new PrimeField(PrimeField.PRIMES[i]), random);
                if (succeeds(algebra, question, agreed > 0)) {
                    agreed++;
                } else if (!algebra.isUnlucky()) {
                    return false;
                }
            }
        } catch (Unprovable e) {
            return false;
        }
        return agreed == PRIMES_TO_AGREE;
    }

    private static boolean succeeds(ResidueAlgebra algebra, Question question, boolean confirms) {
        try {
            return new Attempt(algebra, question, confirms).succeeds();
        } catch (NoSuchRoot e) {
            // The root of a constant, which no other point has.
            return false;
        }
    }
}
