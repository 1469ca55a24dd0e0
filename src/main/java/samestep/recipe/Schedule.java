package samestep.recipe;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.equation.Algebra;
import samestep.equation.Builtin;
import samestep.equation.DecimalAlgebra;
import samestep.equation.Exact;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Formula;

/**
 * The learning rate of every update.
 *
 * @param form what it is, in ideal arithmetic
 * @param formula how the framework computes it, in {@code t}, with {@code f32} where it rounds
 * @param microSteps how many of the formula's steps an update has: 1 when it counts updates
 * @param horizon the number of updates the run has, where the configuration says so
 * @param name the framework's own name of it, for messages
 */
public record Schedule(ScheduleForm form, Expression formula, int microSteps, OptionalLong horizon, String name) {

    /** A schedule whose framework computes the form as it stands. */
    public static Schedule of(ScheduleForm form, int microSteps, OptionalLong horizon, String name) {
        return new Schedule(form, form.formula(), microSteps, horizon, name);
    }

    /** The same without any rounding to single precision. */
    public Schedule withoutRounding() {
        return new Schedule(form, Expressions.withoutRounding(formula), microSteps, horizon, name);
    }

    /** The formula in updates: an update reads the rate at the last of its micro-steps. */
    public Expression formulaInUpdates() {
        if (microSteps == 1) {
            return formula;
        }
        Expression last = Expression.name(Builtin.T)
                .times(Expression.literal(microSteps))
                .plus(Expression.literal(microSteps - 1L));
        return Expressions.substitute(formula, Map.of(Builtin.T, last));
    }

    /** The normal form in updates, if it has one. */
    public Optional<ScheduleForm> formInUpdates() {
        return microSteps == 1 ? Optional.of(form) : form.everyNth(microSteps, microSteps - 1);
    }

    /** The rate of the first update, to a hundred digits. */
    public BigDecimal rateAtStart() {
        return rate(new DecimalAlgebra(Exact.DIGITS)).at(new BigDecimal[] {BigDecimal.ZERO})[0];
    }

    /** The schedule with every rate divided by a number. */
    public Schedule over(Expression divisor) {
        ScheduleForm smaller = ScheduleForms.scaled(form, Expression.literal(1).over(divisor));
        return new Schedule(smaller, formula.over(divisor), microSteps, horizon, name);
    }

    /** The rate of an update, ready to be computed. */
    public <V> Formula<V> rate(Algebra<V> algebra) {
        return Formula.compile(formulaInUpdates(), algebra);
    }
}
