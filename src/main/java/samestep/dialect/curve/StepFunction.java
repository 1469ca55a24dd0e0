package samestep.dialect.curve;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.equation.run.Algebra;
import samestep.equation.run.DoubleAlgebra;
import samestep.program.value.Origin;
import samestep.program.value.Value;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/**
 * A function of the step that a program has: of an update, or of an epoch. It is evaluated with a step that is not known; what
 * comes out is brought to a normal form, and is then compared with the function itself at many steps. A function that
 * is not an expression of the step, such as one that looks into a list, is a table of the run's steps.
 */
public final class StepFunction {
    /** A run so long is a table of its steps. */
    private static final long LONGEST_TABLE = 2_000;

    private static final int SAMPLES = 24;
    private static final long FAR = 100_000;
    /** Doubles of a program, and a form's: they differ in the last digits only. */
    private static final double ROUNDED = 1e-9;

    private final Function<Value, Value> function;

    /** A function of a program, which is called with values. */
    public StepFunction(Function<Value, Value> function) {
        this.function = function;
    }

    /**
     * What was found.
     *
     * @param form the learning rate, or what it is multiplied by
     * @param sampled the steps at which form and function were compared, in words; of a table, the steps that it has
     * @param isTable whether it is a table of values
     */
    public record Found(ScheduleForm form, String sampled, boolean isTable) {}

    /** The normal form of an expression of the step; one that has none is compared by its values. */
    public static ScheduleForm form(Expression expression) {
        return StepForms.of(expression);
    }

    /** What a function gives at a step; empty where that is not known. */
    public OptionalDouble at(long step) {
        Value value = function.apply(Value.Number.of(step, Origin.NONE));
        if (value instanceof Value.Made || value instanceof Value.Computed) {
            return computed(value);
        }
        return value instanceof Value.Number number && Double.isFinite(number.value())
                ? OptionalDouble.of(number.value())
                : OptionalDouble.empty();
    }

    /** What a library computes of known numbers. */
    private static OptionalDouble computed(Value value) {
        try {
            return StepValues.of(value)
                    .map(result -> OptionalDouble.of(Line.value(result).doubleValue()))
                    .orElse(OptionalDouble.empty());
        } catch (ArithmeticException e) {
            return OptionalDouble.empty();
        }
    }

    /**
     * The function as a schedule.
     *
     * @param length how many steps the run has, if known
     * @return empty where its values are not known, or a form does not have them
     */
    public Optional<Found> find(OptionalLong length) {
        try {
            return symbolic()
                    .filter(form -> confirms(form, length))
                    .map(form -> found(form, length))
                    .or(() -> table(length));
        } catch (ArithmeticException e) {
            return table(length);
        }
    }

    private Optional<ScheduleForm> symbolic() {
        return StepValues.of(function.apply(StepValues.STEP)).map(StepForms::of);
    }

    private static Found found(ScheduleForm form, OptionalLong length) {
        TreeSet<Long> steps = steps(form, length);
        return new Found(form, steps.size() + " steps up to " + steps.last(), false);
    }

    private boolean confirms(ScheduleForm form, OptionalLong length) {
        Algebra<double[]> doubles = new DoubleAlgebra(false);
        Formula<double[]> formula = Formula.compile(form.formula(), doubles);
        for (long step : steps(form, length)) {
            OptionalDouble own = at(step);
            double here = formula.at(new double[] {step})[0];
            if (step > 0 && own.isEmpty() && !Double.isFinite(here)) {
                // After its end neither has a value.
                continue;
            }
            double scale = Math.max(Math.abs(here), Math.abs(own.orElse(Double.NaN)));
            if (!(Math.abs(here - own.orElse(Double.NaN)) <= ROUNDED * Math.max(scale, ROUNDED))) {
                return false;
            }
        }
        return true;
    }

    /** The first steps, both sides of every change, and steps between. */
    private static TreeSet<Long> steps(ScheduleForm form, OptionalLong length) {
        long last =
                length.orElse(changes(form).stream().mapToLong(c -> 2 * c).max().orElse(FAR));
        TreeSet<Long> steps = new TreeSet<>(List.of(0L, 1L, 2L, 3L));
        for (int i = 1; i < SAMPLES; i++) {
            steps.add(last / SAMPLES * i);
            steps.add((long) Math.pow((double) last, (double) i / SAMPLES));
        }
        for (long change : changes(form)) {
            steps.addAll(List.of(change - 1, change, change + 1));
        }
        steps.add(last - 1);
        steps.removeIf(step -> step < 0 || length.isPresent() && step >= length.getAsLong());
        steps.add(0L);
        return steps;
    }

    private static List<Long> changes(ScheduleForm form) {
        if (form instanceof Sequence sequence) {
            List<Long> all = new ArrayList<>(sequence.starts());
            long from = all.get(all.size() - 1);
            changes(sequence.pieces().get(sequence.pieces().size() - 1)).forEach(c -> all.add(from + c));
            return all;
        }
        if (form instanceof ScheduleForm.Steps steps) {
            return steps.starts();
        }
        return form instanceof ScheduleForm.Polynomial p && p.held()
                ? List.of(
                        Line.value(p.horizon()).longValue(),
                        Line.value(p.horizon()).longValue() + 1)
                : List.of();
    }

    /** Every step of a run that is not too long, equal ones joined. */
    private Optional<Found> table(OptionalLong length) {
        if (length.isEmpty() || length.getAsLong() > LONGEST_TABLE || length.getAsLong() < 1) {
            return Optional.empty();
        }
        List<Long> starts = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        double before = Double.NaN;
        for (long step = 0; step < length.getAsLong(); step++) {
            OptionalDouble value = at(step);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            if (value.getAsDouble() != before) {
                if (step > 0) {
                    starts.add(step);
                }
                values.add(Expression.literal(new BigDecimal(Double.toString(value.getAsDouble()))));
                before = value.getAsDouble();
            }
        }
        if (!isSteady(starts, values)) {
            return Optional.empty();
        }
        ScheduleForm form =
                starts.isEmpty() ? new ScheduleForm.Constant(values.get(0)) : new ScheduleForm.Steps(starts, values);
        return Optional.of(new Found(form, "each of the " + length.getAsLong() + " steps of the run", true));
    }

    /** Whether the function gives the same again: one that counts its own calls does not. */
    private boolean isSteady(List<Long> starts, List<Expression> values) {
        boolean first = at(0).orElse(Double.NaN) == Line.value(values.get(0)).doubleValue();
        int last = values.size() - 1;
        return first
                && (last == 0
                        || at(starts.get(last - 1)).orElse(Double.NaN)
                                == Line.value(values.get(last)).doubleValue());
    }
}
