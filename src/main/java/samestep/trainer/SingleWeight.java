package samestep.trainer;

import java.util.Collections;
import java.util.List;
import samestep.equation.Branch;
import samestep.equation.Formula;
import samestep.equation.Shape;
import samestep.equation.run.Algebra;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;

/** Trains one weight alone, to see what an update does to it. */
public final class SingleWeight {
    private SingleWeight() {}

    /**
     * The weight after some updates, from the state that a run starts with.
     *
     * @param parameter a parameter of the recipe that is not frozen
     * @param initial the weight before
     * @param gradient the gradient of the loss, in every micro-step
     * @throws ArithmeticException when it has no value in this arithmetic
     */
    public static <V> V after(
            int updates, Recipe recipe, Parameter parameter, Algebra<V> algebra, V initial, V gradient) {
        return run(updates, recipe, parameter, algebra, initial, gradient, (update, weight) -> {});
    }

    /** Sees the weight after each update. */
    @FunctionalInterface
    public interface Watcher<V> {
        /**
         * After an update.
         *
         * @param update from 1
         * @param weight valid until the next update
         */
        void after(int update, V weight);
    }

    /**
     * The same, and shows the weight after every update on the way.
     *
     * @throws ArithmeticException when it has no value in this arithmetic
     */
    public static <V> V run(
            int updates,
            Recipe recipe,
            Parameter parameter,
            Algebra<V> algebra,
            V initial,
            V gradient,
            Watcher<V> watcher) {
        Stepper<V> stepper = new Stepper<>(
                List.of(new Stepper.Binding<>(parameter, Shape.SCALAR, initial)), algebra, Branch.Observer.NONE, 1, 1);
        Formula<V> rate = recipe.schedule().rate(algebra);
        List<List<V>> gradients = Collections.nCopies(recipe.microSteps(), List.of(gradient));
        V first = rate.at(algebra.number(0));
        V before = first;
        for (int t = 0; t < updates; t++) {
            V now = rate.at(algebra.number(t));
            stepper.update(t, new Stepper.Rates<>(now, before, first, first), gradients);
            before = now;
            watcher.after(t + 1, stepper.weights(0));
        }
        return stepper.weights(0);
    }
}
