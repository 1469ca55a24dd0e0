package samestep.dialect.pytorch.schedule;

import static samestep.dialect.pytorch.schedule.PytorchSchedules.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;

/**
 * The schedules of libraries that are configured with yacs. Source: detectron2/solver/build.py and lr_scheduler.py,
 * slowfast/utils/lr_policy.py, pycls/core/optimizer.py.
 */
final class YacsSchedules {
    private static final Expression ZERO = Expression.literal(0);
    private static final Expression ONE = ScheduleForm.ONE;

    private YacsSchedules() {}

    /** The form; empty where it is not known. */
    static Optional<ScheduleForm> form(PytorchObject schedule, Expression base) {
        return switch (schedule.classPath()) {
            case "detectron2.WarmupMultiStepLR" -> warmed(schedule, base, multiStep(schedule, base));
            case "detectron2.WarmupCosineLR" ->
                warmed(
                        schedule,
                        base,
                        new Cosine(base, value(schedule, "end", "0"), value(schedule, "max_iter", "1"), false));
            case "detectron2.WarmupPolyLR" ->
                Optional.of(WarmUp.times(
                        value(schedule, "warmup_factor", "1"),
                        value(schedule, "warmup_iters", "0"),
                        new ScheduleForm.Polynomial(
                                base, ZERO, value(schedule, "max_iter", "1"), value(schedule, "power", "1"), true)));
            case "slowfast.cosine" -> Optional.of(slowFast(schedule, slowFastCosine(schedule, base)));
            case "slowfast.steps_with_relative_lrs" -> relative(schedule, base).map(form -> slowFast(schedule, form));
            case "pycls.cos", "pycls.lin", "pycls.exp", "pycls.steps" ->
                Optional.of(WarmUp.times(
                        value(schedule, "warmup_factor", "1"),
                        value(schedule, "warmup_epochs", "0"),
                        pycls(schedule, base)));
            default -> Optional.empty();
        };
    }

    private static Optional<ScheduleForm> warmed(PytorchObject schedule, Expression base, ScheduleForm form) {
        Expression from = base.times(value(schedule, "warmup_factor", "1"));
        Expression given = value(schedule, "warmup_iters", "0");
        // A warm-up is a share of the run, and 1 at most.
        Expression steps = schedule.number("max_iter")
                .map(Quantity::value)
                .filter(all -> Exact.value(all).compareTo(Exact.value(given)) < 0)
                .orElse(given);
        String method = schedule.text("warmup_method").orElse("linear");
        Optional<Expression> length = schedule.number("max_iter").map(Quantity::value);
        long end = length.map(all -> FvcoreSchedules.over(all, steps.over(all))).orElseGet(() -> Exact.ceiling(steps));
        return FvcoreSchedules.warmed(method, from, steps, Exact.ceiling(steps) == 0 ? 0 : end, form);
    }

    /** detectron2's build_lr_scheduler leaves out the steps after the end, and makes shares of the run of the others. */
    private static ScheduleForm multiStep(PytorchObject schedule, Expression base) {
        Optional<Expression> length = schedule.number("max_iter").map(Quantity::value);
        List<Long> starts = schedule.numbers("milestones").stream()
                .map(Quantity::value)
                .filter(m -> length.map(all -> Exact.value(m).compareTo(Exact.value(all)) <= 0)
                        .orElse(true))
                .map(m -> length.map(all -> FvcoreSchedules.reached(all, Exact.value(m), Exact.value(all)))
                        .orElseGet(() -> Exact.ceiling(m)))
                .sorted()
                .toList();
        return drops(base, value(schedule, "gamma", "0.1"), starts);
    }

    private static ScheduleForm drops(Expression base, Expression factor, List<Long> starts) {
        List<Expression> values = new ArrayList<>(List.of(base));
        for (int i = 1; i <= starts.size(); i++) {
            values.add(base.times(factor.power(Expression.literal(i))));
        }
        return starts.isEmpty() ? new ScheduleForm.Constant(base) : new ScheduleForm.Steps(starts, values);
    }

    private static ScheduleForm slowFast(PytorchObject schedule, ScheduleForm form) {
        Expression steps = value(schedule, "warmup_epochs", "0");
        return Exact.ceiling(steps) <= 0 ? form : WarmUp.linear(value(schedule, "warmup_start_lr", "0"), steps, form);
    }

    private static ScheduleForm slowFastCosine(PytorchObject schedule, Expression base) {
        Expression offset =
                schedule.isOn("cosine_after_warmup") ? value(schedule, "warmup_epochs", "0") : Expression.literal(0);
        Expression length = value(schedule, "max_epoch", "1").minus(offset);
        return new Cosine(base, value(schedule, "end", "0"), length, ZERO.minus(offset), false);
    }

    private static Optional<ScheduleForm> relative(PytorchObject schedule, Expression base) {
        List<Quantity> steps = schedule.numbers("steps");
        List<Quantity> rates = schedule.numbers("lrs");
        if (steps.isEmpty() || !steps.get(0).isZero()) {
            return Optional.empty();
        }
        // What would come after the last epoch needs no rate.
        long end = Exact.ceiling(value(schedule, "max_epoch", "1"));
        List<Long> starts = steps.stream()
                .skip(1)
                .map(s -> Exact.ceiling(s.value()))
                .filter(s -> s < end)
                .toList();
        if (rates.size() <= starts.size()
                || !starts.equals(starts.stream().sorted().toList())) {
            return Optional.empty();
        }
        return Optional.of(new ScheduleForm.Steps(
                starts,
                rates.stream()
                        .limit(starts.size() + 1L)
                        .map(r -> base.times(r.value()))
                        .toList()));
    }

    private static ScheduleForm pycls(PytorchObject schedule, Expression base) {
        Expression last = value(schedule, "min_lr", "0");
        Expression epochs = value(schedule, "max_epoch", "1");
        return switch (schedule.className()) {
            case "cos" -> new Cosine(base, base.times(last), epochs, false);
            case "lin" -> new ScheduleForm.Polynomial(base, base.times(last), epochs, ONE, false);
            case "exp" -> new ScheduleForm.Exponential(base, last, epochs);
            default ->
                drops(
                        base,
                        value(schedule, "lr_mult", "0.1"),
                        schedule.numbers("steps").stream()
                                .skip(1)
                                .map(s -> Exact.ceiling(s.value()))
                                .toList());
        };
    }
}
