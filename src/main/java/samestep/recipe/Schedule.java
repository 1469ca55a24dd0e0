package samestep.recipe;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Formula;
import samestep.equation.run.Algebra;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;

/**
 * The learning rate of every update.
 *
 * @param form what it is, in ideal arithmetic
 * @param formula how the framework computes it, in {@code t}, with {@code f32} where it rounds
 * @param microSteps how many of the formula's steps an update has: 1 when it counts updates
 * @param horizon the number of updates the run has, where the configuration says so
 * @param name the framework's own name of it, for messages
 * @param values the numbers it is made of, by the names that the framework gives them, in order
 * @param unit what its steps are
 */
public record Schedule(
        ScheduleForm form,
        Expression formula,
        int microSteps,
        OptionalLong horizon,
        String name,
        List<NamedValue> values,
        Unit unit) {

    /** What a schedule counts. */
    public enum Unit {
        /** Updates, or micro-steps of them. */
        UPDATES("updates"),
        /** Passes through the data; how many updates one has, the configuration does not say. */
        EPOCHS("epochs"),
        /**
         * The same, but every update advances by its share of a pass: steps need not be whole; the form is
         * {@link EpochShares}.
         */
        EPOCH_SHARES("epochs, update by update"),
        /** The configuration does not say how the rate changes; the form is the rate that it names. */
        NOT_SAID("something that the configuration does not say"),
        /** A program sets the rate in a way that is not followed; the form is the rate that its optimizer is made with. */
        NOT_FOLLOWED("what its program makes of it");

        private final String words;

        Unit(String words) {
            this.words = words;
        }

        /** The words in messages. */
        public String words() {
            return words;
        }

        /** Whether it is epochs, whole or by shares. */
        public boolean countsEpochs() {
            return this == EPOCHS || this == EPOCH_SHARES;
        }

        /** Whether what a step is, is not known. */
        public boolean isOpen() {
            return this == NOT_SAID || this == NOT_FOLLOWED;
        }
    }

    /**
     * A number of a schedule.
     *
     * @param field the framework's own name of it
     */
    public record NamedValue(String field, Quantity value) {}

    /** Copies the values. */
    public Schedule {
        values = List.copyOf(values);
    }

    /** A schedule in updates. */
    public Schedule(
            ScheduleForm form,
            Expression formula,
            int microSteps,
            OptionalLong horizon,
            String name,
            List<NamedValue> values) {
        this(form, formula, microSteps, horizon, name, values, Unit.UPDATES);
    }

    /** A schedule of which no values are known. */
    public Schedule(ScheduleForm form, Expression formula, int microSteps, OptionalLong horizon, String name) {
        this(form, formula, microSteps, horizon, name, List.of());
    }

    /** The same, made of these numbers. */
    public Schedule withValues(List<NamedValue> others) {
        return new Schedule(form, formula, microSteps, horizon, name, others, unit);
    }

    /** The same, in a run of so many updates. */
    public Schedule withHorizon(long updates) {
        return new Schedule(form, formula, microSteps, OptionalLong.of(updates), name, values, unit);
    }

    /** The same, counting something else. */
    public Schedule in(Unit other) {
        return new Schedule(form, formula, microSteps, horizon, name, values, other);
    }

    /** Whether it is not known how the rate changes. */
    public boolean isOpen() {
        return unit.isOpen();
    }

    /** Whether step for step can be compared with another; of two constant rates always. */
    public boolean countsLike(Schedule other) {
        return unit == other.unit
                || !isOpen()
                        && !other.isOpen()
                        && form instanceof ScheduleForm.Constant
                        && other.form instanceof ScheduleForm.Constant;
    }

    /** A schedule whose framework computes the form exactly as it is. */
    public static Schedule of(ScheduleForm form, int microSteps, OptionalLong horizon, String name) {
        return new Schedule(form, form.formula(), microSteps, horizon, name);
    }

    /** The same without any rounding to single precision. */
    public Schedule withoutRounding() {
        return new Schedule(form, Expressions.withoutRounding(formula), microSteps, horizon, name, values, unit);
    }

    /** The formula in updates: an update reads the rate at the last of its micro-steps. */
    public Expression formulaInUpdates() {
        if (microSteps == 1) {
            return formula;
        }
        Expression last = Expression.name(Builtin.T)
                .times(Expression.literal(microSteps))
                .plus(Expression.literal(microSteps - 1L));
        return Expressions.substitute(formula, Map.of(Builtin.T, last));
    }

    /** The normal form in updates, if it has one. */
    public Optional<ScheduleForm> formInUpdates() {
        return microSteps == 1 ? Optional.of(form) : form.everyNth(microSteps, microSteps - 1);
    }

    /** The rate of the first update, to a hundred digits. */
    public BigDecimal rateAtStart() {
        return rate(new DecimalAlgebra(Exact.DIGITS)).at(new BigDecimal[] {BigDecimal.ZERO})[0];
    }

    /** The schedule with every rate divided by a number. */
    public Schedule over(Expression divisor) {
        ScheduleForm smaller = ScheduleForms.scaled(form, Expression.literal(1).over(divisor));
        return new Schedule(smaller, formula.over(divisor), microSteps, horizon, name, values, unit);
    }

    /** Whether the numbers that it is made of are what the training has, and the first update's rate is one of them. */
    public boolean isFirstKnown() {
        return unit != Unit.NOT_FOLLOWED
                && values.stream().allMatch(value -> value.value().isKnown());
    }

    /** Whether it counts epochs, of which nothing says how many updates they have. */
    public boolean countsEpochs() {
        return unit.countsEpochs();
    }

    /** Whether the rate of every update is known, so that it can be run and measured. */
    public boolean isKnown() {
        return unit == Unit.UPDATES || !isOpen() && form instanceof ScheduleForm.Constant;
    }

    /** The rate of an update, ready to be computed. */
    public <V> Formula<V> rate(Algebra<V> algebra) {
        return Formula.compile(formulaInUpdates(), algebra);
    }
}
