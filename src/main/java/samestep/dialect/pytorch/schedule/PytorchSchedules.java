package samestep.dialect.pytorch.schedule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.pytorch.ScheduleProducts;
import samestep.dialect.pytorch.live.RateTable;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Call;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Function;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Cosine;
import samestep.recipe.EpochShares;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/**
 * PyTorch's schedulers. Source: torch/optim/lr_scheduler.py. A scheduler is stepped after the update, so that update
 * {@code t}, from 0, has the rate of {@code last_epoch = t}; most are computed step from step, which is the closed form here
 * but for the last digit.
 */
public final class PytorchSchedules {
    private static final Expression T = ScheduleForm.T;
    private static final String A_THIRD = "0.33333333333333333333333333333333333333333333333333";
    /** What PyTorch refuses where it is not positive, or divides by. */
    private static final List<String> LENGTHS =
            List.of("step_size", "T_max", "T_0", "T_mult", "total_iters", "t_initial");
    /** Restarts are listed up to a length that no run reaches. */
    private static final BigDecimal LONGEST = new BigDecimal("1e15");

    /** It sets rates of its own, and the momentum. */
    private static final String CYCLES = "CyclicLR";

    private final List<Finding> findings;

    public PytorchSchedules(List<Finding> findings) {
        this.findings = findings;
    }

    /** The schedule of a base rate. */
    public Optional<Schedule> of(Optional<Scheduling> scheduling, Quantity rate, PytorchConfiguration configuration) {
        OptionalLong updates = configuration.length();
        Schedule.NamedValue first = new Schedule.NamedValue("lr", rate);
        if (scheduling.isEmpty()) {
            return Optional.of(Schedule.of(new ScheduleForm.Constant(rate.value()), 1, updates, "a constant rate")
                    .withValues(List.of(first)));
        }
        PytorchObject scheduler = scheduling.get().scheduler();
        Optional<RateTable> table = RateTable.of(scheduler);
        boolean named = table.isEmpty() && scheduling.get().unit() != Schedule.Unit.NOT_FOLLOWED;
        if (named && !new SchedulerArguments(findings).areKnown(scheduler)) {
            return Optional.empty();
        }
        if (table.isEmpty() && OneCycle.isIt(scheduler)) {
            return oneCycle(scheduling.get(), configuration);
        }
        if (table.isEmpty() && scheduler.className().equals(CYCLES)) {
            findings.add(Finding.of(Code.SS010, "the scheduler " + scheduler.className() + " cannot be read yet")
                    .at(scheduler.place())
                    .detail("It sets the rate, and the momentum with it; the optimizer's lr is not used."));
            return Optional.empty();
        }
        if (scheduling.get().unit() == Schedule.Unit.NOT_FOLLOWED) {
            return Optional.of(Schedule.of(new ScheduleForm.Constant(rate.value()), 1, updates, "what the program sets")
                    .withValues(List.of(first))
                    .in(Schedule.Unit.NOT_FOLLOWED));
        }
        if (scheduling.get().unit() == Schedule.Unit.NOT_SAID) {
            ScheduleForm constant = new ScheduleForm.Constant(rate.value());
            return Optional.of(Schedule.of(constant, 1, updates, scheduler.words())
                    .withValues(values(first, scheduler))
                    .in(Schedule.Unit.NOT_SAID));
        }
        Optional<Quantity> length = configuration.epochs().length();
        boolean byEpoch = scheduling.get().unit() == Schedule.Unit.EPOCHS;
        if (byEpoch) {
            countsEpochs(scheduler, length);
        }
        List<Schedule.NamedValue> values = values(first, scheduler);
        boolean counted = byEpoch && length.isPresent();
        Schedule.Unit unit = table.isPresent() && isPart(table.get(), scheduler, rate)
                ? Schedule.Unit.NOT_SAID
                : counted ? Schedule.Unit.UPDATES : scheduling.get().unit();
        return table.map(t -> confirmed(t, scheduler, rate))
                .orElseGet(() -> form(scheduling.get(), rate.value()))
                .map(form -> counted
                        ? EpochSchedule.inUpdates(
                                form,
                                Exact.ceiling(length.orElseThrow().value()),
                                configuration.epochs().whole())
                        : form)
                .map(form -> Schedule.of(form, 1, updates, scheduler.className())
                        .withValues(values)
                        .in(unit));
    }

    /** The closed form of a live scheduler, where it has the rates of its stepped copy; else these. */
    private static Optional<ScheduleForm> confirmed(RateTable table, PytorchObject scheduler, Quantity rate) {
        return closed(table, scheduler, rate).or(() -> Optional.of(table.form()));
    }

