package samestep.compare.induction;

import java.util.Optional;

/**
 * A number of the proof: modulo the prime, and what it is exactly where it is a constant or counts the updates.
 *
 * @param value modulo the prime
 * @param known the number itself; empty where it depends on states, weights, gradients or rates
 */
record Residue(long value, Optional<Counted> known) {

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
            return perUpdate.isTooLong() || offset.isTooLong();
        }

        Counted times(Fraction factor) {
            return new Counted(perUpdate.times(factor), offset.times(factor));
        }

        Counted plus(Counted other) {
            return new Counted(perUpdate.plus(other.perUpdate), offset.plus(other.offset));
        }
    }

    /** A number of which only the residue is known. */
    static Residue unknown(long value) {
        return new Residue(value, Optional.empty());
    }

    /** What it is, if it is a constant. */
    Optional<Fraction> constant() {
        return known.filter(Counted::isConstant).map(Counted::offset);
    }
}
