package samestep.dialect.tensorflow.pipeline;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.tensorflow.TensorflowSchedules;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.equation.Function;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/**
 * The learning rates of a pipeline. Sources: builders/optimizer_builder.py, utils/learning_schedules.py. The step is the
 * number of updates before this one; everything is computed in single precision.
 */
public final class PipelineSchedule {
    static final String CONSTANT = "constant_learning_rate";
    static final String EXPONENTIAL = "exponential_decay_learning_rate";
    static final String STEPS = "manual_step_learning_rate";
    static final String COSINE = "cosine_decay_learning_rate";

    private final PipelineSection section;
    private final List<Finding> findings;

    private PipelineSchedule(PipelineSection section, List<Finding> findings) {
        this.section = section;
        this.findings = findings;
    }

    /** The schedule that an optimizer's {@code learning_rate} says; empty, with a finding, when TensorFlow refuses it. */
    static Optional<Schedule> of(PipelineSection learningRate, OptionalLong horizon, List<Finding> findings) {
        Optional<PipelineSection> chosen = learningRate.choice(List.of(CONSTANT, EXPONENTIAL, STEPS, COSINE));
        if (chosen.isEmpty()) {
            findings.add(Finding.at(
                    learningRate.place(),
                    Code.SS004,
                    "no learning rate is given; TensorFlow stops (\"Learning_rate None not supported\")"));
            return Optional.empty();
        }
        PipelineSection section = chosen.get();
        PipelineSchedule schedule = new PipelineSchedule(section, findings);
        Optional<ScheduleForm> form = switch (section.type().name()) {
            case "ConstantLearningRate" -> Optional.of(new ScheduleForm.Constant(schedule.value("learning_rate")));
            case "ExponentialDecayLearningRate" -> schedule.exponential();
            case "ManualStepLearningRate" -> schedule.steps();
            default -> schedule.cosine();
        };
        return form.map(f ->
                new Schedule(f, Formula.inSinglePrecision(f.formula()), 1, horizon, name(section), schedule.values()));
    }

    private static String name(PipelineSection section) {
        return switch (section.type().name()) {
            case "ConstantLearningRate" -> CONSTANT;
            case "ExponentialDecayLearningRate" -> EXPONENTIAL;
            case "ManualStepLearningRate" -> STEPS;
            default -> COSINE;
        };
    }

    private List<Schedule.NamedValue> values() {
        List<Schedule.NamedValue> values = new ArrayList<>(section.namedNumbers());
        if (section.type().name().equals("ManualStepLearningRate")) {
            section.sections("schedule").forEach(piece -> values.addAll(piece.namedNumbers()));
        }
        return values;
    }

    private Expression value(String field) {
        return section.number(field).value();
    }

    private Optional<ScheduleForm> exponential() {
        if (section.whole("decay_steps") <= 0) {
            findings.add(section.finding(
                    "decay_steps", Code.SS004, "decay_steps must be above 0; TensorFlow divides by it"));
            return Optional.empty();
        }
        Expression base = value("initial_learning_rate");
        ScheduleForm falling = TensorflowSchedules.exponential(
                base, value("decay_factor"), section.number("decay_steps").value(), section.flag("staircase"));
        long burnin = section.whole("burnin_steps");
        Quantity rate = section.number("burnin_learning_rate");
        ScheduleForm form = burnin == 0
                ? falling
                : new Sequence(
                        List.of(burnin),
                        List.of(new ScheduleForm.Constant(rate.isZero() ? base : rate.value()), falling));
        Quantity least = section.number("min_learning_rate");
        return Optional.of(
                least.isZero()
                        ? form
                        : new ScheduleForm.Other(Expression.call(Function.MAX, form.formula(), least.value())));
    }

