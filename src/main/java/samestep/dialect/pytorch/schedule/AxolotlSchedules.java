package samestep.dialect.pytorch.schedule;

import static samestep.dialect.pytorch.schedule.PytorchSchedules.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/**
 * axolotl's own schedules. REX is stepped once before the first update, which has the rate of step 1, and has its least rate in the
 * last. Source: axolotl/utils/schedulers.py of 067b021c.
 */
final class AxolotlSchedules {
    private static final Expression ZERO = Expression.literal(0);
    private static final Expression ONE = ScheduleForm.ONE;
    private static final Expression T = ScheduleForm.T;

    private AxolotlSchedules() {}

    /** The form; empty where it is not one of these. */
    static Optional<ScheduleForm> form(PytorchObject schedule, Expression base) {
        if (!schedule.classPath().startsWith("axolotl.")) {
            return Optional.empty();
        }
        long warmup = Exact.ceiling(value(schedule, "num_warmup_steps", "0"));
        long updates = Exact.ceiling(value(schedule, "num_training_steps", "1"));
        Expression end = base.times(value(schedule, "min_lr_ratio", "0"));
        if (warmup > updates) {
            return Optional.empty();
        }
        return switch (schedule.className()) {
            case "rex" -> Optional.of(rex(base, end, warmup, updates));
            case "cosine_min_lr" -> cosine(linear(base, warmup), base, end, warmup, updates, false);
            case "quadratic_warmup" -> {
                Expression share = T.over(Expression.literal(Math.max(1, warmup)));
                yield cosine(
                        new ScheduleForm.Other(base.times(share.times(share))), base, ZERO, warmup, updates, false);
            }
            case "constant_end" -> {
                double share =
                        Exact.value(value(schedule, "constant_lr_ratio", "1")).doubleValue();
                yield cosine(linear(base, warmup), base, end, warmup, (long) (updates * share), true);
            }
            default -> Optional.empty();
        };
    }

    private static ScheduleForm linear(Expression base, long warmup) {
        return new ScheduleForm.Polynomial(ZERO, base, Expression.literal(Math.max(1, warmup)), ONE, true);
    }

    /** Half a cosine from the warm-up's end to an update. */
    private static Optional<ScheduleForm> cosine(
            ScheduleForm rise, Expression base, Expression end, long warmup, long last, boolean stays) {
        if (last <= warmup) {
            return Optional.empty();
        }
        ScheduleForm fall = new Cosine(base, end, Expression.literal(last - warmup), stays);
        return Optional.of(warmup == 0 ? fall : new Sequence(List.of(warmup), List.of(rise, fall)));
    }

    private static ScheduleForm rex(Expression base, Expression end, long warmup, long updates) {
        List<Long> starts = new ArrayList<>();
        List<ScheduleForm> pieces = new ArrayList<>();
        if (warmup > 0) {
            pieces.add(new ScheduleForm.Polynomial(
                    base.over(Expression.literal(warmup)),
                    base,
                    Expression.literal(Math.max(1, warmup - 1)),
                    ONE,
                    true));
            starts.add(warmup);
        }
        long rest = updates - warmup;
        if (rest > 1) {
            Expression left = ONE.minus(T.plus(ONE).over(Expression.literal(rest)));
            Expression tenth = Expression.literal(new BigDecimal("0.1"));
            Expression shape = left.over(tenth.plus(left.times(ONE.minus(tenth))));
            pieces.add(new ScheduleForm.Other(end.plus(base.minus(end).times(shape))));
            starts.add(updates - 1);
        }
        pieces.add(new ScheduleForm.Constant(end));
        return starts.isEmpty() ? pieces.get(0) : new Sequence(starts, pieces);
    }
}
