package samestep;

import java.util.Locale;

/**
 * Whether two things are the same training.
 *
 * @param kind the verdict, for programs
 * @param condition under which it is proven, or why it is not, in words for people; may be empty
 */
public record Verdict(Kind kind, String condition) {

    /** From the best to the worst; docs/verdicts.md says how each is found. */
    public enum Kind {
        /** Proven for every stream of gradients, perhaps under a condition that this configuration meets. */
        EXACT,
        /** Proven under the named condition, which this configuration need not meet. */
        EXACT_WHILE,
        /** No difference was found, but not every branch of the equations was reached. */
        NOT_REFUTED,
        /** Differs, but one update from equal state by no more than is said. */
        BOUNDED,
        /** No value gives the same steps. */
        INEXACT,
        /** One side has something that the other cannot say. */
        NOT_EXPRESSIBLE,
        /** A side could not be read, so nothing is known. */
        UNKNOWN
    }

    /** {@return whether the training is proven to be the same} */
    public boolean isProven() {
        return kind == Kind.EXACT;
    }

    /** {@return such as {@code exact while no gradient is clipped}} */
    @Override
    public String toString() {
        String word = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String joint = kind == Kind.EXACT_WHILE ? " " : ": ";
        return condition.isEmpty() ? word : word + joint + condition;
    }

    static Verdict of(samestep.compare.proof.Verdict verdict) {
        Kind kind = switch (verdict.kind()) {
            case EXACT, EXACT_WHILE_MET -> Kind.EXACT;
            case EXACT_WHILE -> Kind.EXACT_WHILE;
            case NOT_REFUTED -> Kind.NOT_REFUTED;
            case BOUNDED -> Kind.BOUNDED;
            case INEXACT -> Kind.INEXACT;
            case NOT_EXPRESSIBLE -> Kind.NOT_EXPRESSIBLE;
        };
        return new Verdict(kind, verdict.condition());
    }
}
