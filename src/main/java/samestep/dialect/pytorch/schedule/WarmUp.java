package samestep.dialect.pytorch.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import samestep.equation.Builtin;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expression.Comparing;
import samestep.equation.Expressions;
import samestep.equation.Function;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/** A rate that rises at the start of a schedule which has begun to count already. */
final class WarmUp {
    private static final Expression T = ScheduleForm.T;

    private WarmUp() {}

    /** From a rate in a straight line to where the schedule is at the end of the warm-up. */
    static ScheduleForm linear(Expression from, Expression steps, ScheduleForm then) {
        return before(steps, new ScheduleForm.Polynomial(from, at(then, steps), steps, ScheduleForm.ONE, true), then);
    }

    /** Another form instead, up to a step. */
    static ScheduleForm before(Expression steps, ScheduleForm first, ScheduleForm then) {
        long start = Exact.ceiling(steps);
        return start <= 0 ? then : new Sequence(List.of(start), List.of(first, from(start, then)));
    }

    /** The schedule times a factor that rises in a straight line to 1. */
    static ScheduleForm times(Expression factor, Expression steps, ScheduleForm then) {
        if (Exact.ceiling(steps) <= 0) {
            return then;
        }
        Expression share = T.over(steps);
        Expression rising = factor.times(ScheduleForm.ONE.minus(share)).plus(share);
        Expression before = new Comparing(Comparison.LESS, T, steps);
        return new ScheduleForm.Other(
                Expression.call(Function.WHERE, before, then.formula().times(rising), then.formula()));
    }

    /** The rate at a step. */
    static Expression at(ScheduleForm form, Expression step) {
        return form instanceof ScheduleForm.Constant constant
                ? constant.base()
                : Expression.literal(Exact.value(Expressions.substitute(form.formula(), Map.of(Builtin.T, step))));
    }

    private static boolean isRising(List<Long> starts) {
        for (int i = 1; i < starts.size(); i++) {
            if (starts.get(i) < starts.get(i - 1)) {
                return false;
            }
        }
        return true;
    }

    /** The same schedule, counted from a later step. */
    private static ScheduleForm from(long start, ScheduleForm form) {
        Expression later = Expression.literal(start);
        if (form instanceof ScheduleForm.Steps steps && isRising(steps.starts())) {
            List<Long> starts = new ArrayList<>();
            List<Expression> values = new ArrayList<>();
            for (int i = 0; i < steps.values().size(); i++) {
                long since = i == 0 ? 0 : steps.starts().get(i - 1);
                if (since > start) {
                    starts.add(since - start);
                } else {
                    values.clear();
                }
                values.add(steps.values().get(i));
            }
            return starts.isEmpty() ? new ScheduleForm.Constant(values.get(0)) : new ScheduleForm.Steps(starts, values);
        }
        return later(later, form);
    }

    /** A schedule without sudden drops, of which so many steps are over at step 0. */
    static ScheduleForm later(Expression over, ScheduleForm form) {
        if (form instanceof ScheduleForm.Constant) {
            return form;
        }
        return form instanceof Cosine c
                ? new Cosine(c.base(), c.end(), c.horizon(), c.phase().plus(over), c.held())
                : new ScheduleForm.Other(Expressions.substitute(form.formula(), Map.of(Builtin.T, T.plus(over))));
    }
}
