package samestep.trainer;

import samestep.equation.run.DoubleAlgebra;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;

/** What becomes of a weight in the first updates of a recipe: whether its values make sense at all. */
public enum FirstUpdates {
    /** It moves, by a finite amount. */
    MOVE,
    /** It stays what it was. */
    STAND_STILL,
    /** It becomes infinite or not a number. */
    NOT_A_NUMBER;

    private static final int UPDATES = 2;

    /**
     * Takes two updates of a weight that is 1 under gradients that are 1. Two, because many schedules start at zero.
     *
     * @param parameter a parameter of the recipe that is not frozen
     */
    public static FirstUpdates of(Recipe recipe, Parameter parameter) {
        double[] one = {1};
        double weight = SingleWeight.after(UPDATES, recipe, parameter, new DoubleAlgebra(true), one, one)[0];
        if (!Double.isFinite(weight)) {
            return NOT_A_NUMBER;
        }
        return weight == 1 ? STAND_STILL : MOVE;
    }
}
