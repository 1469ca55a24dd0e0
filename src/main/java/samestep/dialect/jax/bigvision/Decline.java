package samestep.dialect.jax.bigvision;

import static samestep.recipe.ScheduleForm.ONE;
import static samestep.recipe.ScheduleForm.T;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Entries;
import samestep.dialect.curve.StepFunction;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Function;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.value.Value;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;

/**
 * The schedule of a configuration: a share of the rate and of the decay, from a rise to the end of the run. Update 0 has the share 0
 * where there is a rise. Source: big_vision/utils.py, create_learning_rate_schedule.
 */
final class Decline {
    private static final Expression ZERO = Expression.literal(0);
    private static final Expression ROOT = Expression.literal(new BigDecimal("0.5"));

    private final Entries entries;
    private final Durations durations;
    private final List<Finding> findings;

    Decline(Entries entries, Durations durations, List<Finding> findings) {
        this.entries = entries;
        this.durations = durations;
        this.findings = findings;
    }

    /** The form; empty, with a finding, where it is not known. */
    Optional<ScheduleForm> form() {
        Optional<Long> total = durations.total();
        Optional<Long> rise =
                durations.of("warmup", entries, Optional.of(0L), findings).map(n -> Math.max(0, n));
        Optional<Long> fall =
                durations.of("cooldown", entries, Optional.of(0L), findings).map(n -> Math.max(0, n));
        if (total.isEmpty() || rise.isEmpty() || fall.isEmpty()) {
            return Optional.empty();
        }
        if (rise.get() >= total.get()) {
            findings.add(Finding.at(
                    entries.place(), Code.SS004, "the warm-up is as long as the run: big_vision refuses it"));
            return Optional.empty();
        }
        return body(rise.get(), total.get())
                .map(body -> risen(body, rise.get()))
                .map(body -> fallen(body, fall.get(), total.get()))
                .map(this::scaled);
    }

    /** After the rise; its steps count from the end of that. */
    private Optional<ScheduleForm> body(long rise, long total) {
        String type = entries.text("decay_type").orElse("stair");
        Expression horizon = Expression.literal(total - rise);
        return switch (type) {
            case "linear", "polynomial" -> {
                Expression end = entries.get("end").isPresent() ? value("end") : value("linear_end");
                yield Optional.of(new ScheduleForm.Polynomial(
                        ONE, end, horizon, entries.get("power").isPresent() ? value("power") : ONE, true));
            }
            case "cosine" -> Optional.of(new Cosine(ONE, ZERO, horizon, true));
            case "rsqrt" -> inverseRoot();
            case "stair" -> stairs(rise);
            default -> {
                findings.add(Finding.at(entries.at("decay_type"), Code.SS004, "big_vision has no decay_type " + type));
                yield Optional.empty();
            }
        };
    }

    private Expression value(String field) {
        return entries.number(field).map(Quantity::value).orElse(ZERO);
    }

    private Optional<ScheduleForm> inverseRoot() {
        Optional<Long> scale = durations.of("timescale", entries, plain("timescale", 10_000), findings);
        Optional<Long> shift = durations.of("shift", entries, plain("shift", 0), findings);
        if (scale.isEmpty() || shift.isEmpty() || scale.get() + shift.get() <= 0) {
            return Optional.empty();
        }
        Expression width = Expression.literal(scale.get());
        Expression over = Expression.literal(scale.get() + shift.get());
        Expression first = width.over(over).power(ROOT);
        return Optional.of(new ScheduleForm.InverseTime(shift.get() == 0 ? ONE : first, ONE.over(over), ROOT));
    }

    private Optional<Long> plain(String field, long otherwise) {
        return entries.get(field).isPresent() ? entries.whole(field) : Optional.of(otherwise);
    }

    /** {@code searchsorted(steps, step + 1)}: the number of a step is the first update with the new share. */
    private Optional<ScheduleForm> stairs(long rise) {
        List<Long> starts = new ArrayList<>();
        List<Expression> values = new ArrayList<>(List.of(ONE));
        for (Value step : listed("steps")) {
            if (step instanceof Value.Number number && number.integer().isPresent()) {
                // The steps count from the start of the run.
                starts.add(number.integer().get().longValue() - rise);
            }
        }
        for (Value share : listed("mults")) {
            if (share instanceof Value.Number number && number.formula().isPresent()) {
                values.add(number.formula().get());
            }
        }
        boolean isWhole = starts.size() == listed("steps").size()
                && values.size() == starts.size() + 1
                && starts.stream().sorted().distinct().toList().equals(starts)
                && (starts.isEmpty() || starts.get(0) > 0);
        if (!isWhole) {
            findings.add(Finding.at(
                    entries.at("steps"), Code.SS010, "these steps and mults of the schedule cannot be read yet"));
            return Optional.empty();
        }
        return Optional.of(starts.isEmpty() ? new ScheduleForm.Constant(ONE) : new ScheduleForm.Steps(starts, values));
    }

    private List<Value> listed(String field) {
        return entries.get(field).isPresent() ? entries.list(field).orElse(List.of()) : List.of();
    }

    private static ScheduleForm risen(ScheduleForm body, long rise) {
        if (rise == 0) {
            return body;
        }
        Expression first = Expressions.substitute(body.formula(), java.util.Map.of(Builtin.T, ZERO));
        Expression top = samestep.equation.run.Exact.value(first).compareTo(BigDecimal.ONE) == 0 ? ONE : first;
        ScheduleForm slope = new ScheduleForm.Polynomial(ZERO, top, Expression.literal(rise), ONE, true);
        return ScheduleForms.joined(List.of(rise), List.of(slope, body));
    }

    private static ScheduleForm fallen(ScheduleForm body, long fall, long total) {
        if (fall == 0) {
            return body;
        }
        Expression end = Expression.literal(total);
        Expression share = Expression.call(Function.MIN, ONE, end.minus(T).over(Expression.literal(fall)));
        return StepFunction.form(body.formula().times(share));
    }

    private ScheduleForm scaled(ScheduleForm form) {
        if (!entries.isOn("scale_with_batchsize", false)) {
            return form;
        }
        if (durations.batch().isEmpty()) {
            findings.add(Finding.at(
                    entries.at("scale_with_batchsize"),
                    Code.SS010,
                    "input.batch_size, which scales the rate, is not known"));
            return form;
        }
        Expression share = durations.batch().get().value().over(Expression.literal(256));
        return ScheduleForms.scaled(form, share);
    }
}
