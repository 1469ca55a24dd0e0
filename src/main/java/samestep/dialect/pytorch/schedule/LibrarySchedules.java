package samestep.dialect.pytorch.schedule;

import static samestep.dialect.pytorch.schedule.PytorchSchedules.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.mmengine.MmengineSchedules;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/** The schedules of libraries on top of PyTorch. Source: transformers/optimization.py. */
final class LibrarySchedules {
    private static final Expression ZERO = Expression.literal(0);
    private static final Expression ONE = ScheduleForm.ONE;

    private LibrarySchedules() {}

    /** The form of a library's schedule; empty where it is not known. */
    static Optional<ScheduleForm> form(PytorchObject schedule, Expression base) {
        return switch (schedule.className()) {
            case "get_constant_schedule" -> Optional.of(new ScheduleForm.Constant(base));
            case "get_constant_schedule_with_warmup" ->
                Optional.of(warmed(schedule, base, new ScheduleForm.Constant(base)));
            case "get_linear_schedule_with_warmup" ->
                Optional.of(
                        warmed(schedule, base, new ScheduleForm.Polynomial(base, ZERO, after(schedule), ONE, true)));
            case "get_cosine_schedule_with_warmup" -> cosine(schedule, base);
            case "get_polynomial_decay_schedule_with_warmup" ->
                Optional.of(warmed(
                        schedule,
                        base,
                        new ScheduleForm.Polynomial(
                                base,
                                value(schedule, "lr_end", "1e-7"),
                                after(schedule),
                                value(schedule, "power", "1"),
                                true)));
            case "get_inverse_sqrt_schedule" -> Optional.of(inverseRoot(schedule, base));
            case "get_cosine_with_hard_restarts_schedule_with_warmup" -> restarts(schedule, base);
            case "get_cosine_with_min_lr_schedule_with_warmup" -> withLowest(schedule, base);
            default ->
                DeepSpeedSchedules.form(schedule, base)
                        .or(() -> AxolotlSchedules.form(schedule, base))
                        .or(() -> TimmSchedules.form(schedule, base))
                        .or(() -> TorchtitanSchedules.form(schedule, base))
                        .or(() -> FvcoreSchedules.form(schedule, base))
                        .or(() -> YacsSchedules.form(schedule, base))
                        .or(() -> UltralyticsSchedules.form(schedule, base))
                        .or(() -> MmengineSchedules.form(schedule, base));
        };
    }

    /** The rate rises from 0 to the base, then comes what follows. */
    private static ScheduleForm warmed(PytorchObject schedule, Expression base, ScheduleForm then) {
        Expression steps = value(schedule, "num_warmup_steps", "0");
        long warmup = Exact.ceiling(steps);
        return warmup <= 0
                ? then
                : new Sequence(
                        List.of(warmup), List.of(new ScheduleForm.Polynomial(ZERO, base, steps, ONE, true), then));
    }

    private static Expression after(PytorchObject schedule) {
        return value(schedule, "num_training_steps", "1").minus(value(schedule, "num_warmup_steps", "0"));
    }

    /** So many waves until the end; half a one by default. */
    private static Optional<ScheduleForm> cosine(PytorchObject schedule, Expression base) {
        Expression waves = value(schedule, "num_cycles", "0.5");
        Expression half = after(schedule).over(waves.times(Expression.literal(2)));
        return Optional.of(warmed(schedule, base, new Cosine(base, ZERO, half, false)));
    }

    /** So many half waves, each from the top; nothing after the last. */
    private static Optional<ScheduleForm> restarts(PytorchObject schedule, Expression base) {
        long waves = Exact.ceiling(value(schedule, "num_cycles", "1"));
        Expression half = after(schedule).over(value(schedule, "num_cycles", "1"));
        if (waves < 1 || waves > 1_000 || !PytorchScheduleWriter.isWhole(half)) {
            return Optional.empty();
        }
        List<Long> starts = new ArrayList<>();
        List<ScheduleForm> pieces = new ArrayList<>();
        for (int i = 0; i < waves; i++) {
            pieces.add(new Cosine(base, ZERO, half, false));
            // A part of a wave ends where the run does.
            starts.add(Math.min(Exact.ceiling(half) * (i + 1), Exact.ceiling(after(schedule))));
        }
        pieces.add(new ScheduleForm.Constant(ZERO));
        ScheduleForm then = new Sequence(starts, pieces);
        return Optional.of(warmed(schedule, base, then));
    }

    private static Optional<ScheduleForm> withLowest(PytorchObject schedule, Expression base) {
        Optional<Expression> lowest = schedule.number("min_lr")
                .map(Quantity::value)
                .or(() -> schedule.number("min_lr_rate").map(rate -> base.times(rate.value())));
        Expression waves = value(schedule, "num_cycles", "0.5");
        Expression half = after(schedule).over(waves.times(Expression.literal(2)));
        return lowest.map(end -> warmed(schedule, base, new Cosine(base, end, half, false)));
    }

    /** The inverse root of the step over a timescale, the warm-up's length where none is given. */
    private static ScheduleForm inverseRoot(PytorchObject schedule, Expression base) {
        Expression warmup = value(schedule, "num_warmup_steps", "0");
        Expression none = Exact.ceiling(warmup) > 0 ? warmup : Expression.literal(10_000);
        Expression scale = schedule.number("timescale").map(Quantity::value).orElse(none);
        Expression half = ONE.over(Expression.literal(2));
        return warmed(schedule, base, new ScheduleForm.InverseTime(base, ONE.over(scale), half));
    }
}
