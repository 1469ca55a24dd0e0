package samestep.compare.decay;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.Set;
import samestep.compare.decay.KernelDecay.Kind;
import samestep.recipe.Recipe;

/**
 * The weight decay of kernels on two sides, in one unit: what is added to the gradient, as a multiple of the weight. It is
 * compared also where layers have other names, or where a side has no net.
 *
 * @param source the first side
 * @param target the second side
 */
public record DecayComparison(KernelDecay source, KernelDecay target) {
    private static final MathContext DIGITS = new MathContext(15);

    /** How the sides are to each other. */
    public enum Relation {
        /** One number on both sides, and it is the same. */
        SAME("the same"),
        /** One number on each side, and they are not the same. */
        FACTOR("not the same"),
        /** No kernel decays on either side. */
        NONE("none on both sides"),
        /** The first side has a decay, the second has none. */
        DROPPED("none in the second"),
        /** The second side has a decay, the first has none. */
        ADDED("none in the first"),
        /** A side has several numbers, or a decay that is not a multiple of the weight in the gradient. */
        SEVERAL("not one number on each side"),
        /** The decay of some kernels of a side is not known, or no kernels are known. */
        NOT_KNOWN("not known");

        private final String words;

        Relation(String words) {
            this.words = words;
        }

        /** The words in reports. */
        public String words() {
            return words;
        }
    }

    /** Of two trainings. */
    public static DecayComparison of(Recipe source, Recipe target) {
        return new DecayComparison(KernelDecay.of(source), KernelDecay.of(target));
    }

    /** How the second side is to the first. */
    public Relation relation() {
        if (isUnknown(source) || isUnknown(target)) {
            return Relation.NOT_KNOWN;
        }
        Set<BigDecimal> here = source.coefficients();
        Set<BigDecimal> there = target.coefficients();
        boolean isOtherwise = source.has(Kind.OTHERWISE) || target.has(Kind.OTHERWISE);
        if (isOtherwise || here.size() > 1 || there.size() > 1) {
            return Relation.SEVERAL;
        }
        if (here.isEmpty() || there.isEmpty()) {
            return here.isEmpty() && there.isEmpty()
                    ? Relation.NONE
                    : here.isEmpty() ? Relation.ADDED : Relation.DROPPED;
        }
        return here.equals(there) ? Relation.SAME : Relation.FACTOR;
    }

    private static boolean isUnknown(KernelDecay side) {
        return side.parts().isEmpty() || side.has(Kind.NOT_KNOWN);
    }

    /** What the first side's number is multiplied by to have the second's; there where each side has one. */
    public Optional<BigDecimal> factor() {
        return switch (relation()) {
            case SAME, FACTOR ->
                Optional.of(target.coefficients()
                        .iterator()
                        .next()
                        .divide(source.coefficients().iterator().next(), DIGITS)
                        .stripTrailingZeros());
            case NONE, DROPPED, ADDED, SEVERAL, NOT_KNOWN -> Optional.empty();
        };
    }
}
