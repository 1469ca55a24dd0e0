package samestep.recipe;

import java.util.Optional;
import samestep.equation.Equations;

/** Where an adaptive update adds its epsilon, relative to the root of its second moment. */
public enum EpsilonPlace {
    /** There is no epsilon. */
    NONE("nowhere"),
    /** {@code root + epsilon}. */
    OUTSIDE("to the root"),
    /** {@code root + epsilon / sqrt(1 - beta2^k)}: Kingma's epsilon-hat. */
    BEFORE_THE_CORRECTION("to the root, before the bias correction"),
    /** {@code sqrt(root^2 + epsilon)}. */
    INSIDE("under the root"),
    /** Under the roots of both accumulators, as in AdaDelta. */
    INSIDE_BOTH("under both roots"),
    /** The equations have an epsilon and do not say where. */
    UNKNOWN("at an unknown place");

    private static final String TRAIT = "epsilon";

    private final String words;

    EpsilonPlace(String words) {
        this.words = words;
    }

    /** Completes "adds epsilon ...". */
    public String words() {
        return words;
    }

    /** Where an optimizer adds it; one equation file can have two places, and its momentum decides. */
    public static EpsilonPlace of(Stage.Optimizer optimizer) {
        return of(optimizer.equations(), hasMomentum(optimizer));
    }

    /**
     * Where equations add it.
     *
     * @param momentum whether the momentum is other than 0
     */
    public static EpsilonPlace of(Equations equations, boolean momentum) {
        Optional<String> trait = Optional.ofNullable(equations.traits().get(TRAIT));
        if (trait.isEmpty()) {
            return equations.hyper(TRAIT).isPresent() ? UNKNOWN : NONE;
        }
        return switch (trait.get()) {
            case "outside the root" -> OUTSIDE;
            case "outside the root, before the bias correction" -> BEFORE_THE_CORRECTION;
            case "outside the root, inside with momentum" -> momentum ? INSIDE : OUTSIDE;
            case "inside the root" -> INSIDE;
            case "inside both roots" -> INSIDE_BOTH;
            default -> UNKNOWN;
        };
    }

    /** Whether an optimizer has a momentum other than 0. */
    public static boolean hasMomentum(Stage.Optimizer optimizer) {
        Quantity momentum = optimizer.values().get("momentum");
        return momentum != null && !momentum.isZero();
    }
}
