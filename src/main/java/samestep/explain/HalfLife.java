package samestep.explain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import samestep.equation.Expression;
import samestep.equation.run.DoubleAlgebra;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;
import samestep.trainer.SingleWeight;

/**
 * How fast a weight shrinks that has no gradient, in the long run at the first update's rate: found by running it. Without
 * momentum an update takes {@code rate * decay} of it, with momentum and the decay in the gradient nearly
 * {@code rate * decay / (1 - momentum)}.
 *
 * @param factor what an update multiplies it by
 */
public record HalfLife(double factor) {
    private static final int[] LONG_RUNS = {4_000, 400, 40};
    private static final double STEADY = 1e-7;
    private static final double UNDERFLOW = 1e-250;
    private static final int MOST = 4096;
    /** What was run already, for a process that answers many calls: by all that a run reads. */
    private static final Map<List<Object>, Optional<HalfLife>> KNOWN = new ConcurrentHashMap<>();

    /** Empty where it does not shrink, or by no factor: adaptive updates divide the decay by its own history. */
    static Optional<HalfLife> of(Recipe recipe, Parameter parameter) {
        List<Object> key = List.of(
                recipe.schedule().rateAtStart(),
                recipe.microSteps(),
                parameter.rateMultiplier().value(),
                parameter.stages().stream().map(Stage::behaviour).toList());
        Optional<HalfLife> known = KNOWN.get(key);
        if (known != null) {
            return known;
        }
        Optional<HalfLife> found = run(recipe, parameter);
        if (KNOWN.size() < MOST) {
            KNOWN.put(key, found);
        }
        return found;
    }

    private static Optional<HalfLife> run(Recipe recipe, Parameter parameter) {
        Recipe constant = atFirstRate(recipe);
        for (int updates : LONG_RUNS) {
            double[] around = around(updates, constant, parameter, 1);
            double before = around[1];
            if (Math.abs(before) > UNDERFLOW) {
                double factor = around[2] / before;
                double earlier = before / around[0];
                double ofTwo = around(updates, constant, parameter, 2)[1] / before;
                boolean steady = Math.abs(earlier - factor) < STEADY * (1 - factor) && Math.abs(ofTwo - 2) < STEADY;
                return steady && factor > 0 && factor < 1 ? Optional.of(new HalfLife(factor)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Recipe atFirstRate(Recipe recipe) {
        Expression first = Expression.literal(recipe.schedule().rateAtStart());
        Schedule constant = Schedule.of(new ScheduleForm.Constant(first), 1, OptionalLong.empty(), "the first rate");
        return recipe.withRates(constant, Expression.literal(1));
    }

    /** The weight an update before, then, and an update later. */
    private static double[] around(int updates, Recipe recipe, Parameter parameter, double weight) {
        double[] found = new double[3];
        double[] initial = {weight};
        double[] none = {0};
        SingleWeight.run(updates + 1, recipe, parameter, new DoubleAlgebra(false), initial, none, (update, now) -> {
            if (update >= updates - 1) {
                found[update - updates + 1] = now[0];
            }
        });
        return found;
    }

    /** After how many updates it is 1/e of what it was: {@code 1 / (rate * decay)} without momentum, for small decays. */
    public double timeConstant() {
        return -1 / Math.log(factor);
    }

    /** After how many updates it is half of what it was. */
    public double updates() {
        return Math.log(2) * timeConstant();
    }
}
