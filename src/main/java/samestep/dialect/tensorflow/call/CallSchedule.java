package samestep.dialect.tensorflow.call;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.tensorflow.TensorflowSchedules;
import samestep.dialect.tensorflow.program.call.GivenCall;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.finding.Code;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;

/** The learning rate that an optimizer's call is given: a number, or a function of the global step before the update. */
public final class CallSchedule {
    private final GivenCall call;

    private CallSchedule(GivenCall call) {
        this.call = call;
    }

    public static Optional<Schedule> of(GivenCall optimizer, String byDefault) {
        Optional<? extends GivenCall> function = optimizer.call("learning_rate");
        if (function.isEmpty()) {
            Quantity rate = optimizer.number("learning_rate", 0, byDefault);
            ScheduleForm constant = new ScheduleForm.Constant(rate.rounded().value());
            return Optional.of(Schedule.of(constant, 1, OptionalLong.empty(), "a constant rate")
                    .withValues(List.of(new Schedule.NamedValue("learning_rate", rate))));
        }
        CallSchedule schedule = new CallSchedule(function.get());
        Optional<ScheduleForm> form = schedule.form();
        if (form.isEmpty()) {
            function.get().report(Code.SS010, "the schedule " + function.get().name() + " cannot be read yet");
        }
        return form.map(f -> new Schedule(
                f,
                Formula.inSinglePrecision(schedule.computed(f)),
                1,
                OptionalLong.empty(),
                function.get().name(),
                schedule.values()));
    }

    private Optional<ScheduleForm> form() {
        if (call.has("decay_steps")
                && call.number("decay_steps", 2, "1").decimal().signum() <= 0) {
            call.report(Code.SS004, call.name() + ": decay_steps must be above 0; TensorFlow divides by it");
            return Optional.empty();
        }
        return switch (call.name()) {
            case "exponential_decay" ->
                Optional.of(TensorflowSchedules.exponential(
                        rate(), value("decay_rate", 3, "1"), steps(), call.flag("staircase")));
            case "natural_exp_decay" ->
                Optional.of(TensorflowSchedules.naturalExponential(
                        rate(), value("decay_rate", 3, "0"), steps(), call.flag("staircase")));
            case "inverse_time_decay" ->
                Optional.of(TensorflowSchedules.inverseTime(
                        rate(), value("decay_rate", 3, "0"), steps(), call.flag("staircase")));
            case "polynomial_decay" ->
                Optional.of(
                        call.flag("cycle")
                                ? TensorflowSchedules.repeatedPolynomial(rate(), end(), steps(), power())
                                : TensorflowSchedules.polynomial(rate(), end(), steps(), power()));
            case "cosine_decay" -> Optional.of(TensorflowSchedules.cosine(rate(), value("alpha", 3, "0.0"), steps()));
            case "piecewise_constant", "piecewise_constant_decay" -> piecewise();
            default -> Optional.empty();
        };
    }

    private Expression computed(ScheduleForm form) {
        if (call.name().equals("cosine_decay")) {
            return TensorflowSchedules.cosineInGraph(rate(), value("alpha", 3, "0.0"), steps());
        }
        return call.name().equals("polynomial_decay") && call.flag("cycle")
                ? TensorflowSchedules.repeatedPolynomialInGraph(rate(), end(), steps(), power())
                : form.formula();
    }

    private Optional<ScheduleForm> piecewise() {
        List<Long> boundaries = call.numbers("boundaries").stream()
                .map(b -> b.decimal().setScale(0, RoundingMode.FLOOR).longValue())
                .toList();
        List<Expression> values =
                call.numbers("values").stream().map(Quantity::value).toList();
        return TensorflowSchedules.piecewise(boundaries, values);
    }

    private Expression value(String argument, int position, String byDefault) {
        return call.number(argument, position, byDefault).value();
    }

    private Expression rate() {
        return value("learning_rate", 0, "0");
    }

    private Expression steps() {
        return value("decay_steps", 2, "1");
    }

    private Expression end() {
        return value("end_learning_rate", 3, "0.0001");
    }

    private Expression power() {
        return value("power", 4, "1.0");
    }

    private List<Schedule.NamedValue> values() {
        List<Schedule.NamedValue> values = new ArrayList<>();
        List<String> single =
                List.of("learning_rate", "decay_steps", "decay_rate", "end_learning_rate", "power", "alpha");
        for (String argument : single) {
            if (call.has(argument)) {
                call.number(argument, -1).ifPresent(v -> values.add(new Schedule.NamedValue(argument, v)));
            }
        }
        for (String list : List.of("boundaries", "values")) {
            call.numbers(list).forEach(v -> values.add(new Schedule.NamedValue(list, v)));
        }
        return values;
    }
}
