package samestep.compare;

import java.util.List;
import samestep.compare.proof.Bound;
import samestep.compare.trait.Trait;
import samestep.recipe.Parameter;

/**
 * What makes the updates of some parameters different, found by testing.
 *
 * @param parameters those that behave alike, as the source names them
 * @param traits the fewest that explain it: with the source's in place of the target's, both are proven to be the same;
 *     empty when no set of those that were tried does
 * @param conditions each of which alone makes both the same; where none does, two together
 * @param agreeing how many updates at the start of a run are the same nevertheless, whatever the gradients and the rate; 0
 *     too where only a change of the rate makes a difference
 * @param bounds of how much one update can differ
 */
public record Difference(
        List<Parameter> parameters, List<Trait> traits, List<Condition> conditions, int agreeing, List<Bound> bounds) {
    /** Copies the lists. */
    public Difference {
        parameters = List.copyOf(parameters);
        traits = List.copyOf(traits);
        conditions = List.copyOf(conditions);
        bounds = List.copyOf(bounds);
    }
}
