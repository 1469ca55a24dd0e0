package samestep.compare.decay;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.Set;
import samestep.compare.decay.KernelDecay.Kind;
import samestep.compare.decay.KernelDecay.Strength;
import samestep.compare.measure.BatchSums;
import samestep.recipe.Recipe;

/**
 * The weight decay of kernels on two sides, in one unit: what is added to the gradient of the mean loss, as a multiple of the
 * weight. It is compared also where layers have other names, or where a side has no net.
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
        /** One loss is a sum over a batch, and no file says how large a batch is. */
        OTHER_UNITS("not comparable, one loss is a sum over a batch whose size is not known"),
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
        return new DecayComparison(
                KernelDecay.of(BatchSums.against(target, source)), KernelDecay.of(BatchSums.against(source, target)));
    }

    /** How the second side is to the first. */
    public Relation relation() {
        if (isUnknown(source) || isUnknown(target)) {
            return Relation.NOT_KNOWN;
        }
        Set<Strength> here = source.strengths();
        Set<Strength> there = target.strengths();
        boolean isOtherwise = source.has(Kind.OTHERWISE) || target.has(Kind.OTHERWISE);
        if (isOtherwise || here.size() > 1 || there.size() > 1) {
            return Relation.SEVERAL;
        }
        if (here.isEmpty() || there.isEmpty()) {
            return here.isEmpty() && there.isEmpty()
                    ? Relation.NONE
                    : here.isEmpty() ? Relation.ADDED : Relation.DROPPED;
        }
        if (!only(source).isInUnitOf(only(target))) {
            return Relation.OTHER_UNITS;
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
                Optional.of(only(target)
                        .number()
                        .divide(only(source).number(), DIGITS)
                        .stripTrailingZeros());
            case NONE, DROPPED, ADDED, SEVERAL, OTHER_UNITS, NOT_KNOWN -> Optional.empty();
        };
    }

    private static Strength only(KernelDecay side) {
        return side.strengths().iterator().next();
    }
}
