package samestep.recipe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expression.Comparing;
import samestep.equation.Function;
import samestep.equation.run.Exact;

/**
 * A learning rate as a function of the step {@code t}, from 0, in a normal form: two schedules of the same form are
 * equal at every step when their parameters are. Parameters are expressions without names.
 */
public sealed interface ScheduleForm
        permits ScheduleForm.Constant,
                ScheduleForm.Steps,
                ScheduleForm.Staircase,
                ScheduleForm.Exponential,
                ScheduleForm.InverseTime,
                ScheduleForm.Polynomial,
                ScheduleForm.Sigmoid,
                ScheduleForm.Other,
                Cosine,
                EpochShares,
                Sequence {
    /** The step in formulas. */
    Expression T = Expression.name("t");
    /** One. */
    Expression ONE = Expression.literal(1);

    /** The rate at step {@code t}. */
    Expression formula();

    /** The parameters that decide, in a fixed order; equal forms with equal parameters are equal schedules. */
    List<Expression> parameters();

    /** The same with other parameters. */
    ScheduleForm mapped(UnaryOperator<Expression> change);

    /** The form with {@code n * u + offset} put in for the step: what update {@code u} sees of a schedule in micro-steps. */
    Optional<ScheduleForm> everyNth(int n, int offset);

    /**
     * The form that, read at step {@code n * u + n - 1}, is this one at {@code u}: how a schedule in updates is written
     * for a framework that counts micro-steps and reads the rate at the last one of each update.
     */
    Optional<ScheduleForm> spreadOver(int n);

    /** The same rate always. */
    record Constant(Expression base) implements ScheduleForm {
        @Override
        public Expression formula() {
            return base;
        }

        @Override
        public List<Expression> parameters() {
            return List.of(base);
        }

        @Override
        public ScheduleForm mapped(UnaryOperator<Expression> change) {
            return new Constant(change.apply(base));
        }

        @Override
        public Optional<ScheduleForm> everyNth(int n, int offset) {
            return Optional.of(this);
        }

        @Override
        public Optional<ScheduleForm> spreadOver(int n) {
            return Optional.of(this);
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Constant that && base.equals(that.base);
        }

        @Override
        public int hashCode() {
            return base.hashCode();
        }
    }

    /**
     * Constant pieces.
     *
     * @param starts the first step of each piece but the first, rising
     * @param values the rate of each piece; one more than starts
     */
    record Steps(List<Long> starts, List<Expression> values) implements ScheduleForm {
        /** Copies, and refuses a wrong number of values. */
        public Steps {
            starts = List.copyOf(starts);
            values = List.copyOf(values);
            if (values.size() != starts.size() + 1) {
                throw new IllegalArgumentException("a piece has one value");
            }
        }

        @Override
        public Expression formula() {
            return formula(0, starts.size());
        }

        /** Halved again and again, so that a long list does not give a deep formula. */
        private Expression formula(int from, int to) {
            if (from == to) {
                return values.get(from);
            }
            int middle = (from + to) / 2;
            Expression before = new Comparing(Comparison.LESS, T, Expression.literal(starts.get(middle)));
            return Expression.call(Function.WHERE, before, formula(from, middle), formula(middle + 1, to));
        }

        @Override
        public List<Expression> parameters() {
            List<Expression> all = new ArrayList<>(values);
            starts.forEach(start -> all.add(Expression.literal(start)));
            return all;
        }

        @Override
        public ScheduleForm mapped(UnaryOperator<Expression> change) {
            return new Steps(starts, values.stream().map(change).toList());
        }

        @Override
        public Optional<ScheduleForm> everyNth(int n, int offset) {
            List<Long> moved = starts.stream()
                    .map(start -> Math.max(0, -Math.floorDiv(offset - start, (long) n)))
                    .toList();
            return Optional.of(new Steps(moved, values));
        }

        @Override
        public Optional<ScheduleForm> spreadOver(int n) {
            return Optional.of(new Steps(starts.stream().map(s -> s * n).toList(), values));
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof Steps that && starts.equals(that.starts) && values.equals(that.values);
        }

        @Override
        public int hashCode() {
            return starts.hashCode() * 31 + values.hashCode();
        }
    }

    /** Falls by a factor every so many steps. */
    record Staircase(Expression base, Expression factor, Expression every) implements ScheduleForm {
        @Override
        public Expression formula() {
            return base.times(factor.power(Expression.call(Function.FLOOR, T.over(every))));
        }

        @Override
        public List<Expression> parameters() {
            return List.of(base, factor, every);
        }

        @Override
        public ScheduleForm mapped(UnaryOperator<Expression> change) {
            return new Staircase(change.apply(base), change.apply(factor), change.apply(every));
        }

        @Override
        public Optional<ScheduleForm> everyNth(int n, int offset) {
            // floor((n u + offset) / every) = floor(u / (every / n)) for whole every / n, as offset < n.
            boolean whole = Exact.decimal(every)
                    .map(e -> e.remainder(BigDecimal.valueOf(n)).signum() == 0)
                    .orElse(false);
            return whole && offset < n
                    ? Optional.of(new Staircase(base, factor, every.over(Expression.literal(n))))
                    : Optional.empty();
        }

        @Override
        public Optional<ScheduleForm> spreadOver(int n) {
            return Optional.of(new Staircase(base, factor, every.times(Expression.literal(n))));
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof Staircase that
                            && base.equals(that.base)
                            && factor.equals(that.factor)
                            && every.equals(that.every);
        }

        @Override
        public int hashCode() {
            return (base.hashCode() * 31 + factor.hashCode()) * 31 + every.hashCode();
        }
    }

    /** Falls by a factor over so many steps, a little at each. */
    record Exponential(Expression base, Expression factor, Expression per) implements ScheduleForm {
        @Override
        public Expression formula() {
            return base.times(factor.power(T.over(per)));
        }

        @Override
        public List<Expression> parameters() {
            // base * factor^(t / per) depends on factor and per through factor^(1 / per) alone.
            return List.of(base, factor.power(ONE.over(per)));
        }

        @Override
        public ScheduleForm mapped(UnaryOperator<Expression> change) {
            return new Exponential(change.apply(base), change.apply(factor), change.apply(per));
        }

        @Override
        public Optional<ScheduleForm> everyNth(int n, int offset) {
            Expression first =
                    base.times(factor.power(Expression.literal(offset).over(per)));
            return Optional.of(new Exponential(first, factor, per.over(Expression.literal(n))));
        }

        @Override
        public Optional<ScheduleForm> spreadOver(int n) {
            Expression longer = per.times(Expression.literal(n));
            Expression first = n == 1
                    ? base
                    : base.over(factor.power(Expression.literal(n - 1).over(longer)));
            return Optional.of(new Exponential(first, factor, longer));
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof Exponential that
                            && base.equals(that.base)
                            && factor.equals(that.factor)
                            && per.equals(that.per);
        }

        @Override
        public int hashCode() {
            return (base.hashCode() * 31 + factor.hashCode()) * 31 + per.hashCode();
        }
    }

    /** {@code base * (1 + slope * t) ^ -power}. */
    record InverseTime(Expression base, Expression slope, Expression power) implements ScheduleForm {
        @Override
        public Expression formula() {
            return base.times(ONE.plus(slope.times(T)).power(new Expression.Negation(power)));
        }

        @Override
        public List<Expression> parameters() {
            return List.of(base, slope, power);
        }

        @Override
        public ScheduleForm mapped(UnaryOperator<Expression> change) {
            return new InverseTime(change.apply(base), change.apply(slope), change.apply(power));
        }

        @Override
        public Optional<ScheduleForm> everyNth(int n, int offset) {
            Expression start = ONE.plus(slope.times(Expression.literal(offset)));
            return Optional.of(new InverseTime(
                    base.times(start.power(new Expression.Negation(power))),
                    slope.times(Expression.literal(n)).over(start),
                    power));
        }

        @Override
        public Optional<ScheduleForm> spreadOver(int n) {
            Expression remaining = Expression.literal(n).minus(slope.times(Expression.literal(n - 1)));
            if (Exact.value(remaining).signum() <= 0) {
                return Optional.empty();
            }
            Expression slower = n == 1 ? slope : slope.over(remaining);
            Expression start = ONE.plus(slower.times(Expression.literal(n - 1)));
            return Optional.of(new InverseTime(n == 1 ? base : base.times(start.power(power)), slower, power));
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof InverseTime that
                            && base.equals(that.base)
                            && slope.equals(that.slope)
                            && power.equals(that.power);
        }

        @Override
        public int hashCode() {
            return (base.hashCode() * 31 + slope.hashCode()) * 31 + power.hashCode();
        }
    }

    /**
     * {@code (base - end) * (1 - t / horizon) ^ power + end}.
     *
     * @param held whether the rate stays at the end value after the horizon; else the formula continues
     */
    record Polynomial(Expression base, Expression end, Expression horizon, Expression power, boolean held)
            implements ScheduleForm {
        @Override
        public Expression formula() {
            Expression step = held ? Expression.call(Function.MIN, T, horizon) : T;
            Expression left = ONE.minus(step.over(horizon)).power(power);
            boolean toZero = Exact.decimal(end).map(e -> e.signum() == 0).orElse(false);
            return toZero ? base.times(left) : base.minus(end).times(left).plus(end);
        }

        @Override
        public List<Expression> parameters() {
            return List.of(base, end, horizon, power);
        }

        @Override
        public ScheduleForm mapped(UnaryOperator<Expression> change) {
            return new Polynomial(
                    change.apply(base), change.apply(end), change.apply(horizon), change.apply(power), held);
        }

        @Override
        public Optional<ScheduleForm> everyNth(int n, int offset) {
            Expression left = horizon.minus(Expression.literal(offset));
            if (Exact.value(left).signum() <= 0) {
                // The first step that is read is at the horizon, or after it.
                return held ? Optional.of(new Constant(end)) : Optional.empty();
            }
            Expression first =
                    base.minus(end).times(left.over(horizon).power(power)).plus(end);
            return Optional.of(
                    new Polynomial(offset == 0 ? base : first, end, left.over(Expression.literal(n)), power, held));
        }

        @Override
        public Optional<ScheduleForm> spreadOver(int n) {
            Expression inMicroSteps = horizon.times(Expression.literal(n));
            Expression longer = inMicroSteps.plus(Expression.literal(n - 1));
            Expression first = base.minus(end)
                    .times(longer.over(inMicroSteps).power(power))
                    .plus(end);
            return Optional.of(n == 1 ? this : new Polynomial(first, end, longer, power, held));
        }

        private List<Object> parts() {
            return List.of(base, end, horizon, power, held);
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Polynomial that && parts().equals(that.parts());
        }

        @Override
        public int hashCode() {
            return parts().hashCode();
        }
    }

    /** {@code base / (1 + exp(-slope * (t - centre)))}. */
    record Sigmoid(Expression base, Expression slope, Expression centre) implements ScheduleForm {
        @Override
        public Expression formula() {
            Expression exponent = new Expression.Negation(slope).times(T.minus(centre));
            return base.over(ONE.plus(Expression.call(Function.EXP, exponent)));
        }

        @Override
        public List<Expression> parameters() {
            return List.of(base, slope, centre);
        }

        @Override
        public ScheduleForm mapped(UnaryOperator<Expression> change) {
            return new Sigmoid(change.apply(base), change.apply(slope), change.apply(centre));
        }

        @Override
        public Optional<ScheduleForm> everyNth(int n, int offset) {
            Expression count = Expression.literal(n);
            return Optional.of(new Sigmoid(
                    base,
                    slope.times(count),
                    centre.minus(Expression.literal(offset)).over(count)));
        }

        @Override
        public Optional<ScheduleForm> spreadOver(int n) {
            Expression count = Expression.literal(n);
            return Optional.of(
                    new Sigmoid(base, slope.over(count), centre.times(count).plus(Expression.literal(n - 1))));
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof Sigmoid that
                            && base.equals(that.base)
                            && slope.equals(that.slope)
                            && centre.equals(that.centre);
        }

        @Override
        public int hashCode() {
            return (base.hashCode() * 31 + slope.hashCode()) * 31 + centre.hashCode();
        }
    }

    /** Anything else; compared by its values. */
    record Other(Expression formula) implements ScheduleForm {
        @Override
        public List<Expression> parameters() {
            return List.of();
        }

        @Override
        public ScheduleForm mapped(UnaryOperator<Expression> change) {
            return new Other(change.apply(formula));
        }

        @Override
        public Optional<ScheduleForm> everyNth(int n, int offset) {
            return Optional.empty();
        }

        @Override
        public Optional<ScheduleForm> spreadOver(int n) {
            return Optional.empty();
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Other that && formula.equals(that.formula);
        }

        @Override
        public int hashCode() {
            return formula.hashCode();
        }
    }
}
