package samestep.dialect.pytorch.schedule;

import static samestep.dialect.pytorch.schedule.PytorchSchedules.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue.Call;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.ConstantDisguise;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;

/**
 * fvcore's schedulers, which are functions of the share of the run that is over, with detectron2's warm-up. A share counts as reached one
 * millionth of the run earlier. Source: fvcore/common/param_scheduler.py of 0.1.5, detectron2/solver/lr_scheduler.py.
 */
public final class FvcoreSchedules {
    /** The class of the object: {@code max_iter}, and {@code multiplier} with the scheduler. */
    public static final String CLASS = "fvcore.LRMultiplier";

    /** Before the names of fvcore's classes. */
    public static final String PREFIX = "fvcore.";

    private static final Expression ONE = ScheduleForm.ONE;
    private static final Expression EPSILON = Expression.literal(new BigDecimal("1e-6"));

    private final Expression base;
    private final Expression length;

    private FvcoreSchedules(Expression base, Expression length) {
        this.base = base;
        this.length = length;
    }

    /** The form; empty where it is not fvcore's, or fvcore refuses it. */
    static Optional<ScheduleForm> form(PytorchObject schedule, Expression base) {
        return schedule.classPath().equals(CLASS) && schedule.number("max_iter").isPresent()
                ? new FvcoreSchedules(base, value(schedule, "max_iter", "1")).part(schedule, "multiplier")
                : Optional.empty();
    }

    /**
     * A schedule with detectron2's warm-up, which ends where the schedule then is.
     *
     * @param from the rate at its start
     * @param steps how long a straight line takes
     * @param end the first step after it
     * @return empty where the method is not known
     */
    static Optional<ScheduleForm> warmed(
            String method, Expression from, Expression steps, long end, ScheduleForm then) {
        Expression last = Expression.literal(end);
        return switch (method) {
            case "linear" ->
                Optional.of(
                        end <= 0
                                ? then
                                : WarmUp.before(
                                        last,
                                        new ScheduleForm.Polynomial(from, WarmUp.at(then, steps), steps, ONE, true),
                                        then));
            case "constant" -> Optional.of(WarmUp.before(last, new ScheduleForm.Constant(from), then));
            default -> Optional.empty();
        };
    }

    private Optional<ScheduleForm> part(PytorchObject around, String argument) {
        return around.get(argument).orElse(null) instanceof Call call ? form(call.object()) : Optional.empty();
    }

    private Optional<ScheduleForm> form(PytorchObject s) {
        return switch (s.className()) {
            case "ConstantParamScheduler" -> times(s, "value").map(ScheduleForm.Constant::new);
            case "CosineParamScheduler" ->
                both(s).map(ends ->
                        constant(ends).orElseGet(() -> new Cosine(ends.get(0), ends.get(1), length, false)));
            case "LinearParamScheduler" ->
                both(s).map(ends -> constant(ends)
                        .orElseGet(() -> new ScheduleForm.Polynomial(ends.get(0), ends.get(1), length, ONE, true)));
            case "ExponentialParamScheduler" ->
                times(s, "start_value")
                        .flatMap(start -> s.number("decay")
                                .map(decay -> new ScheduleForm.Exponential(start, decay.value(), length)));
            case "PolynomialDecayParamScheduler" ->
                times(s, "base_value")
                        .flatMap(start -> s.number("power")
                                .map(power -> new ScheduleForm.Polynomial(
                                        start, Expression.literal(0), length, power.value(), true)));
            case "MultiStepParamScheduler" -> multiStep(s);
            case "StepParamScheduler" -> step(s);
            case "WarmupParamScheduler" -> warmed(s);
            default -> Optional.empty();
        };
    }

    private Optional<Expression> times(PytorchObject s, String argument) {
        return s.number(argument).map(q -> q.isOne() ? base : base.times(q.value()));
    }