    private static Optional<ScheduleForm> closed(RateTable table, PytorchObject scheduler, Quantity rate) {
        boolean resumed = scheduler.isOn("resumed");
        Optional<ScheduleForm> form = resumed || scheduler.className().equals(CYCLES) || OneCycle.isIt(scheduler)
                ? Optional.empty()
                : new PytorchSchedules(new ArrayList<>()).form(scheduler, rate.value());
        return form.filter(table::confirms);
    }

    /** Whether a table is all that is known, and ends before the run does. */
    private boolean isPart(RateTable table, PytorchObject scheduler, Quantity rate) {
        boolean part = !table.complete() && closed(table, scheduler, rate).isEmpty();
        if (part) {
            findings.add(Finding.of(
                            Code.SS441,
                            scheduler.className() + ": the rates of the first " + table.steps()
                                    + " steps are known, and not how long the run is")
                    .at(scheduler.place())
                    .detail("Give describe() the number of updates: all rates are written then."));
        }
        return part;
    }

    /** It has no use for the optimizer's lr. */
    private Optional<Schedule> oneCycle(Scheduling scheduling, PytorchConfiguration configuration) {
        PytorchObject scheduler = scheduling.scheduler();
        Optional<Quantity> length = configuration.epochs().length();
        boolean byEpoch = scheduling.unit() == Schedule.Unit.EPOCHS;
        if (byEpoch) {
            countsEpochs(scheduler, length);
        }
        OneCycle cycle = new OneCycle(scheduler, findings);
        OptionalLong run = scheduling.unit().isOpen()
                ? OptionalLong.empty()
                : byEpoch ? configuration.epochs().whole() : configuration.length();
        Optional<ScheduleForm> form = resumes(scheduler) ? Optional.empty() : cycle.form(run);
        boolean counted = byEpoch && length.isPresent();
        return form.map(rates -> scheduling.unit().isOpen() ? new ScheduleForm.Constant(cycle.first()) : rates)
                .map(rates -> counted
                        ? EpochSchedule.inUpdates(
                                rates,
                                Exact.ceiling(length.orElseThrow().value()),
                                configuration.epochs().whole())
                        : rates)
                .map(rates -> Schedule.of(rates, 1, configuration.length(), cycle.words())
                        .withValues(cycle.values())
                        .in(counted ? Schedule.Unit.UPDATES : scheduling.unit()));
    }

    private void countsEpochs(PytorchObject scheduler, Optional<Quantity> length) {
        Finding finding = length.map(updates -> Finding.of(
                        Code.SS431,
                        scheduler.className() + " is stepped once an epoch: every " + EpochLength.words(updates)))
                .orElseGet(() -> Finding.of(
                        Code.SS431,
                        scheduler.className()
                                + " is stepped once an epoch, and nothing here says how many updates an epoch"
                                + " has: its steps are epochs; --updates-per-epoch or --dataset-size says"
                                + " it"));
        findings.add(finding.at(scheduler.place()));
    }

    private static List<Schedule.NamedValue> values(Schedule.NamedValue first, PytorchObject scheduler) {
        List<Schedule.NamedValue> values = new ArrayList<>(List.of(first));
        boolean table = scheduler.get(RateTable.RATES).isPresent();
        scheduler.namedNumbers().stream()
                .filter(value -> !table || !value.field().equals(RateTable.STEPS))
                .forEach(values::add);
        return values;
    }

    /** Whether the first rate of a scheduler is the rate that the optimizer has: it begins with no warm-up. */
    public static boolean startsAtBase(PytorchObject scheduler) {
        return scheduler.className().equals("ReduceLROnPlateau")
                || new PytorchSchedules(new ArrayList<>())
                        .form(scheduler, ScheduleForm.ONE)
                        .map(form -> Schedule.of(form, 1, OptionalLong.empty(), scheduler.className())
                                        .rateAtStart()
                                        .compareTo(BigDecimal.ONE)
                                == 0)
                        .orElse(false);
    }

    /** The form in what a scheduler counts. */
    private Optional<ScheduleForm> form(Scheduling scheduling, Expression base) {
        return scheduling.unit() == Schedule.Unit.EPOCH_SHARES
                ? EpochShares.of(length -> form(scheduling.scheduler().withEpochs(length), base))
                : form(scheduling.scheduler(), base);
    }

