package samestep.dialect.jax.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.jax.write.Written.Made;
import samestep.dialect.jax.write.Written.Num;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/** Schedules as Optax' own, and as a function of the update where it has none. */
final class OptaxScheduleWriter {
    private final WrittenNumbers numbers;

    OptaxScheduleWriter(WrittenNumbers numbers) {
        this.numbers = numbers;
    }

    /** A number for a constant rate, else a schedule. */
    Written write(ScheduleForm form) {
        if (form instanceof ScheduleForm.Constant constant) {
            return number(constant.base());
        }
        return own(form).<Written>map(made -> made).orElseGet(() -> new Written.Curve(Plainer.of(form.formula())));
    }

    /** One of Optax' own; empty where it has none. */
    private Optional<Made> own(ScheduleForm form) {
        if (form instanceof ScheduleForm.Constant c) {
            return Optional.of(made("constant_schedule", Map.of("value", number(c.base()))));
        }
        if (form instanceof ScheduleForm.Steps steps) {
            return Optional.of(steps(steps));
        }
        if (form instanceof ScheduleForm.Staircase s && isWhole(s.every())) {
            return Optional.of(fall(s.base(), s.factor(), s.every()).with("staircase", new Written.Flag(true)));
        }
        if (form instanceof ScheduleForm.Exponential e && isWhole(e.per())) {
            return Optional.of(fall(e.base(), e.factor(), e.per()));
        }
        if (form instanceof ScheduleForm.Polynomial p && p.held() && isWhole(p.horizon())) {
            return Optional.of(polynomial(p));
        }
        if (form instanceof Cosine c && isOptax(c)) {
            return Optional.of(cosine(c));
        }
        return form instanceof Sequence sequence ? joined(sequence) : Optional.empty();
    }

    private static boolean isOptax(Cosine cosine) {
        return cosine.held()
                && Exact.value(cosine.phase()).signum() == 0
                && isWhole(cosine.horizon())
                && Exact.value(cosine.base()).signum() != 0;
    }

    private static boolean isWhole(Expression steps) {
        return Exact.decimal(steps)
                .filter(d -> d.signum() > 0 && d.stripTrailingZeros().scale() <= 0)
                .isPresent();
    }

    private Num number(Expression expression) {
        return new Num(numbers.number(expression));
    }

    private Num count(Expression expression) {
        return new Num(numbers.count(expression));
    }

    private static Made made(String name, Map<String, Written> arguments) {
        return new Made(name, true, List.of(), arguments);
    }

    private Made fall(Expression first, Expression factor, Expression steps) {
        Map<String, Written> arguments = new LinkedHashMap<>();
        arguments.put("init_value", number(first));
        arguments.put("transition_steps", count(steps));
        arguments.put("decay_rate", number(factor));
        return made("exponential_decay", arguments);
    }

    private Made polynomial(ScheduleForm.Polynomial form) {
        boolean isLine = form.power().equals(ScheduleForm.ONE);
        Map<String, Written> arguments = new LinkedHashMap<>();
        arguments.put("init_value", number(form.base()));
        arguments.put("end_value", number(form.end()));
        if (!isLine) {
            arguments.put("power", number(form.power()));
        }
        arguments.put("transition_steps", count(form.horizon()));
        return made(isLine ? "linear_schedule" : "polynomial_schedule", arguments);
    }

    private Made cosine(Cosine form) {
        Map<String, Written> arguments = new LinkedHashMap<>();
        arguments.put("init_value", number(form.base()));
        arguments.put("decay_steps", count(form.horizon()));
        if (Exact.value(form.end()).signum() != 0) {
            arguments.put("alpha", number(form.end().over(form.base())));
        }
        return made("cosine_decay_schedule", arguments);
    }

    /** A factor at each step; where a rate is 0, pieces. */
    private Made steps(ScheduleForm.Steps steps) {
        List<Expression> values = steps.values();
        boolean hasZero = values.subList(0, values.size() - 1).stream()
                .anyMatch(value -> Exact.value(value).signum() == 0);
        if (hasZero) {
            List<Written> pieces = new ArrayList<>();
            values.forEach(value -> pieces.add(made("constant_schedule", Map.of("value", number(value)))));
            return joined(pieces, steps.starts());
        }
        Map<String, Written> scales = new LinkedHashMap<>();
        for (int i = 0; i < steps.starts().size(); i++) {
            scales.put(
                    Long.toString(steps.starts().get(i)),
                    number(values.get(i + 1).over(values.get(i))));
        }
        Map<String, Written> arguments = new LinkedHashMap<>();
        arguments.put("init_value", number(values.get(0)));
        arguments.put("boundaries_and_scales", new Written.Table(scales));
        return made("piecewise_constant_schedule", arguments);
    }

    private Optional<Made> joined(Sequence sequence) {
        List<Written> pieces = new ArrayList<>();
        for (ScheduleForm piece : sequence.pieces()) {
            own(piece).ifPresent(pieces::add);
        }
        return pieces.size() == sequence.pieces().size()
                ? Optional.of(joined(pieces, sequence.starts()))
                : Optional.empty();
    }

    private static Made joined(List<Written> pieces, List<Long> starts) {
        List<Written> boundaries = new ArrayList<>();
        starts.forEach(start -> boundaries.add(new Num(Long.toString(start))));
        Map<String, Written> arguments = new LinkedHashMap<>();
        arguments.put("schedules", new Written.Many(pieces));
        arguments.put("boundaries", new Written.Many(boundaries));
        return made("join_schedules", arguments);
    }
}
