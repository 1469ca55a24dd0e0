package samestep.dialect.tensorflow.garden;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.tensorflow.TensorflowSchedules;
import samestep.dialect.tensorflow.pipeline.PipelineSchedule;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expression.Comparing;
import samestep.equation.Expressions;
import samestep.equation.Formula;
import samestep.equation.Function;
import samestep.finding.Code;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/**
 * The learning rate of a Model Garden experiment with its warm-up, which replaces the beginning of the schedule and does not
 * delay it. Sources: official/modeling/optimization/lr_schedule.py and configs/learning_rate_config.py. Everything is computed
 * in single precision.
 */
final class GardenSchedule {
    private static final Expression T = ScheduleForm.T;
    private static final Expression ONE = ScheduleForm.ONE;

    private final YamlSection config;

    private GardenSchedule(YamlSection config) {
        this.config = config;
    }

    /** The schedule; empty, with a finding, when the file does not say it or Samestep does not know it. */
    static Optional<Schedule> of(YamlSection optimizerConfig, OptionalLong horizon) {
        return new GardenSchedule(optimizerConfig).read(horizon);
    }

    private Optional<Schedule> read(OptionalLong horizon) {
        YamlSection rate = config.section("learning_rate");
        String type = rate.word("type");
        if (type.isEmpty()) {
            rate.report(
                    "type",
                    Code.SS411,
                    "the file does not say which learning rate the training has; the experiment's own is in its code");
            return Optional.empty();
        }
        YamlSection values = rate.section(type);
        Optional<ScheduleForm> form = form(type, values);
        if (form.isEmpty()) {
            return Optional.empty();
        }
        long offset = values.whole("offset", 0);
        YamlSection warmup = config.section("warmup");
        ScheduleForm whole = warmup.word("type").isEmpty()
                ? later(form.get(), -offset).orElseGet(() -> delayed(form.get(), offset))
                : warmed(form.get(), offset, warmup);
        List<Schedule.NamedValue> named = new ArrayList<>(values.namedNumbers());
        named.addAll(warmup.section(warmup.word("type")).namedNumbers());
        return Optional.of(new Schedule(whole, Formula.inSinglePrecision(whole.formula()), 1, horizon, type, named));
    }

    private Optional<ScheduleForm> form(String type, YamlSection values) {
        return switch (type) {
            case "constant" ->
                Optional.of(new ScheduleForm.Constant(
                        values.number("learning_rate", "0.1").value()));
            case "stepwise" -> stepwise(values);
            case "exponential" ->
                needed(values, "initial_learning_rate", "decay_steps", "decay_rate")
                        .map(n -> TensorflowSchedules.exponential(
                                n.get(0), n.get(2), n.get(1), values.flag("staircase")));
            case "polynomial" ->
                needed(values, "initial_learning_rate", "decay_steps").map(n -> polynomial(values, n));
            case "cosine" ->
                needed(values, "initial_learning_rate", "decay_steps")
                        .map(n -> new Cosine(
                                n.get(0),
                                n.get(0).times(values.number("alpha", "0.0").value()),
                                n.get(1),
                                true));
            case "power" ->
                needed(values, "initial_learning_rate")
                        .map(n -> new ScheduleForm.Other(n.get(0)
                                .times(Expression.call(Function.MAX, T, ONE)
                                        .power(values.number("power", "-0.5").value()))));
            default -> {
                values.report(
                        "name", Code.SS010, "the learning rate " + type + " of the Model Garden cannot be read yet");
                yield Optional.empty();
            }
        };
    }

    private static ScheduleForm polynomial(YamlSection values, List<Expression> n) {
        Expression end = values.number("end_learning_rate", "0.0001").value();
        Expression power = values.number("power", "1.0").value();
        return values.flag("cycle")
                ? TensorflowSchedules.repeatedPolynomial(n.get(0), end, n.get(1), power)
                : TensorflowSchedules.polynomial(n.get(0), end, n.get(1), power);
    }

