package samestep.dialect.pytorch.schedule;

import static samestep.dialect.pytorch.schedule.PytorchSchedules.value;

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
 * DeepSpeed's schedules. They are stepped after an update, from -1, and set the first rate when they are made: update 0 has the
 * least rate, and so has update 1, from which the warm-up is counted. Before 0.15.3 they set no first rate. Source:
 * runtime/lr_schedules.py of 0.15.2 and 0.19.6.
 */
final class DeepSpeedSchedules {
    private static final Expression ZERO = Expression.literal(0);
    private static final Expression ONE = ScheduleForm.ONE;
    private static final String PACKAGE = "deepspeed.";

    private DeepSpeedSchedules() {}

    /** The form of a schedule; empty where it is not one of those of DeepSpeed that are read. */
    static Optional<ScheduleForm> form(PytorchObject schedule, Expression base) {
        if (!schedule.classPath().startsWith(PACKAGE)) {
            return Optional.empty();
        }
        Expression least = value(schedule, "warmup_min_lr", "0");
        Expression most = schedule.number("warmup_max_lr").map(Quantity::value).orElse(base);
        return switch (schedule.className()) {
            case "WarmupLR" ->
                Optional.of(
                        warmed(schedule, first(schedule, base, least), least, most, new ScheduleForm.Constant(most)));
            case "WarmupDecayLR" ->
                after(schedule).map(length -> {
                    Expression top = value(schedule, "warmup_max_lr", "0.001");
                    return warmed(
                            schedule,
                            first(schedule, base, least),
                            least,
                            top,
                            new ScheduleForm.Polynomial(top, least, length, ONE, true));
                });
            case "WarmupCosineLR" ->
                after(schedule)
                        .map(length -> warmed(
                                schedule,
                                first(schedule, base, ZERO),
                                base.times(value(schedule, "warmup_min_ratio", "0")),
                                base,
                                new Cosine(
                                        base,
                                        base.times(value(schedule, "cos_min_ratio", "0.0001")),
                                        length,
                                        ONE,
                                        true)));
            default -> Optional.empty();
        };
    }

    /** Before version 0.15.3 the first update is made before the schedule sets any rate. */
    private static Expression first(PytorchObject schedule, Expression base, Expression since) {
        return schedule.isOn(SchedulerArguments.FIRST_AT_LR) ? base : since;
    }

    private static long length(PytorchObject schedule) {
        return Math.max(2, Exact.ceiling(value(schedule, "warmup_num_steps", "1000")));
    }

    private static Optional<Expression> after(PytorchObject schedule) {
        return schedule.number("total_num_steps")
                .map(total -> Expression.literal(Math.max(1, Exact.ceiling(total.value()) - length(schedule))));
    }

    /** The first update has a rate of its own; then the rise, in a line or with the logarithm, and what follows. */
    private static ScheduleForm warmed(
            PytorchObject schedule, Expression first, Expression least, Expression most, ScheduleForm then) {
        long steps = length(schedule);
        Expression length = Expression.literal(steps);
        boolean line = schedule.text("warmup_type").filter("linear"::equals).isPresent();
        Expression share =
                Expression.call(Function.LOG, ScheduleForm.T.plus(ONE)).over(Expression.call(Function.LOG, length));
        ScheduleForm rise = line
                ? new ScheduleForm.Polynomial(least, most, length, ONE, true)
                : new ScheduleForm.Other(least.plus(most.minus(least).times(share)));
        return new Sequence(List.of(1L, steps + 1), List.of(new ScheduleForm.Constant(first), rise, then));
    }
}
