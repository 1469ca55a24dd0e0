package samestep.compare.observed;

import java.util.List;
import java.util.Optional;
import samestep.compare.trait.Trait;

/**
 * Whether a recipe does what was observed.
 *
 * @param agrees whether it does, at every weight after every update
 * @param largest the largest difference, in units of the number format
 * @param first the first update and weight that differ
 * @param traits what explains it: with all of them set to what was described, the recipe does what was observed; empty where
 *     nothing that was tried explains it
 */
public record Verification(boolean agrees, double largest, Optional<First> first, List<Trait> traits) {
    /** Copies the traits. */
    public Verification {
        traits = List.copyOf(traits);
    }

    /**
     * Where the two differ first.
     *
     * @param stream what the gradients are like
     * @param update from 1
     * @param tensor the parameter
     * @param observed the weight that the optimizer gave
     * @param expected the weight that the recipe gives
     * @param units how far they are from each other
     */
    public record First(String stream, int update, String tensor, double observed, double expected, double units) {}
}
