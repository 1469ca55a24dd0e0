package samestep.compare.bound;

import java.util.Optional;
import samestep.recipe.EpsilonPlace;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * What an adaptive update divides by, as a function of the root of the second moment, after the bias correction where there
 * is one.
 *
 * @param place where epsilon is; one of those with a known form
 * @param epsilon the number
 * @param correction by how much the correction makes epsilon larger at the first update, where epsilon is added before
 *     it: 1 where it is not; falls to 1 in the course of the run
 */
public record Denominator(EpsilonPlace place, double epsilon, double correction) {
    /** As the top of the equations says; empty where no such form is known for them. */
    static Optional<Denominator> of(Stage.Optimizer optimizer) {
        EpsilonPlace place = EpsilonPlace.of(optimizer);
        boolean corrected = optimizer.values().containsKey("beta2");
        Optional<Quantity> epsilon = Optional.ofNullable(optimizer.values().get("epsilon"));
        boolean known = switch (place) {
            case NONE -> epsilon.isEmpty();
            case OUTSIDE, BEFORE_THE_CORRECTION -> epsilon.isPresent();
            case INSIDE -> epsilon.isPresent() && !corrected;
            case INSIDE_BOTH, UNKNOWN -> false;
        };
        return known
                ? Optional.of(new Denominator(
                        place,
                        epsilon.map(Quantity::doubleValue).orElse(0.0),
                        place == EpsilonPlace.BEFORE_THE_CORRECTION ? correction(optimizer) : 1))
                : Optional.empty();
    }

    /** Whether the quotient goes into a velocity. */
    public static boolean hasMomentum(Stage.Optimizer optimizer) {
        return EpsilonPlace.hasMomentum(optimizer);
    }

    private static double correction(Stage.Optimizer optimizer) {
        Quantity beta2 = optimizer.values().get("beta2");
        return beta2 == null ? 1 : 1 / Math.sqrt(1 - beta2.doubleValue());
    }

    /**
     * What is divided by.
     *
     * @param root of the second moment
     * @param factor by how much the correction enlarges epsilon where epsilon is added before it
     */
    double at(double root, double factor) {
        return switch (place) {
            case OUTSIDE -> root + epsilon;
            case BEFORE_THE_CORRECTION -> root + epsilon * factor;
            case INSIDE -> Math.hypot(root, Math.sqrt(epsilon));
            case NONE -> root;
            case INSIDE_BOTH, UNKNOWN -> throw new IllegalStateException("no form is known for epsilon " + place);
        };
    }

    /** The root below which epsilon decides. */
    public double scale() {
        return place == EpsilonPlace.INSIDE ? Math.sqrt(epsilon) : epsilon * correction;
    }
}
