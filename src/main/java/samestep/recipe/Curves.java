package samestep.recipe;

import java.math.BigDecimal;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expression.Comparing;
import samestep.equation.Function;

/** Formulas of schedules that several frameworks have, in the step {@code t}. */
public final class Curves {
    private static final Expression T = ScheduleForm.T;
    private static final Expression ONE = ScheduleForm.ONE;
    private static final Expression HALF = Expression.literal(new BigDecimal("0.5"));

    private Curves() {}

    /**
     * From the top to alpha times the top, along half a cosine.
     *
     * @param part how far it is, from 0 to 1
     * @param height what the wave is multiplied by
     */
    public static Expression cosine(Expression top, Expression alpha, Expression part, Expression height) {
        Expression wave = ONE.plus(Expression.call(Function.COS, Cosine.PI.times(part)));
        return top.times(ONE.minus(alpha).times(HALF).times(height).times(wave).plus(alpha));
    }

    /**
     * Falls to the end again and again, each time from where a longer fall would be by then.
     *
     * @param turns the step over {@code steps}, as it is computed: it decides where a fall ends
     */
    public static Expression repeatedPolynomial(
            Expression first, Expression end, Expression steps, Expression power, Expression turns) {
        Expression periods = new Expression.Negation(Expression.call(Function.FLOOR, new Expression.Negation(turns)));
        Expression atStart = new Comparing(Comparison.EQUAL, T, Expression.literal(0));
        Expression horizon = steps.times(Expression.call(Function.WHERE, atStart, ONE, periods));
        Expression left = ONE.minus(T.over(horizon)).power(power);
        return first.minus(end).times(left).plus(end);
    }
}
