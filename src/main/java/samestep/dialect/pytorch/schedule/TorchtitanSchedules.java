package samestep.dialect.pytorch.schedule;

import static samestep.dialect.pytorch.schedule.PytorchSchedules.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/**
 * torchtitan's warm-up, constant rate and decay. Steps count from 1 in the warm-up and in the decay, and a step is added to the run, so
 * that the last rate is not 0. Source: torchtitan/components/lr_scheduler.py.
 */
final class TorchtitanSchedules {
    private static final Expression ONE = ScheduleForm.ONE;
    private static final Expression HALF = Expression.literal(new BigDecimal("0.5"));

    private TorchtitanSchedules() {}

    /** The form; empty where it is not torchtitan's, or torchtitan refuses it. */
    static Optional<ScheduleForm> form(PytorchObject schedule, Expression base) {
        if (!schedule.classPath().equals("torchtitan.linear_warmup_stable_decay")) {
            return Optional.empty();
        }
        long total = Exact.ceiling(value(schedule, "total_steps", "1"));
        long warmup = Math.min(total, Exact.ceiling(value(schedule, "warmup_steps", "0")));
        long decay = schedule.number("decay_ratio")
                .map(ratio -> Math.min(total - warmup, rounded(ratio, total)))
                .orElse(total - warmup);
        if (total < 1 || warmup < 0 || decay < 0) {
            return Optional.empty();
        }
        List<Long> starts = new ArrayList<>();
        List<ScheduleForm> pieces = new ArrayList<>();
        if (warmup > 0) {
            pieces.add(rising(base, warmup));
            starts.add(warmup);
        }
        pieces.add(new ScheduleForm.Constant(base));
        if (decay == 0) {
            return Optional.of(joined(starts, pieces));
        }
        starts.add(total + 1 - decay);
        return falling(schedule, base, decay).map(form -> {
            pieces.add(form);
            return joined(starts, pieces);
        });
    }

    /** As Python's round: a half goes to the even number. */
    private static long rounded(Quantity ratio, long total) {
        return ratio.decimal()
                .multiply(BigDecimal.valueOf(total))
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValue();
    }

    private static ScheduleForm joined(List<Long> starts, List<ScheduleForm> pieces) {
        return starts.isEmpty() ? pieces.get(0) : new Sequence(starts, pieces);
    }

    private static ScheduleForm rising(Expression base, long steps) {
        return steps == 1
                ? new ScheduleForm.Constant(base)
                : new ScheduleForm.Polynomial(
                        base.over(Expression.literal(steps)), base, Expression.literal(steps - 1), ONE, true);
    }

    private static Optional<ScheduleForm> falling(PytorchObject schedule, Expression base, long steps) {
        Expression least = value(schedule, "min_lr_factor", "0");
        Expression end = base.times(least);
        Expression length = Expression.literal(steps);
        return switch (schedule.text("decay_type").orElse("linear")) {
            case "linear" -> {
                Expression first = least.plus(ONE.minus(least).times(ONE.minus(ONE.over(length))));
                yield Optional.of(
                        steps == 1
                                ? new ScheduleForm.Constant(end)
                                : new ScheduleForm.Polynomial(
                                        base.times(first), end, Expression.literal(steps - 1), ONE, true));
            }
            case "cosine" -> Optional.of(new Cosine(base, end, length, ONE, false));
            case "sqrt" -> {
                Expression share = ScheduleForm.T.plus(ONE).over(length);
                yield Optional.of(new ScheduleForm.Other(
                        base.times(least.plus(ONE.minus(least).times(ONE.minus(share.power(HALF)))))));
            }
            default -> Optional.empty();
        };
    }
}
