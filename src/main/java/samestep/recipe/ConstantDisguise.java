package samestep.recipe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.equation.run.Exact;

/** Finds the simplest form of a schedule: a factor of 1, a power of 0 or a drop after the end of the run change nothing. */
public final class ConstantDisguise {
    /** Much more than what double precision loses of a rate. */
    private static final double CLEARLY = 1e-6;

    private ConstantDisguise() {}

    /** The simplest form that has the same rate at every update. */
    public static ScheduleForm simplest(ScheduleForm form) {
        if (form instanceof ScheduleForm.Staircase s) {
            return isOne(s.factor())
                    ? new ScheduleForm.Constant(s.base())
                    : isOne(s.every()) ? new ScheduleForm.Exponential(s.base(), s.factor(), s.every()) : s;
        }
        if (form instanceof ScheduleForm.Exponential e) {
            return isOne(e.factor()) ? new ScheduleForm.Constant(e.base()) : e;
        }
        if (form instanceof ScheduleForm.InverseTime i) {
            return isZero(i.slope()) || isZero(i.power()) ? new ScheduleForm.Constant(i.base()) : i;
        }
        if (form instanceof ScheduleForm.Polynomial p) {
            return equal(p.base(), p.end()) ? new ScheduleForm.Constant(p.base()) : p;
        }
        if (form instanceof EpochShares shares) {
            return shares.simplest();
        }
        return form instanceof ScheduleForm.Steps s ? withoutEmptySteps(s) : form;
    }

    /**
     * The simplest form that has the same rate at every update of a run.
     *
     * @param horizon updates of the run
     */
    public static ScheduleForm simplest(ScheduleForm form, OptionalLong horizon) {
        if (horizon.isPresent()
                && form instanceof ScheduleForm.Polynomial p
                && isZero(p.power())
                && Exact.value(p.horizon()).compareTo(BigDecimal.valueOf(horizon.getAsLong())) >= 0) {
            return new ScheduleForm.Constant(p.base());
        }
        return simplest(form);
    }

    /** Drops of the same update are one, and a drop to the same rate does not count. */
    private static ScheduleForm withoutEmptySteps(ScheduleForm.Steps steps) {
        List<Long> starts = new ArrayList<>();
        List<Expression> values = new ArrayList<>(List.of(steps.values().get(0)));
        for (int i = 0; i < steps.starts().size(); i++) {
            long start = steps.starts().get(i);
            Expression value = steps.values().get(i + 1);
            boolean replaces = start <= 0 || !starts.isEmpty() && starts.get(starts.size() - 1) == start;
            if (replaces) {
                values.set(values.size() - 1, value);
            } else if (!equal(values.get(values.size() - 1), value)) {
                starts.add(start);
                values.add(value);
            }
        }
        return starts.isEmpty() ? new ScheduleForm.Constant(values.get(0)) : new ScheduleForm.Steps(starts, values);
    }

    private static double roughly(Expression value) {
        return Formula.compile(value, new DoubleAlgebra(false)).at(new double[] {0})[0];
    }

    private static boolean isOne(Expression value) {
        return Exact.value(value).compareTo(BigDecimal.ONE) == 0;
    }

    private static boolean isZero(Expression value) {
        return Exact.value(value).signum() == 0;
    }

    /** A look in double precision spares the exact values of most steps, which have thousands of digits after a thousand. */
    private static boolean equal(Expression one, Expression other) {
        if (one.equals(other)) {
            return true;
        }
        double left = roughly(one);
        double right = roughly(other);
        if (Math.abs(left - right) > CLEARLY * Math.max(Math.abs(left), Math.abs(right))) {
            return false;
        }
        return Exact.value(one).compareTo(Exact.value(other)) == 0;
    }
}
