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
    private static final Expression ZERO = Expression.literal(0);
    private static final Expression EPSILON = Expression.literal(new BigDecimal("1e-6"));

    private final Expression base;
    private final Expression length;
    /** The scheduler's step at step 0 of what is made. */
    private final Expression over;

    private FvcoreSchedules(Expression base, Expression length, Expression over) {
        this.base = base;
        this.length = length;
        this.over = over;
    }

    /** The same rate of a scheduler with another length, of which a part is over at its first step. */
    FvcoreSchedules of(Expression otherLength, Expression otherOver) {
        return new FvcoreSchedules(base, otherLength, otherOver);
    }

    /** In updates. */
    Expression length() {
        return length;
    }

    /** Whether it is counted from its own start. */
    boolean isFromStart() {
        return Exact.value(over).signum() == 0;
    }

    /** The form; empty where it is not fvcore's, or fvcore refuses it. */
    static Optional<ScheduleForm> form(PytorchObject schedule, Expression base) {
        return schedule.classPath().equals(CLASS) && schedule.number("max_iter").isPresent()
                ? new FvcoreSchedules(base, value(schedule, "max_iter", "1"), ZERO).part(schedule, "multiplier")
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
        return rise(method, from, WarmUp.at(then, steps), steps)
                .map(rise -> WarmUp.before(Expression.literal(end), rise, then));
    }

    /**
     * A warm-up's own part.
     *
     * @param to the rate after it, which not every method rises to
     * @param steps how long a straight line takes
     * @return empty where the method is not known
     */
    static Optional<ScheduleForm> rise(String method, Expression from, Expression to, Expression steps) {
        return switch (method) {
            case "linear" -> Optional.of(new ScheduleForm.Polynomial(from, to, steps, ONE, true));
            case "constant" -> Optional.of(new ScheduleForm.Constant(from));
            default -> Optional.empty();
        };
    }

    private Optional<ScheduleForm> part(PytorchObject around, String argument) {
        return around.get(argument).orElse(null) instanceof Call call ? form(call.object()) : Optional.empty();
    }

    /** The form of a scheduler; empty where fvcore refuses it, or it cannot be said. */
    Optional<ScheduleForm> form(PytorchObject s) {
        return switch (s.className()) {
            case "MultiStepParamScheduler" -> multiStep(s);
            case "StepParamScheduler" -> step(s);
            case "WarmupParamScheduler" -> isFromStart() ? warmed(s) : Optional.empty();
            case "CompositeParamScheduler" -> isFromStart() ? FvcorePieces.composite(this, s) : Optional.empty();
            default -> smooth(s).map(form -> isFromStart() ? form : WarmUp.later(over, form));
        };
    }

    private Optional<ScheduleForm> smooth(PytorchObject s) {
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
                                .map(power -> new ScheduleForm.Polynomial(start, ZERO, length, power.value(), true)));
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

    /**
     * The first step at which fvcore takes a milestone as reached. Where a millionth of the run is a whole number of steps, the doubles of
     * Python decide.
     *
     * @param end of which the milestone is a part, as the run has a length
     */
    static long reached(Expression length, BigDecimal milestone, BigDecimal end) {
        Expression share = Expression.literal(milestone).over(Expression.literal(end));
        long start = Math.max(0, Exact.ceiling(length.times(share.minus(EPSILON))));
        double where = start / Exact.value(length).doubleValue();
        boolean isThere = (long) ((where + 1e-6) * end.doubleValue()) >= milestone.doubleValue();
        return isThere ? start : start + 1;
    }

    /** The first step of which fvcore takes a share of a length as over, as a part of a composite is. */
    static long over(Expression length, Expression share) {
        Expression end = length.times(share.minus(EPSILON));
        long whole = Exact.ceiling(end);
        boolean isTie = Exact.value(end).compareTo(BigDecimal.valueOf(whole)) == 0;
        return Math.max(0, isTie ? whole + 1 : whole);
    }

    private long start(BigDecimal milestone, BigDecimal end) {
        Expression share = Expression.literal(milestone).over(Expression.literal(end));
        return isFromStart()
                ? reached(length, milestone, end)
                : Math.max(0, Exact.ceiling(length.times(share.minus(EPSILON)).minus(over)));
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
        List<Expression> from = new ArrayList<>(values.subList(0, Math.min(1, values.size())));
        for (int i = 0; i < milestones.size() && !isRefused; i++) {
            BigDecimal milestone = milestones.get(i);
            isRefused = milestone.compareTo(before) <= 0 || milestone.compareTo(end) >= 0;
            before = milestone;
            long start = start(milestone, end);
            if (start == 0) {
                from.clear();
            } else {
                starts.add(start);
            }
            from.add(values.get(i + 1));
        }
        return isRefused
                ? Optional.empty()
                : Optional.of(ConstantDisguise.simplest(
                        starts.isEmpty()
                                ? new ScheduleForm.Constant(from.get(0))
                                : new ScheduleForm.Steps(starts, from)));
    }

    private Optional<ScheduleForm> warmed(PytorchObject s) {
        Optional<ScheduleForm> then = part(s, "scheduler");
        if (then.isEmpty()
                || s.number("warmup_factor").isEmpty()
                || s.number("warmup_length").isEmpty()) {
            return Optional.empty();
        }
        Expression share = value(s, "warmup_length", "0");
        Expression from = WarmUp.at(then.get(), ZERO).times(value(s, "warmup_factor", "1"));
        String method = s.text("warmup_method").orElse("linear");
        return s.isOn("rescale_interval")
                ? FvcorePieces.rescaled(this, s, share, from)
                : warmed(method, from, length.times(share), over(length, share), then.get());
    }
}