    /** The form of a scheduler; empty, with a finding, where it is not known. */
    private Optional<ScheduleForm> form(PytorchObject scheduler, Expression base) {
        if (!lengthsArePositive(scheduler) || resumes(scheduler) || risesToItsEnd(scheduler, base)) {
            return Optional.empty();
        }
        Optional<ScheduleForm> form = switch (scheduler.className()) {
            case "StepLR" ->
                Optional.of(new ScheduleForm.Staircase(
                        base, value(scheduler, "gamma", "0.1"), value(scheduler, "step_size", "1")));
            case "MultiStepLR" -> Optional.of(multiStep(scheduler, base));
            case "ExponentialLR" ->
                Optional.of(new ScheduleForm.Exponential(base, value(scheduler, "gamma", "1"), ScheduleForm.ONE));
            case "LambdaLR" -> LambdaShapes.form(scheduler, base);
            case "MultiplicativeLR" -> ScheduleProducts.ofSteps(scheduler, base);
            case "ChainedScheduler" -> chained(scheduler, base);
            case "PolynomialLR" ->
                Optional.of(new ScheduleForm.Polynomial(
                        base,
                        Expression.literal(0),
                        value(scheduler, "total_iters", "5"),
                        value(scheduler, "power", "1"),
                        true));
            case "CosineAnnealingLR" ->
                Optional.of(new Cosine(base, value(scheduler, "eta_min", "0"), value(scheduler, "T_max", "1"), false));
            case "CosineAnnealingWarmRestarts" -> Optional.of(restarts(scheduler, base));
            case "LinearLR" -> Optional.of(linear(scheduler, base));
            case "ConstantLR" ->
                Optional.of(new ScheduleForm.Steps(
                        List.of(Exact.ceiling(value(scheduler, "total_iters", "5"))),
                        List.of(base.times(value(scheduler, "factor", A_THIRD)), base)));
            case "SequentialLR" -> sequence(scheduler, base);
            default -> LibrarySchedules.form(scheduler, base);
        };
        if (form.isEmpty()) {
            findings.add(Finding.of(Code.SS010, "the scheduler " + scheduler.className() + " cannot be read yet")
                    .at(scheduler.place()));
        }
        return form;
    }

    private boolean lengthsArePositive(PytorchObject scheduler) {
        for (String length : LENGTHS) {
            Optional<Quantity> given = scheduler.number(length);
            if (given.isPresent() && Exact.ceiling(given.get().value()) <= 0) {
                findings.add(Finding.of(
                                Code.SS004,
                                scheduler.className() + "." + length + ": expected a positive number of steps, found "
                                        + given.get().text())
                        .at(given.get().place()));
                return false;
            }
        }
        return true;
    }

    /**
     * A number of steps that are over already. With a new optimizer, as every configuration makes one, PyTorch 2.15 raises
     * KeyError: param 'initial_lr' is not specified.
     */
    private boolean resumes(PytorchObject scheduler) {
        Optional<Quantity> last = scheduler.number("last_epoch").filter(q -> q.doubleValue() != -1);
        last.ifPresent(q -> findings.add(Finding.of(
                        Code.SS004,
                        scheduler.className() + ".last_epoch: expected -1, found " + q.text()
                                + ": PyTorch refuses another with a new optimizer, which has no initial_lr")
                .at(q.place())));
        return last.isPresent();
    }

    /** transformers raises ValueError where the polynomial would not go down. Source: transformers/optimization.py. */
    private boolean risesToItsEnd(PytorchObject scheduler, Expression base) {
        if (!scheduler.className().equals("get_polynomial_decay_schedule_with_warmup")) {
            return false;
        }
        BigDecimal end = Exact.value(value(scheduler, "lr_end", "1e-7"));
        boolean rises = Exact.value(base).compareTo(end) <= 0;
        if (rises) {
            findings.add(Finding.of(
                            Code.SS004,
                            "lr_end is " + end.stripTrailingZeros()
                                    + ": transformers refuses a rate that is not larger," + " and this one is "
                                    + Exact.value(base).stripTrailingZeros())
                    .at(scheduler.place()));
        }
        return rises;
    }

    static Expression value(PytorchObject scheduler, String argument, String byDefault) {
        return scheduler
                .number(argument)
                .map(Quantity::value)
                .orElseGet(() -> Expression.literal(new BigDecimal(byDefault)));
    }

    /** The rate drops at a milestone, as often as it is listed. */
    private static ScheduleForm multiStep(PytorchObject scheduler, Expression base) {
        Expression factor = value(scheduler, "gamma", "0.1");
        List<Long> milestones = scheduler.numbers("milestones").stream()
                .map(m -> Exact.ceiling(m.value()))
                .sorted()
                .toList();
        List<Expression> values = new ArrayList<>(List.of(base));
        for (int i = 1; i <= milestones.size(); i++) {
            values.add(base.times(factor.power(Expression.literal(i))));
        }
        return new ScheduleForm.Steps(milestones, values);
    }

    private static ScheduleForm linear(PytorchObject scheduler, Expression base) {
        return new ScheduleForm.Polynomial(
                base.times(value(scheduler, "start_factor", A_THIRD)),
                base.times(value(scheduler, "end_factor", "1")),
                value(scheduler, "total_iters", "5"),
                ScheduleForm.ONE,
                true);
    }

