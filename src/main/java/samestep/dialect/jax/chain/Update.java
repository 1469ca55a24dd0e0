package samestep.dialect.jax.chain;

import java.util.List;
import samestep.recipe.Stage;

/**
 * What a chain does to one parameter.
 *
 * @param stages in order
 * @param rate what the direction is multiplied by before it is taken from the weight
 * @param isFrozen whether the parameter does not move
 */
public record Update(List<Stage> stages, Rate rate, boolean isFrozen) {
    /** Copies the stages. */
    public Update {
        stages = List.copyOf(stages);
    }
}
