package samestep.compare;

import java.util.Locale;
import java.util.Optional;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * What an adaptive update divides by, as a function of the root of the second moment, after the bias correction where there
 * is one.
 *
 * @param place where epsilon stands
 * @param epsilon the number
 * @param correction by how much the correction makes epsilon larger at the first update, where it stands before it: 1 where
 *     it does not; falls to 1 in the course of the run
 */
record Denominator(Place place, double epsilon, double correction) {
    /** Where epsilon stands. */
    enum Place {
        /** {@code root + epsilon}. */
        OUTSIDE,
        /** {@code root + epsilon / sqrt(1 - beta2^k)}: Kingma's epsilon-hat. */
        BEFORE_THE_CORRECTION,
        /** {@code sqrt(root^2 + epsilon)}. */
        INSIDE,
        /** {@code root}. */
        NONE
    }

    /** As the top of the equations says; empty where no such form is known for them. */
    static Optional<Denominator> of(Stage.Optimizer optimizer) {
        String trait = optimizer.equations().traits().getOrDefault("epsilon", "");
        boolean corrected = optimizer.values().containsKey("beta2");
        Optional<Quantity> epsilon = Optional.ofNullable(optimizer.values().get("epsilon"));
        Optional<Place> place = place(trait, hasMomentum(optimizer))
                .filter(p -> p != Place.INSIDE || !corrected)
                // What says nothing of an epsilon that it has is not known.
                .filter(p -> (p == Place.NONE) == epsilon.isEmpty());
        return place.map(p -> new Denominator(
                p,
                p == Place.NONE ? 0 : epsilon.orElseThrow().doubleValue(),
                p == Place.BEFORE_THE_CORRECTION ? correction(optimizer) : 1));
    }

    private static Optional<Place> place(String trait, boolean momentum) {
        return switch (trait.toLowerCase(Locale.ROOT)) {
            case "" -> Optional.of(Place.NONE);
            case "outside the root" -> Optional.of(Place.OUTSIDE);
            case "outside the root, before the bias correction" -> Optional.of(Place.BEFORE_THE_CORRECTION);
            case "inside the root" -> Optional.of(Place.INSIDE);
            case "outside the root, inside with momentum" -> Optional.of(momentum ? Place.INSIDE : Place.OUTSIDE);
            default -> Optional.empty();
        };
    }

    /** Whether the quotient goes into a velocity. */
    static boolean hasMomentum(Stage.Optimizer optimizer) {
        Quantity momentum = optimizer.values().get("momentum");
        return momentum != null && !momentum.isZero();
    }

    private static double correction(Stage.Optimizer optimizer) {
        Quantity beta2 = optimizer.values().get("beta2");
        return beta2 == null ? 1 : 1 / Math.sqrt(1 - beta2.doubleValue());
    }

    /**
     * What is divided by.
     *
     * @param root of the second moment
     * @param factor what the correction makes of epsilon where it stands before it
     */
    double at(double root, double factor) {
        return switch (place) {
            case OUTSIDE -> root + epsilon;
            case BEFORE_THE_CORRECTION -> root + epsilon * factor;
            case INSIDE -> Math.hypot(root, Math.sqrt(epsilon));
            case NONE -> root;
        };
    }

    /** The root below which epsilon decides. */
    double scale() {
        return place == Place.INSIDE ? Math.sqrt(epsilon) : epsilon * correction;
    }
}
