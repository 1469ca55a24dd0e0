package samestep.compare.proof;

/**
 * How much one update can differ, from equal state. Each kind's formula and where it comes from is in docs/bounds.md. What a
 * run does with such differences is measured, and never follows from this.
 *
 * @param kind what it is a bound of
 * @param largest the number, in the unit that the words name
 * @param words the statement
 * @param detail where it is how large; may be empty
 */
public record Bound(Kind kind, double largest, String words, String detail) {

    /** What is bounded. */
    public enum Kind {
        /** The update, relative to itself, where epsilon is at another place or is another number. */
        EPSILON,
        /** The update, relative to the velocity, where the rate changes and is inside the velocity on one side only. */
        RATE_AND_VELOCITY,
        /** The gradient, relative to the decay, where one side clips before the decay and the other after it. */
        CLIP_AND_DECAY,
        /** The rate, relative to itself, where another family stands for a schedule. */
        SCHEDULE,
        /** A number of the equations, relative to itself, where it is kept in single precision. */
        SINGLE_PRECISION
    }

    /** The statement with its details. */
    @Override
    public String toString() {
        return detail.isEmpty() ? words : words + "; " + detail;
    }
}