    /** The new rate holds at the step itself. */
    private Optional<ScheduleForm> steps() {
        List<Long> starts = new ArrayList<>();
        List<Expression> rates = new ArrayList<>(List.of(value("initial_learning_rate")));
        for (PipelineSection piece : section.sections("schedule")) {
            starts.add(piece.whole("step"));
            rates.add(piece.number("learning_rate").value());
        }
        boolean rises = starts.stream().sorted().distinct().toList().equals(starts);
        if (starts.size() > 1 && starts.get(0) == 0 && !section.flag("warmup")) {
            fromTheStart();
            starts.remove(0);
            rates.remove(0);
        }
        if (starts.isEmpty() || !rises || starts.get(0) <= 0) {
            findings.add(Finding.at(
                    section.place(),
                    Code.SS004,
                    "manual_step_learning_rate needs steps that rise from above 0, found " + starts
                            + "; TensorFlow stops"));
            return Optional.empty();
        }
        if (!section.flag("warmup")) {
            return Optional.of(new ScheduleForm.Steps(starts, rates));
        }
        long first = starts.get(0);
        ScheduleForm rising = linear(rates.get(0), rates.get(1), first);
        List<Long> behind = starts.stream().skip(1).map(start -> start - first).toList();
        ScheduleForm rest = behind.isEmpty()
                ? new ScheduleForm.Constant(rates.get(1))
                : new ScheduleForm.Steps(behind, rates.subList(1, rates.size()));
        return Optional.of(new Sequence(List.of(first), List.of(rising, rest)));
    }

    /** The API's own samples of 2017 have such a first step. */
    private void fromTheStart() {
        PipelineSection first = section.sections("schedule").get(0);
        findings.add(first.finding(
                        "step",
                        Code.SS203,
                        "step: 0 leaves initial_learning_rate no step: read as the rate from the start, as older"
                                + " versions took it; newer ones refuse it (\"First step cannot be zero\")")
                .detail("Write " + first.number("learning_rate").written()
                        + " as initial_learning_rate and remove this schedule."));
    }

    /** From one rate to another, a step of a line at a time. */
    public static ScheduleForm linear(Expression from, Expression to, long steps) {
        return new ScheduleForm.Polynomial(from, to, Expression.literal(steps), ScheduleForm.ONE, true);
    }

    private Optional<ScheduleForm> cosine() {
        Quantity base = section.number("learning_rate_base");
        Quantity warm = section.number("warmup_learning_rate");
        long total = section.whole("total_steps");
        long warmup = section.whole("warmup_steps");
        long hold = section.whole("hold_base_rate_steps");
        if (total <= warmup + hold || warmup > 0 && base.decimal().compareTo(warm.decimal()) < 0) {
            findings.add(Finding.at(
                    section.place(),
                    Code.SS004,
                    "cosine_decay_learning_rate needs a warmup_learning_rate up to learning_rate_base, and a"
                            + " total_steps above warmup_steps and hold_base_rate_steps together; TensorFlow"
                            + " stops, or has no rate"));
            return Optional.empty();
        }
        List<Long> starts = new ArrayList<>();
        List<ScheduleForm> pieces = new ArrayList<>();
        if (warmup > 0) {
            pieces.add(linear(warm.value(), base.value(), warmup));
            starts.add(warmup);
        }
        if (hold > 0) {
            pieces.add(new ScheduleForm.Constant(base.value()));
            starts.add(warmup + hold);
        }
        Expression length = Expression.literal(total - warmup - hold);
        pieces.add(new Cosine(base.value(), Expression.literal(BigDecimal.ZERO), length, true));
        return Optional.of(starts.isEmpty() ? pieces.get(0) : new Sequence(starts, pieces));
    }

    /** What TensorFlow 2 makes of RMSProp's {@code decay}: Keras' decay, by which the rate falls as a hyperbola. */
    public static Schedule fallingBy(Schedule schedule, Quantity decay) {
        Expression divisor = ScheduleForm.ONE.plus(decay.value().times(ScheduleForm.T));
        ScheduleForm form = schedule.form() instanceof ScheduleForm.Constant constant
                ? new ScheduleForm.InverseTime(constant.base(), decay.value(), ScheduleForm.ONE)
                : new ScheduleForm.Other(schedule.form().formula().over(divisor));
        return new Schedule(
                form,
                schedule.formula().over(divisor),
                1,
                schedule.horizon(),
                schedule.name() + " and decay",
                schedule.values());
    }
}
