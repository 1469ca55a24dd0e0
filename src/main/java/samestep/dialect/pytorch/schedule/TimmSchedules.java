package samestep.dialect.pytorch.schedule;

import static samestep.dialect.pytorch.schedule.PytorchSchedules.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.equation.Expression;
import samestep.equation.Function;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/**
 * timm's schedules. Source: timm/scheduler/cosine_lr.py, step_lr.py, multistep_lr.py, poly_lr.py. The warm-up replaces
 * the schedule's first steps, unless it is a prefix.
 */
final class TimmSchedules {
    private static final Expression T = ScheduleForm.T;

    private TimmSchedules() {}

    /** The form; empty where it is not known. */
    static Optional<ScheduleForm> form(PytorchObject schedule, Expression base) {
        boolean plain = isOne(schedule, "cycle_mul") && isOne(schedule, "cycle_limit") && isOne(schedule, "k_decay");
        Optional<ScheduleForm> form = switch (schedule.className()) {
            case "CosineLRScheduler" ->
                plain
                        ? Optional.of(new Cosine(
                                base, value(schedule, "lr_min", "0"), value(schedule, "t_initial", "1"), true))
                        : Optional.empty();
            case "PolyLRScheduler" ->
                plain
                        ? Optional.of(new ScheduleForm.Polynomial(
                                base,
                                value(schedule, "lr_min", "0"),
                                value(schedule, "t_initial", "1"),
                                value(schedule, "power", "0.5"),
                                true))
                        : Optional.empty();
            case "StepLRScheduler" -> Optional.of(steps(schedule, base));
            case "MultiStepLRScheduler" -> Optional.of(milestones(schedule, base));
            default -> Optional.empty();
        };
        return form.map(f -> warmed(schedule, f));
    }

    private static boolean isOne(PytorchObject schedule, String argument) {
        return schedule.number(argument).map(Quantity::isOne).orElse(true);
    }

    private static ScheduleForm warmed(PytorchObject schedule, ScheduleForm form) {
        Expression steps = value(schedule, "warmup_t", "0");
        Expression from = value(schedule, "warmup_lr_init", "0");
        if (Exact.ceiling(steps) <= 0) {
            return form;
        }
        Expression base = WarmUp.at(form, Expression.literal(0));
        ScheduleForm rise = new ScheduleForm.Polynomial(from, base, steps, ScheduleForm.ONE, true);
        return schedule.isOn("warmup_prefix")
                ? new Sequence(List.of(Exact.ceiling(steps)), List.of(rise, form))
                : WarmUp.before(steps, rise, form);
    }

    private static ScheduleForm steps(PytorchObject schedule, Expression base) {
        Expression factor = value(schedule, "decay_rate", "1");
        Expression every = value(schedule, "decay_t", "1");
        if (Exact.value(factor).compareTo(BigDecimal.ONE) == 0) {
            return new ScheduleForm.Constant(base);
        }
        return Exact.ceiling(every) > 0 && PytorchScheduleWriter.isWhole(every)
                ? new ScheduleForm.Staircase(base, factor, every)
                : new ScheduleForm.Other(base.times(factor.power(Expression.call(Function.FLOOR, T.over(every)))));
    }

    /** The rate drops one step before the milestone: timm asks for the step after the one that is counted. */
    private static ScheduleForm milestones(PytorchObject schedule, Expression base) {
        Expression factor = value(schedule, "decay_rate", "1");
        List<Long> starts = new ArrayList<>();
        List<Expression> values = new ArrayList<>(List.of(base));
        for (long milestone : schedule.numbers("decay_t").stream()
                .mapToLong(m -> Exact.ceiling(m.value()))
                .sorted()
                .toArray()) {
            starts.add(Math.max(0, milestone - 1));
            values.add(base.times(factor.power(Expression.literal(starts.size()))));
        }
        return new ScheduleForm.Steps(starts, values);
    }
}
