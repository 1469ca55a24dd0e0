package samestep.dialect.keras;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.keras.document.KerasObject;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.dialect.keras.write.KerasScheduleWriter;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.equation.Function;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.recipe.Cosine;
import samestep.recipe.Curves;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/**
 * Keras' learning-rate schedules. Source: keras/src/optimizers/schedules/learning_rate_schedule.py. They count
 * micro-steps, and compute in single precision whatever the model's own.
 */
public final class KerasSchedules {
    private static final Expression T = ScheduleForm.T;
    private static final Expression ONE = ScheduleForm.ONE;

    private KerasSchedules() {}

    /** The learning rate of an optimizer. */
    static Optional<Schedule> of(KerasObject optimizer, KerasGeneration generation, String byDefault, int microSteps) {
        Optional<Quantity> decay = decay(optimizer, generation);
        Optional<KerasObject> object = optimizer.object("learning_rate");
        if (object.isEmpty()) {
            return Optional.of(number(optimizer, generation, byDefault, decay, microSteps));
        }
        Optional<ScheduleForm> form = form(object.get());
        if (form.isEmpty()) {
            optimizer.report(
                    "learning_rate", Code.SS010, "the schedule " + object.get().className() + " cannot be read yet");
        }
        return form.map(f -> new Schedule(
                decay.isEmpty() ? f : new ScheduleForm.Other(decayed(f.formula(), decay.get())),
                decay.isEmpty()
                        ? Formula.inSinglePrecision(f.formula())
                        : decayed(Formula.inSinglePrecision(f.formula()), decay.get()),
                microSteps,
                OptionalLong.empty(),
                object.get().className(),
                object.get().namedNumbers()));
    }

    /** Keras 1 and 2 called it lr. */
    private static Schedule number(
            KerasObject optimizer,
            KerasGeneration generation,
            String byDefault,
            Optional<Quantity> decay,
            int microSteps) {
        String argument =
                optimizer.get("learning_rate").isEmpty() && optimizer.get("lr").isPresent() ? "lr" : "learning_rate";
        Quantity given = optimizer.number(argument, byDefault);
        Quantity rate = generation.keepsSinglePrecision() ? given.rounded() : given;
        List<Schedule.NamedValue> values = new ArrayList<>(List.of(new Schedule.NamedValue(argument, given)));
        if (decay.isEmpty()) {
            ScheduleForm constant = new ScheduleForm.Constant(rate.value());
            return Schedule.of(constant, microSteps, OptionalLong.empty(), "a constant rate")
                    .withValues(values);
        }
        values.add(new Schedule.NamedValue("decay", decay.get()));
        ScheduleForm falling =
                new ScheduleForm.InverseTime(rate.value(), decay.get().value(), ONE);
        Expression formula = decayed(rate.value(), decay.get());
        return new Schedule(falling, formula, microSteps, OptionalLong.empty(), "decay", values);
    }

    /** The rate over 1 + decay * t: a decay of the learning rate, never one of the weights. */
    private static Expression decayed(Expression rate, Quantity decay) {
        return rate.over(ONE.plus(decay.value().times(T)));
    }

    /** Nadam's argument of that name is another thing. */
    private static Optional<Quantity> decay(KerasObject optimizer, KerasGeneration generation) {
        return generation.decaysRate() && !optimizer.className().equals("Nadam")
                ? optimizer.number("decay").filter(d -> !d.isZero()).map(Quantity::rounded)
                : Optional.empty();
    }

    /** The form of a schedule; empty where it is not known. */
    public static Optional<ScheduleForm> form(KerasObject schedule) {
        return switch (schedule.className()) {
            case "ExponentialDecay" -> Optional.of(exponential(schedule));
            case "InverseTimeDecay" -> Optional.of(inverseTime(schedule));
            case "PiecewiseConstantDecay" -> piecewise(schedule);
            case "PolynomialDecay" -> Optional.of(polynomial(schedule));
            case "CosineDecay" -> Optional.of(cosine(schedule));
            case "CosineDecayRestarts" -> Optional.of(cosineRestarts(schedule));
            case KerasScheduleWriter.INVERSE ->
                Optional.of(new ScheduleForm.InverseTime(
                        initial(schedule), value(schedule, "gamma", "0"), value(schedule, "power", "1")));
            case KerasScheduleWriter.SIGMOID ->
                Optional.of(new ScheduleForm.Sigmoid(
                        initial(schedule), value(schedule, "gamma", "0"), value(schedule, "center", "0")));
            default -> Optional.empty();
        };
    }

