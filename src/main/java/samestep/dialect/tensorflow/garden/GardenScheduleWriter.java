package samestep.dialect.tensorflow.garden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/** Writes a schedule in updates as one of the Model Garden's, with a warm-up where it has one. */
final class GardenScheduleWriter {
    private final Function<Expression, String> numbers;
    private final WrittenNumbers counts;

    /**
     * @param numbers how a number is written
     */
    GardenScheduleWriter(Function<Expression, String> numbers, WrittenNumbers counts) {
        this.numbers = numbers;
        this.counts = counts;
    }

    /** The fields learning_rate and warmup; empty when there is none of that form. */
    Optional<List<GardenField>> write(ScheduleForm form) {
        if (!(form instanceof Sequence sequence)) {
            return plain(form, 0)
                    .map(rate -> List.of(rate, GardenField.of("warmup", List.of(GardenField.of("type", "null")))));
        }
        long steps = sequence.starts().get(0);
        boolean warms = sequence.pieces().size() == 2
                && sequence.pieces().get(0) instanceof ScheduleForm.Polynomial line
                && isZero(line.power().minus(ScheduleForm.ONE))
                && isZero(line.horizon().minus(Expression.literal(steps)))
                && isZero(line.end().minus(first(sequence.pieces().get(1))));
        if (!warms) {
            return Optional.empty();
        }
        Expression from = ((ScheduleForm.Polynomial) sequence.pieces().get(0)).base();
        GardenField warmup = GardenField.choice(
                "warmup",
                "linear",
                List.of(
                        GardenField.of("warmup_learning_rate", numbers.apply(from)),
                        GardenField.of("warmup_steps", Long.toString(steps))));
        // The warm-up replaces the beginning; the offset delays what follows, as it is meant here.
        return plain(sequence.pieces().get(1), steps).map(rate -> List.of(rate, warmup));
    }

    /** One rate for all steps. */
    List<GardenField> constant(Expression rate) {
        return write(new ScheduleForm.Constant(rate)).orElseThrow();
    }

    private static Expression first(ScheduleForm form) {
        return form instanceof ScheduleForm.Steps steps
                ? steps.values().get(0)
                : form.parameters().isEmpty()
                        ? Expression.literal(-1)
                        : form.parameters().get(0);
    }

    private static boolean isZero(Expression expression) {
        return Exact.value(expression).abs().movePointRight(80).compareTo(java.math.BigDecimal.ONE) < 0;
    }

    private Optional<GardenField> plain(ScheduleForm form, long offset) {
        if (form instanceof ScheduleForm.Constant constant) {
            return Optional.of(rate("constant", List.of(number("learning_rate", constant.base()))));
        }
        if (form instanceof ScheduleForm.Steps steps) {
            return Optional.of(stepwise(steps, offset));
        }
        List<GardenField> fields = new ArrayList<>();
        if (form instanceof ScheduleForm.Staircase s) {
            fields.addAll(List.of(
                    number("initial_learning_rate", s.base()),
                    count("decay_steps", s.every()),
                    number("decay_rate", s.factor()),
                    GardenField.of("staircase", "true")));
            return Optional.of(offset("exponential", fields, offset));
        }
        if (form instanceof ScheduleForm.Exponential e) {
            fields.addAll(List.of(
                    number("initial_learning_rate", e.base()),
                    count("decay_steps", e.per()),
                    number("decay_rate", e.factor()),
                    GardenField.of("staircase", "false")));
            return Optional.of(offset("exponential", fields, offset));
        }
        if (form instanceof ScheduleForm.Polynomial p) {
            fields.addAll(List.of(
                    number("initial_learning_rate", p.base()),
                    count("decay_steps", p.horizon()),
                    number("end_learning_rate", p.end()),
                    number("power", p.power()),
                    GardenField.of("cycle", "false")));
            return Optional.of(offset("polynomial", fields, offset));
        }
        if (form instanceof Cosine c && isZero(c.phase()) && !isZero(c.base())) {
            fields.addAll(List.of(
                    number("initial_learning_rate", c.base()),
                    count("decay_steps", c.horizon()),
                    isZero(c.end())
                            ? GardenField.of("alpha", "0.0")
                            : number("alpha", c.end().over(c.base()))));
            return Optional.of(offset("cosine", fields, offset));
        }
        return Optional.empty();
    }

    /** The rate before a boundary holds at the boundary too. */
    private GardenField stepwise(ScheduleForm.Steps steps, long offset) {
        List<Long> starts = new ArrayList<>(steps.starts());
        List<Expression> rates = new ArrayList<>(steps.values());
        while (!starts.isEmpty() && starts.get(0) <= 0) {
            starts.remove(0);
            rates.remove(0);
        }
        if (starts.isEmpty()) {
            return rate("constant", List.of(number("learning_rate", rates.get(0))));
        }
        String boundaries =
                starts.stream().map(s -> Long.toString(s - 1)).toList().toString();
        String values = rates.stream().map(numbers).toList().toString();
        return offset(
                "stepwise",
                new ArrayList<>(List.of(GardenField.of("boundaries", boundaries), GardenField.of("values", values))),
                offset);
    }

    private static GardenField offset(String type, List<GardenField> fields, long offset) {
        fields.add(GardenField.of("offset", Long.toString(offset)));
        return rate(type, fields);
    }

    private static GardenField rate(String type, List<GardenField> fields) {
        return GardenField.choice("learning_rate", type, fields);
    }

    private GardenField number(String name, Expression value) {
        return GardenField.of(name, numbers.apply(value));
    }

    private GardenField count(String name, Expression value) {
        return GardenField.of(name, counts.count(value));
    }
}
