package samestep.dialect.pytorch.schedule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Function;
import samestep.equation.run.Exact;
import samestep.recipe.ScheduleForm;

/** A schedule that is stepped once an epoch, in updates: all updates of an epoch have one rate. */
public final class EpochSchedule {
    /** A run of more epochs is a formula, and no list of rates. */
    private static final long MOST_PIECES = 1_000;

    private EpochSchedule() {}

    /**
     * The same schedule in updates.
     *
     * @param form in epochs
     * @param length updates in an epoch
     * @param epochs of the run, if known
     */
    public static ScheduleForm inUpdates(ScheduleForm form, long length, OptionalLong epochs) {
        Expression n = Expression.literal(length);
        if (length == 1 || form instanceof ScheduleForm.Constant) {
            return form;
        }
        if (form instanceof ScheduleForm.Steps steps) {
            return new ScheduleForm.Steps(
                    steps.starts().stream().map(start -> times(start, length)).toList(), steps.values());
        }
        if (form instanceof ScheduleForm.Staircase stairs && PytorchScheduleWriter.isWhole(stairs.every())) {
            return new ScheduleForm.Staircase(
                    stairs.base(), stairs.factor(), stairs.every().times(n));
        }
        if (form instanceof ScheduleForm.Exponential e && Exact.value(e.per()).compareTo(BigDecimal.ONE) == 0) {
            return new ScheduleForm.Staircase(e.base(), e.factor(), n);
        }
        if (epochs.isPresent() && epochs.getAsLong() > 0 && epochs.getAsLong() <= MOST_PIECES) {
            return pieces(form, length, epochs.getAsLong());
        }
        Expression epoch = Expression.call(Function.FLOOR, ScheduleForm.T.over(n));
        return new ScheduleForm.Other(Expressions.substitute(form.formula(), Map.of(Builtin.T, epoch)));
    }

    /** Written out: any framework can say it. */
    private static ScheduleForm pieces(ScheduleForm form, long length, long epochs) {
        List<Long> starts = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        for (long epoch = 0; epoch < epochs; epoch++) {
            Expression value = WarmUp.at(form, Expression.literal(epoch));
            if (values.isEmpty() || !Exact.value(values.get(values.size() - 1)).equals(Exact.value(value))) {
                if (!values.isEmpty()) {
                    starts.add(times(epoch, length));
                }
                values.add(value);
            }
        }
        return starts.isEmpty() ? new ScheduleForm.Constant(values.get(0)) : new ScheduleForm.Steps(starts, values);
    }

    private static long times(long epochs, long length) {
        try {
            return Math.multiplyExact(epochs, length);
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