    private static Expression value(KerasObject schedule, String argument, String byDefault) {
        return schedule.number(argument, byDefault).value();
    }

    private static Expression initial(KerasObject schedule) {
        return value(schedule, "initial_learning_rate", "0");
    }

    private static ScheduleForm exponential(KerasObject schedule) {
        Expression steps = value(schedule, "decay_steps", "1");
        Expression factor = value(schedule, "decay_rate", "1");
        return schedule.flag("staircase", false)
                ? new ScheduleForm.Staircase(initial(schedule), factor, steps)
                : new ScheduleForm.Exponential(initial(schedule), factor, steps);
    }

    private static ScheduleForm inverseTime(KerasObject schedule) {
        Expression steps = value(schedule, "decay_steps", "1");
        Expression slope = value(schedule, "decay_rate", "0");
        if (schedule.flag("staircase", false)) {
            Expression whole = Expression.call(Function.FLOOR, T.over(steps));
            return new ScheduleForm.Other(initial(schedule).over(ONE.plus(slope.times(whole))));
        }
        return new ScheduleForm.InverseTime(initial(schedule), slope.over(steps), ONE);
    }

    /** The value before a boundary holds at the boundary too. */
    private static Optional<ScheduleForm> piecewise(KerasObject schedule) {
        List<Long> starts = new ArrayList<>();
        for (Quantity boundary : schedule.numbers("boundaries")) {
            starts.add(boundary.decimal().setScale(0, RoundingMode.FLOOR).longValue() + 1);
        }
        List<Expression> values =
                schedule.numbers("values").stream().map(Quantity::value).toList();
        boolean rises = starts.stream().sorted().toList().equals(starts);
        return values.size() == starts.size() + 1 && rises
                ? Optional.of(new ScheduleForm.Steps(starts, values))
                : Optional.empty();
    }

    private static ScheduleForm polynomial(KerasObject schedule) {
        Expression end = value(schedule, "end_learning_rate", "0.0001");
        Expression steps = value(schedule, "decay_steps", "1");
        Expression power = value(schedule, "power", "1.0");
        if (!schedule.flag("cycle", false)) {
            return new ScheduleForm.Polynomial(initial(schedule), end, steps, power, true);
        }
        return new ScheduleForm.Other(Curves.repeatedPolynomial(initial(schedule), end, steps, power, T.over(steps)));
    }

    /** After a warm-up, where there is a target for one. */
    private static ScheduleForm cosine(KerasObject schedule) {
        Expression alpha = value(schedule, "alpha", "0.0");
        Expression steps = value(schedule, "decay_steps", "1");
        Expression first = initial(schedule);
        Optional<Quantity> target = schedule.number("warmup_target");
        if (target.isEmpty()) {
            return new Cosine(first, first.times(alpha), steps, true);
        }
        Expression warmup = value(schedule, "warmup_steps", "0");
        Expression top = target.get().value();
        ScheduleForm falling = new Cosine(top, top.times(alpha), steps, true);
        long start = Exact.ceiling(warmup);
        return start <= 0
                ? falling
                : new Sequence(
                        List.of(start), List.of(new ScheduleForm.Polynomial(first, top, warmup, ONE, true), falling));
    }

    private static ScheduleForm cosineRestarts(KerasObject schedule) {
        Expression alpha = value(schedule, "alpha", "0.0");
        Expression x = T.over(value(schedule, "first_decay_steps", "1"));
        Quantity longer = schedule.number("t_mul", "2.0");
        Expression m = value(schedule, "m_mul", "1.0");
        Expression factor = longer.value();
        Expression restarts;
        Expression part;
        if (longer.isOne()) {
            restarts = Expression.call(Function.FLOOR, x);
            part = x.minus(restarts);
        } else {
            Expression logarithm = Expression.call(Function.LOG, ONE.minus(x.times(ONE.minus(factor))));
            restarts = Expression.call(Function.FLOOR, logarithm.over(Expression.call(Function.LOG, factor)));
            Expression before = ONE.minus(factor.power(restarts)).over(ONE.minus(factor));
            part = x.minus(before).over(factor.power(restarts));
        }
        return new ScheduleForm.Other(Curves.cosine(initial(schedule), alpha, part, m.power(restarts)));
    }
}
