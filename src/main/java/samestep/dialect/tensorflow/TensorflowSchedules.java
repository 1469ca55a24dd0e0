package samestep.dialect.tensorflow;

import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.equation.Function;
import samestep.recipe.Cosine;
import samestep.recipe.Curves;
import samestep.recipe.ScheduleForm;

/** What the functions of tf.compat.v1.train give at a step. Source: python/keras/optimizer_v2/legacy_learning_rate_decay.py. */
public final class TensorflowSchedules {
    private static final Expression T = ScheduleForm.T;
    private static final Expression ONE = ScheduleForm.ONE;

    private TensorflowSchedules() {}

    /** {@code exponential_decay}. */
    public static ScheduleForm exponential(Expression first, Expression factor, Expression steps, boolean staircase) {
        return staircase
                ? new ScheduleForm.Staircase(first, factor, steps)
                : new ScheduleForm.Exponential(first, factor, steps);
    }

    /** {@code natural_exp_decay}. */
    public static ScheduleForm naturalExponential(
            Expression first, Expression rate, Expression steps, boolean staircase) {
        Expression factor = Expression.call(Function.EXP, new Expression.Negation(rate));
        return exponential(first, factor, steps, staircase);
    }

    /** {@code inverse_time_decay}. */
    public static ScheduleForm inverseTime(Expression first, Expression rate, Expression steps, boolean staircase) {
        if (!staircase) {
            return new ScheduleForm.InverseTime(first, rate.over(steps), ONE);
        }
        Expression whole = Expression.call(Function.FLOOR, T.over(steps));
        return new ScheduleForm.Other(first.over(ONE.plus(rate.times(whole))));
    }

    /**
     * {@code piecewise_constant}, which keeps the value before a boundary at the boundary too.
     *
     * @return empty when there is not one value more than boundaries, or when they do not rise
     */
    public static Optional<ScheduleForm> piecewise(List<Long> boundaries, List<Expression> values) {
        List<Long> starts = boundaries.stream().map(boundary -> boundary + 1).toList();
        boolean rises = starts.stream().sorted().distinct().toList().equals(starts);
        return rises && values.size() == starts.size() + 1
                ? Optional.of(new ScheduleForm.Steps(starts, values))
                : Optional.empty();
    }

    /** {@code polynomial_decay}. */
    public static ScheduleForm polynomial(Expression first, Expression end, Expression steps, Expression power) {
        return new ScheduleForm.Polynomial(first, end, steps, power, true);
    }

    /** {@code polynomial_decay} with {@code cycle=True}. */
    public static ScheduleForm repeatedPolynomial(
            Expression first, Expression end, Expression steps, Expression power) {
        return new ScheduleForm.Other(Curves.repeatedPolynomial(first, end, steps, power, T.over(steps)));
    }

    /**
     * How a graph computes that. Its optimizer makes of the division by a constant a product with the reciprocal, which in
     * single precision is above a whole number at some of the ends: 90 times 1/30 is more than 3. The fall of the recording
     * {@code tf1-momentum-polynomial-cycle-l2} ends one step early there.
     */
    public static Expression repeatedPolynomialInGraph(
            Expression first, Expression end, Expression steps, Expression power) {
        return Curves.repeatedPolynomial(first, end, steps, power, T.times(ONE.over(steps)));
    }

    /** {@code cosine_decay}. */
    public static ScheduleForm cosine(Expression first, Expression alpha, Expression steps) {
        return new Cosine(first, first.times(alpha), steps, true);
    }

    /** How a graph computes that. */
    public static Expression cosineInGraph(Expression first, Expression alpha, Expression steps) {
        Expression step = Expression.call(Function.MIN, T, steps);
        return Curves.cosine(first, alpha, step.over(steps), ONE);
    }
}
