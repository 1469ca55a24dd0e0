package samestep.trainer;

import java.util.Collections;
import java.util.List;
import samestep.equation.Branch;
import samestep.equation.DoubleAlgebra;
import samestep.equation.Formula;
import samestep.equation.Shape;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;

/** What becomes of a weight in the first updates of a recipe: whether its values make sense at all. */
public enum FirstUpdates {
    /** It moves, by a finite amount. */
    MOVE,
    /** It stays what it was. */
    STAND_STILL,
    /** It becomes infinite or is no number. */
    NOT_A_NUMBER;

    private static final int UPDATES = 2;
    private static final double[] ONE = {1};

    /**
     * Takes two updates of a weight that is 1 under gradients that are 1. Two, because many schedules start at zero.
     *
     * @param parameter a parameter of the recipe that is not frozen
     */
    public static FirstUpdates of(Recipe recipe, Parameter parameter) {
        DoubleAlgebra algebra = new DoubleAlgebra(true);
        Stepper<double[]> stepper = new Stepper<>(
                List.of(new Stepper.Binding<>(parameter, Shape.SCALAR, ONE)), algebra, Branch.Observer.NONE, 1, 1);
        Formula<double[]> rate = recipe.schedule().rate(algebra);
        List<List<double[]>> gradients = Collections.nCopies(recipe.microSteps(), List.of(ONE));
        double[] first = rate.at(new double[] {0});
        double[] before = first;
        for (int t = 0; t < UPDATES; t++) {
            double[] now = rate.at(new double[] {t});
            stepper.update(t, new Stepper.Rates<>(now, before, first, first), gradients);
            before = now;
        }
        double weight = stepper.weights(0)[0];
        if (!Double.isFinite(weight)) {
            return NOT_A_NUMBER;
        }
        return weight == 1 ? STAND_STILL : MOVE;
    }
}
