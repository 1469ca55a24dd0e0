package samestep.dialect.tensorflow.graph.training;

import java.util.Map;
import samestep.finding.Place;
import samestep.recipe.Quantity;

/**
 * How an optimizer's operation updates a variable.
 *
 * @param equations the name of the equations that it executes
 * @param numbers its hyper-parameters by their names in the equations, flags as 1 and 0
 * @param starts what its states start with, by their names in the equations
 * @param place of the operation
 */
public record Update(String equations, Map<String, Quantity> numbers, Map<String, Quantity> starts, Place place) {
    /** Copies the numbers. */
    public Update {
        numbers = Map.copyOf(numbers);
        starts = Map.copyOf(starts);
    }
}