    /** Each period is as long as the one before times {@code T_mult}. */
    private static ScheduleForm restarts(PytorchObject scheduler, Expression base) {
        Expression end = value(scheduler, "eta_min", "0");
        Expression first = value(scheduler, "T_0", "1");
        long longer = Exact.ceiling(value(scheduler, "T_mult", "1"));
        if (longer == 1) {
            Expression within = T.minus(first.times(Expression.call(Function.FLOOR, T.over(first))));
            Expression formula = new Cosine(base, end, first, false).formula();
            return new ScheduleForm.Other(Expressions.substitute(formula, Map.of(Builtin.T, within)));
        }
        List<Long> starts = new ArrayList<>();
        List<ScheduleForm> pieces = new ArrayList<>(List.of(new Cosine(base, end, first, false)));
        BigDecimal length = Exact.value(first);
        BigDecimal start = length;
        while (start.compareTo(LONGEST) < 0) {
            length = length.multiply(BigDecimal.valueOf(longer));
            starts.add(start.longValue());
            pieces.add(new Cosine(base, end, Expression.literal(length), false));
            start = start.add(length);
        }
        return new Sequence(starts, pieces);
    }

    private Optional<ScheduleForm> sequence(PytorchObject scheduler, Expression base) {
        List<Long> starts = scheduler.numbers("milestones").stream()
                .map(m -> Exact.ceiling(m.value()))
                .toList();
        if (starts.contains(0L)) {
            findings.add(Finding.of(
                            Code.SS432,
                            "SequentialLR with a milestone of 0 begins with its second scheduler, as in torch 2.15;"
                                    + " torch 2.12 gives the first update the rate of the first")
                    .at(scheduler.place()));
        }
        List<ScheduleForm> pieces = new ArrayList<>();
        List<PytorchValue> parts =
                scheduler.get("schedulers").orElse(null) instanceof Many many ? many.values() : List.<PytorchValue>of();
        for (PytorchValue part : parts) {
            if (!pieces.isEmpty()
                    && part instanceof Call inner
                    && inner.object().className().equals("SequentialLR")) {
                findings.add(Finding.of(
                                Code.SS004,
                                "SequentialLR: another SequentialLR may only be the first of its schedulers: where a"
                                        + " later one begins, PyTorch's step() raises NotImplementedError")
                        .at(inner.object().place()));
                return Optional.empty();
            }
            Optional<ScheduleForm> piece = part instanceof Call call ? form(call.object(), base) : Optional.empty();
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            pieces.add(piece.get());
        }
        return pieces.size() == starts.size() + 1 ? Optional.of(new Sequence(starts, pieces)) : Optional.empty();
    }

    private Optional<ScheduleForm> chained(PytorchObject scheduler, Expression base) {
        List<PytorchValue> parts =
                scheduler.get("schedulers").orElse(null) instanceof Many many ? many.values() : List.<PytorchValue>of();
        List<ScheduleForm> factors = new ArrayList<>();
        for (PytorchValue part : parts) {
            Optional<ScheduleForm> factor = part instanceof Call call
                            && ScheduleProducts.isFactor(call.object().className())
                    ? form(call.object(), ScheduleForm.ONE)
                    : Optional.empty();
            if (factor.isEmpty()) {
                return Optional.empty();
            }
            factors.add(factor.get());
        }
        return factors.isEmpty() ? Optional.empty() : Optional.of(ScheduleProducts.of(factors, base));
    }

    /** Whether a scheduler gives every group the same rates, whatever rates the groups have. */
    public static boolean setsEveryRate(Optional<Scheduling> scheduling) {
        return scheduling
                .map(Scheduling::scheduler)
                .filter(OneCycle::isIt)
                .map(scheduler -> RateTable.of(scheduler).isEmpty())
                .orElse(false);
    }

    /** Whether a schedule of a multiple of the rate is that multiple of the schedule: not where it ends at a rate of its own. */
    public static boolean isProportional(Optional<Scheduling> scheduling) {
        return scheduling.map(s -> isProportional(s.scheduler())).orElse(true);
    }

    private static boolean isProportional(PytorchObject scheduler) {
        boolean ownEnd = List.of("eta_min", "lr_min", "lr_end", "warmup_lr_init").stream()
                .anyMatch(name -> scheduler.number(name).map(q -> !q.isZero()).orElse(false));
        boolean parts = scheduler.get("schedulers").orElse(null) instanceof Many many
                && many.values().stream().anyMatch(v -> v instanceof Call call && !isProportional(call.object()));
        return !ownEnd && !parts;
    }
}
