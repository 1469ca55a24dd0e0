package samestep.compare.induction;

import java.util.HashSet;
import java.util.Set;

/**
 * How many roots and decisions about order the points have; only counted on request. One root of one number is
 * one, however often it is taken, and a difference decides the same as its negative does.
 */
final class Census {
    private final Set<Long> roots = new HashSet<>();
    private final Set<Long> decisions = new HashSet<>();
    private final Set<Long> jumps = new HashSet<>();
    private boolean counting;
    private int bits;
    private int mostBits;
    private int mostDecisions;
    private int degree;

    /** Starts to count. */
    void start() {
        counting = true;
    }

    void nextPoint() {
        roots.clear();
        decisions.clear();
        jumps.clear();
        bits = 0;
    }

    /** A root of a number was taken, of which there are as many conjugates as its index says. */
    void root(Residue of, int index) {
        if (counting && of.constant() == null && roots.add(of.value() * 31 + index)) {
            bits += 32 - Integer.numberOfLeadingZeros(index - 1);
            mostBits = Math.max(mostBits, bits);
        }
    }

    /** Two numbers were taken for equal, or not, by lot: a decision beside that of their order. */
    void jumped(long difference, PrimeField field) {
        if (counting) {
            jumps.add(Math.min(difference, field.subtract(0, difference)));
            count();
        }
    }

    private void count() {
        mostDecisions = Math.max(mostDecisions, decisions.size() + jumps.size());
    }

    /** The sign of a difference decided of a branch. */
    void decided(long difference, PrimeField field) {
        if (counting && difference != 0) {
            decisions.add(Math.min(difference, field.subtract(0, difference)));
            count();
        }
    }

    /** Two numbers were found equal, or not. */
    void compared(Residue left, Residue right) {
        degree = Math.max(degree, left.degreeOfDifference(right));
    }

    /** The logarithm to base 2 of how many conjugates all roots of one point have together, rounded up for each. */
    int rootBits() {
        return mostBits;
    }

    /** How many decisions one point has at most. */
    int decisions() {
        return mostDecisions;
    }

    /** The largest degree of a difference that had to be zero. */
    int degree() {
        return degree;
    }
}
