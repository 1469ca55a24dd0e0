package samestep.compare.trait;

import java.util.List;
import java.util.function.UnaryOperator;
import samestep.compare.proof.Pair;
import samestep.recipe.Parameter;

/**
 * Something in which two parameters' updates differ, with the change that takes it away.
 *
 * @param trait what it is
 * @param change gives the second side's parameter what the first one's has
 */
public record TraitTrial(Trait trait, UnaryOperator<Parameter> change) {

    /** One for each trait; none for equal sides. */
    public static List<TraitTrial> of(Parameter source, Parameter target) {
        return Traits.of(new Pair(source, target)).stream()
                .map(settable -> new TraitTrial(
                        settable.trait(),
                        parameter -> settable.set()
                                .apply(new Pair(source, parameter))
                                .target()))
                .toList();
    }
}