    /** Numbers without a default; empty, with a finding, where one is missing. */
    private static Optional<List<Expression>> needed(YamlSection values, String... names) {
        List<Expression> numbers = new ArrayList<>();
        for (String name : names) {
            Optional<Quantity> number = values.number(name);
            if (number.isEmpty() && values.get(name).isEmpty()) {
                values.report(
                        name,
                        Code.SS411,
                        values.path() + "." + name + " is not given; the experiment's own is in its code");
            }
            boolean divides = name.equals("decay_steps");
            if (divides && number.filter(n -> n.decimal().signum() <= 0).isPresent()) {
                values.report(
                        name, Code.SS004, values.path() + ".decay_steps must be above 0; TensorFlow divides by it");
                return Optional.empty();
            }
            number.ifPresent(n -> numbers.add(n.value()));
        }
        return numbers.size() == names.length ? Optional.of(numbers) : Optional.empty();
    }

    private static Optional<ScheduleForm> stepwise(YamlSection values) {
        if (values.get("values").isEmpty() || values.get("boundaries").isEmpty()) {
            values.report(
                    values.get("values").isEmpty() ? "values" : "boundaries",
                    Code.SS411,
                    values.path() + " needs boundaries and values; the experiment's own are in its code");
            return Optional.empty();
        }
        List<Long> boundaries = values.numbers("boundaries").stream()
                .map(b -> b.decimal().setScale(0, RoundingMode.FLOOR).longValue())
                .toList();
        List<Expression> rates =
                values.numbers("values").stream().map(Quantity::value).toList();
        Optional<ScheduleForm> form = TensorflowSchedules.piecewise(boundaries, rates);
        if (form.isEmpty()) {
            values.report(
                    "values",
                    Code.SS004,
                    values.path() + " needs one value more than boundaries, which rise; found " + rates.size() + " and "
                            + boundaries.size());
        }
        return form;
    }

    /** The form so many steps on; a negative number delays it. */
    private static Optional<ScheduleForm> later(ScheduleForm form, long steps) {
        if (steps == 0 || form instanceof ScheduleForm.Constant) {
            return Optional.of(form);
        }
        return steps > 0 && steps <= Integer.MAX_VALUE ? form.everyNth(1, (int) steps) : Optional.empty();
    }

    private static ScheduleForm delayed(ScheduleForm form, long offset) {
        return new ScheduleForm.Other(
                Expressions.substitute(form.formula(), Map.of("t", T.minus(Expression.literal(offset)))));
    }

    private ScheduleForm warmed(ScheduleForm form, long offset, YamlSection warmup) {
        String type = warmup.word("type");
        YamlSection values = warmup.section(type);
        long steps = values.whole("warmup_steps", 0);
        if (!type.equals("linear") && !type.equals("polynomial") || steps <= 0) {
            boolean silent = values.get("warmup_steps").isEmpty();
            warmup.report(
                    "type",
                    silent ? Code.SS411 : Code.SS010,
                    silent
                            ? values.path() + ".warmup_steps is not given; the experiment's own is in its code"
                            : "the warm-up " + type + " of the Model Garden cannot be read yet");
            return form;
        }
        // What the schedule gives at the last step of the warm-up is where that ends.
        Expression end = Expressions.substitute(form.formula(), Map.of("t", Expression.literal(steps - offset)));
        Expression count = Expression.literal(steps);
        ScheduleForm rising = type.equals("linear")
                ? PipelineSchedule.linear(
                        values.number("warmup_learning_rate", "0").value(), end, steps)
                : new ScheduleForm.Other(end.times(Expression.call(Function.MAX, T, ONE)
                        .over(count)
                        .power(values.number("power", "1").value())));
        Optional<ScheduleForm> after = later(form, steps - offset);
        if (after.isPresent()) {
            return new Sequence(List.of(steps), List.of(rising, after.get()));
        }
        Expression before = new Comparing(Comparison.LESS, T, count);
        return new ScheduleForm.Other(Expression.call(
                Function.WHERE, before, rising.formula(), delayed(form, offset).formula()));
    }
}
