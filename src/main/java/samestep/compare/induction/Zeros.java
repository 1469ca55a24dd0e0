package samestep.compare.induction;

import java.util.ArrayList;
import java.util.List;

/** What is zero at a point; random numbers never are. */
public record Zeros(boolean weights, boolean states, Gradients gradients, boolean rate) {
    /** Which gradients are zero. */
    public enum Gradients {
        /** None is. */
        NONE,
        /** The first of each tensor. */
        FIRST_ENTRIES,
        /** All are. */
        ALL
    }

    static final Zeros NONE = new Zeros(false, false, Gradients.NONE, false);

    /** What training really meets: gradients that are sparse, absent or late, weights that start at zero, a rate of zero. */
    public static final List<Zeros> ALL = List.of(
            new Zeros(false, false, Gradients.ALL, false),
            new Zeros(false, false, Gradients.FIRST_ENTRIES, false),
            new Zeros(true, false, Gradients.NONE, false),
            new Zeros(true, false, Gradients.ALL, false),
            new Zeros(false, true, Gradients.NONE, false),
            new Zeros(false, true, Gradients.ALL, false),
            new Zeros(true, true, Gradients.NONE, false),
            new Zeros(true, true, Gradients.ALL, false),
            new Zeros(false, false, Gradients.NONE, true));

    /** What is zero, in words; a certificate's case. */
    public String words() {
        List<String> zero = new ArrayList<>();
        if (rate) {
            zero.add("rate");
        }
        if (weights) {
            zero.add("weights");
        }
        if (states) {
            zero.add("states");
        }
        switch (gradients) {
            case ALL -> zero.add("gradients");
            case FIRST_ENTRIES -> zero.add("first entries of the gradients");
            case NONE -> {}
        }
        return String.join(", ", zero) + " zero";
    }
}
