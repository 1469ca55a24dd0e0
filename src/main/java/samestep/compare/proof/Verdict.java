package samestep.compare.proof;

/**
 * Whether two things are the same.
 *
 * @param kind how much so
 * @param condition under which, or why not, in words; may be empty
 */
public record Verdict(Kind kind, String condition) {

    /** From the best to the worst. */
    public enum Kind {
        /** Proven for every gradient stream. */
        EXACT("exact"),
        /** Proven under a named condition that this configuration meets. */
        EXACT_WHILE_MET("exact"),
        /** Proven under a named condition that this configuration need not meet. */
        EXACT_WHILE("exact while"),
        /** No difference was found, but not every branch of the equations was reached. */
        NOT_REFUTED("not refuted"),
        /** Differs, but one update from equal state by no more than the condition says. */
        BOUNDED("bounded"),
        /** No value reproduces it. */
        INEXACT("inexact"),
        /** The target has no such thing. */
        NOT_EXPRESSIBLE("not expressible");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The words in reports. */
        public String words() {
            return words;
        }
    }

    /** Proven for every stream. */
    public static final Verdict EXACT = new Verdict(Kind.EXACT, "");

    /** Whether the training is proven to be the same. */
    public boolean isProven() {
        return kind == Kind.EXACT || kind == Kind.EXACT_WHILE_MET;
    }

    /** The worse of two. */
    public Verdict worse(Verdict other) {
        return other.kind.compareTo(kind) > 0 ? other : this;
    }
}