    private Optional<List<Expression>> both(PytorchObject s) {
        return times(s, "start_value").flatMap(start -> times(s, "end_value").map(end -> List.of(start, end)));
    }

    private static Optional<ScheduleForm> constant(List<Expression> ends) {
        return ends.get(0).equals(ends.get(1)) ? Optional.of(new ScheduleForm.Constant(ends.get(0))) : Optional.empty();
    }

    /** The first step of which fvcore takes a share of the run as reached. */
    private long start(Expression share) {
        return Math.max(0, Exact.ceiling(length.times(share.minus(EPSILON))));
    }

    /** Without num_updates, the last milestone is the end. What fvcore raises ValueError for is not read. */
    private Optional<ScheduleForm> multiStep(PytorchObject s) {
        List<Expression> values = rates(s);
        List<BigDecimal> milestones = new ArrayList<>(
                s.numbers("milestones").stream().map(Quantity::decimal).toList());
        Optional<BigDecimal> given = s.number("num_updates").map(Quantity::decimal);
        if (s.get("milestones").isEmpty() && given.isPresent() && !values.isEmpty()) {
            long width = Exact.ceiling(Expression.literal(given.get()).over(Expression.literal(values.size())));
            for (int i = 1; i < values.size(); i++) {
                milestones.add(BigDecimal.valueOf(width * i));
            }
        } else if (given.isEmpty() && !milestones.isEmpty()) {
            given = Optional.of(milestones.remove(milestones.size() - 1));
        }
        return given.flatMap(end -> drops(values, milestones, end));
    }

    private Optional<ScheduleForm> step(PytorchObject s) {
        List<Expression> values = rates(s);
        List<BigDecimal> milestones = new ArrayList<>();
        for (int i = 1; i < values.size(); i++) {
            milestones.add(BigDecimal.valueOf(i));
        }
        return s.number("num_updates").flatMap(any -> drops(values, milestones, BigDecimal.valueOf(values.size())));
    }

    private List<Expression> rates(PytorchObject s) {
        return s.numbers("values").stream()
                .map(q -> q.isOne() ? base : base.times(q.value()))
                .toList();
    }

    private Optional<ScheduleForm> drops(List<Expression> values, List<BigDecimal> milestones, BigDecimal end) {
        boolean isRefused = milestones.size() != values.size() - 1
                || end.compareTo(BigDecimal.valueOf(values.size())) < 0
                || end.signum() <= 0;
        BigDecimal before = BigDecimal.ZERO;
        List<Long> starts = new ArrayList<>();
        for (BigDecimal milestone : milestones) {
            isRefused |= milestone.compareTo(before) <= 0 || milestone.compareTo(end) >= 0;
            before = milestone;
            starts.add(start(Expression.literal(milestone).over(Expression.literal(end))));
        }
        return isRefused
                ? Optional.empty()
                : Optional.of(ConstantDisguise.simplest(
                        starts.isEmpty()
                                ? new ScheduleForm.Constant(values.get(0))
                                : new ScheduleForm.Steps(starts, values)));
    }

    private Optional<ScheduleForm> warmed(PytorchObject s) {
        Optional<ScheduleForm> then = part(s, "scheduler");
        if (then.isEmpty()
                || s.number("warmup_factor").isEmpty()
                || s.number("warmup_length").isEmpty()
                || s.isOn("rescale_interval")) {
            return Optional.empty();
        }
        Expression share = value(s, "warmup_length", "0");
        Expression steps = length.times(share);
        Expression zero = Expression.literal(0);
        Expression from = WarmUp.at(then.get(), zero).times(value(s, "warmup_factor", "1"));
        // The step that is at the share less the millionth is still warmed up.
        Expression end = length.times(share.minus(EPSILON));
        long whole = Exact.ceiling(end);
        boolean isTie = Exact.value(end).compareTo(BigDecimal.valueOf(whole)) == 0;
        return warmed(s.text("warmup_method").orElse("linear"), from, steps, isTie ? whole + 1 : whole, then.get());
    }
}
