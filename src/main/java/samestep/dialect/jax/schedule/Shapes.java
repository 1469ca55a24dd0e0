package samestep.dialect.jax.schedule;

import static samestep.recipe.ScheduleForm.ONE;
import static samestep.recipe.ScheduleForm.T;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import samestep.equation.Expression;
import samestep.equation.Function;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;

/** The shapes that Optax' schedules are made of. */
final class Shapes {
    private static final Expression HALF = Expression.literal(new BigDecimal("0.5"));

    private Shapes() {}

    static Curve constant(Quantity value) {
        return Curve.exact(new ScheduleForm.Constant(value.value()), "constant", List.of());
    }

    /** From first to end; steps that are not positive leave the first for ever. */
    static Curve polynomial(Quantity first, Quantity end, BigDecimal power, long steps, long begin) {
        if (steps <= 0) {
            return constant(first);
        }
        Expression horizon = Expression.literal(steps);
        Expression exponent = Expression.literal(power);
        ScheduleForm form = new ScheduleForm.Polynomial(first.value(), end.value(), horizon, exponent, true);
        Expression counted = begin <= 0
                ? T
                : Expression.call(Function.MAX, T.minus(Expression.literal(begin)), Expression.literal(0));
        Expression part = ONE.minus(Expression.call(Function.MIN, counted, horizon)
                        .over(horizon)
                        .rounded())
                .rounded();
        Expression raised = power.compareTo(BigDecimal.ONE) == 0
                ? part
                : part.power(exponent).rounded();
        Expression formula = first.value()
                .minus(end.value())
                .rounded()
                .times(raised)
                .rounded()
                .plus(end.value().rounded())
                .rounded();
        ScheduleForm late = begin <= 0
                ? form
                : ScheduleForms.joined(List.of(begin), List.of(new ScheduleForm.Constant(first.value()), form));
        return new Curve(late, formula, "polynomial", List.of());
    }

    /** What begins later has its first number until then. */
    private static Curve behind(long begin, Quantity first, Curve curve) {
        return begin <= 0 ? curve : Curve.joined(List.of(begin), List.of(constant(first), curve), "", List.of());
    }

    /** Falls by a factor, or rises; it is held at the end where there is one. */
    static Curve exponential(
            Quantity first, Quantity factor, long steps, long begin, boolean stairs, Optional<Quantity> end) {
        if (steps <= 0 || factor.isZero()) {
            return constant(first);
        }
        Expression per = Expression.literal(steps);
        ScheduleForm form = stairs
                ? new ScheduleForm.Staircase(first.value(), factor.value(), per)
                : new ScheduleForm.Exponential(first.value(), factor.value(), per);
        Expression exponent = T.over(per).rounded();
        Expression turned = stairs ? Expression.call(Function.FLOOR, exponent) : exponent;
        Expression formula = first.value()
                .rounded()
                .times(factor.value().rounded().power(turned).rounded())
                .rounded();
        Curve endless = new Curve(form, formula, "exponential", List.of());
        if (end.isEmpty()) {
            return behind(begin, first, endless);
        }
        boolean falls = factor.decimal().compareTo(BigDecimal.ONE) < 0;
        Expression bound = end.get().value();
        Function clip = falls ? Function.MAX : Function.MIN;
        boolean isOver = falls
                ? first.decimal().compareTo(end.get().decimal()) <= 0
                : first.decimal().compareTo(end.get().decimal()) >= 0;
        if (isOver) {
            return constant(end.get());
        }
        ScheduleForm held = held(form, end.get(), falls)
                .orElseGet(() -> new ScheduleForm.Other(Expression.call(clip, form.formula(), bound)));
        Expression clipped = Expression.call(clip, formula, bound.rounded());
        return behind(begin, first, new Curve(held, clipped, "exponential", List.of()));
    }

    /** Until it reaches its end, and the end from then on. */
    private static Optional<ScheduleForm> held(ScheduleForm form, Quantity end, boolean falls) {
        Expression per = form instanceof ScheduleForm.Staircase s ? s.every() : ((ScheduleForm.Exponential) form).per();
        Expression first = form.parameters().get(0);
        Expression factor =
                form instanceof ScheduleForm.Staircase s ? s.factor() : ((ScheduleForm.Exponential) form).factor();
        if (Exact.value(first).signum() <= 0 || end.decimal().signum() <= 0) {
            return Optional.empty();
        }
        double turns = Math.log(end.doubleValue() / Exact.value(first).doubleValue())
                / Math.log(Exact.value(factor).doubleValue());
        double width = Exact.value(per).doubleValue();
        double guess = form instanceof ScheduleForm.Staircase ? Math.ceil(turns) * width : Math.ceil(turns * width);
        if (!(guess >= 1 && guess < 1e9)) {
            return Optional.empty();
        }
        long start = Math.round(guess);
        boolean isThere = isPast(form, start, end, falls) && !isPast(form, start - 1, end, falls);
        return isThere
                ? Optional.of(
                        ScheduleForms.joined(List.of(start), List.of(form, new ScheduleForm.Constant(end.value()))))
                : Optional.empty();
    }

    private static boolean isPast(ScheduleForm form, long step, Quantity end, boolean falls) {
        Expression at = samestep.equation.Expressions.substitute(
                form.formula(), java.util.Map.of(samestep.equation.Builtin.T, Expression.literal(step)));
        int compared = Exact.value(at).compareTo(end.decimal());
        return falls ? compared <= 0 : compared >= 0;
    }

    /** From the first to alpha times the first along half a cosine, which may be raised to a power. */
    static Curve cosine(Quantity first, long steps, Quantity alpha, Quantity exponent) {
        Expression horizon = Expression.literal(steps);
        Expression step = Expression.call(Function.MIN, T, horizon);
        Expression wave = HALF.times(
                ONE.plus(Expression.call(Function.COS, Cosine.PI.times(step).over(horizon))));
        Expression raised = exponent.isOne() ? wave : wave.power(exponent.value());
        Expression formula =
                first.value().times(ONE.minus(alpha.value()).times(raised).plus(alpha.value()));
        ScheduleForm form = exponent.isOne()
                ? new Cosine(first.value(), first.value().times(alpha.value()), horizon, true)
                : new ScheduleForm.Other(formula);
        return new Curve(form, formula, "cosine", List.of());
    }

    /** Multiplied by a number from each boundary on. */
    static Curve steps(Quantity first, SortedMap<Long, Quantity> scales) {
        List<Long> starts = new ArrayList<>();
        List<Expression> values = new ArrayList<>(List.of(first.value()));
        scales.forEach((boundary, scale) -> {
            int last = values.size() - 1;
            Expression value = values.get(last).times(scale.value());
            if (boundary <= 0) {
                values.set(last, value);
            } else {
                starts.add(boundary);
                values.add(value);
            }
        });
        return Curve.exact(
                starts.isEmpty() ? new ScheduleForm.Constant(values.get(0)) : new ScheduleForm.Steps(starts, values),
                "steps",
                List.of());
    }
}
