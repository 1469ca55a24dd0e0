package samestep.dialect.tensorflow.traced;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import samestep.dialect.tensorflow.Parts;
import samestep.dialect.tensorflow.TensorflowSchedules;
import samestep.dialect.tensorflow.graph.training.GraphRate;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Function;
import samestep.equation.Operator;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;

/**
 * Which schedule a formula is. A form is guessed from how the formula is built, and taken only if it gives the formula's values,
 * to sixty digits, at steps around everything that happens in it; else the schedule is its formula.
 */
final class GraphSchedule {
    private static final BigDecimal SMALL = new BigDecimal("1e-60");
    private static final long LATE = 1_234_567;

    private final GraphRate rate;
    private final Expression ideal;
    private final List<Schedule.NamedValue> values = new ArrayList<>();
    private String name = "a schedule of its own";

    private GraphSchedule(GraphRate rate) {
        this.rate = rate;
        this.ideal = Expressions.withoutRounding(rate.formula());
    }

    static Schedule of(GraphRate rate) {
        GraphSchedule schedule = new GraphSchedule(rate);
        ScheduleForm form = schedule.form().orElseGet(schedule::other);
        return new Schedule(form, rate.formula(), 1, OptionalLong.empty(), schedule.name, schedule.values);
    }

    private ScheduleForm other() {
        values.clear();
        name = "a schedule of its own";
        return new ScheduleForm.Other(ideal);
    }

    private Optional<ScheduleForm> form() {
        if (Parts.isConstant(ideal)) {
            name = "a constant rate";
            named("learning_rate", ideal);
            return Optional.of(new ScheduleForm.Constant(ideal));
        }
        return steps().or(this::exponential)
                .or(this::inverseTime)
                .or(this::polynomial)
                .or(this::cosine)
                .filter(this::holds);
    }

    private void named(String field, Expression value) {
        values.add(new Schedule.NamedValue(field, rate.number(value)));
    }

    private Optional<ScheduleForm> exponential() {
        Optional<Parts.Pair> product = Parts.constantAnd(ideal, Operator.MULTIPLY);
        if (product.isEmpty()
                || !(product.get().other() instanceof Expression.Call call)
                || call.function() != Function.POW
                || !Parts.isConstant(call.arguments().get(0))) {
            return Optional.empty();
        }
        Expression exponent = call.arguments().get(1);
        Optional<Expression> floor = Parts.argument(exponent, Function.FLOOR);
        Optional<Expression> steps = Parts.divisor(floor.orElse(exponent), ScheduleForm.T);
        Expression first = product.get().constant();
        Expression factor = call.arguments().get(0);
        return steps.map(n -> {
            Optional<Expression> natural = Parts.argument(factor, Function.EXP);
            name = natural.isPresent() ? "natural_exp_decay" : "exponential_decay";
            named("learning_rate", first);
            named("decay_steps", n);
            named("decay_rate", natural.map(Parts::negated).orElse(factor));
            return TensorflowSchedules.exponential(first, factor, n, floor.isPresent());
        });
    }

    private Optional<ScheduleForm> inverseTime() {
        if (!(ideal instanceof Expression.Arithmetic quotient)
                || quotient.operator() != Operator.DIVIDE
                || !Parts.isConstant(quotient.left())) {
            return Optional.empty();
        }
        return Parts.constantAnd(quotient.right(), Operator.ADD)
                .flatMap(sum -> Parts.constantAnd(sum.other(), Operator.MULTIPLY))
                .flatMap(product -> {
                    Optional<Expression> floor = Parts.argument(product.other(), Function.FLOOR);
                    return Parts.divisor(floor.orElse(product.other()), ScheduleForm.T)
                            .map(steps -> {
                                name = "inverse_time_decay";
                                named("learning_rate", quotient.left());
                                named("decay_steps", steps);
                                named("decay_rate", product.constant());
                                return TensorflowSchedules.inverseTime(
                                        quotient.left(), product.constant(), steps, floor.isPresent());
                            });
                });
    }

    private Optional<ScheduleForm> polynomial() {
        Optional<Parts.Pair> sum = Parts.constantAnd(ideal, Operator.ADD);
        Optional<Parts.Pair> product =
                Parts.constantAnd(sum.map(Parts.Pair::other).orElse(ideal), Operator.MULTIPLY);
        Optional<Expression.Call> power = product.map(Parts.Pair::other)
                .filter(Expression.Call.class::isInstance)
                .map(Expression.Call.class::cast)
                .filter(call -> call.function() == Function.POW);
        if (power.isEmpty() || !(power.get().arguments().get(0) instanceof Expression.Arithmetic left)) {
            return Optional.empty();
        }
        Expression end = sum.map(Parts.Pair::constant).orElse(Expression.literal(0));
        Expression difference = product.get().constant();
        Expression first = difference instanceof Expression.Arithmetic d
                        && d.operator() == Operator.SUBTRACT
                        && d.right().equals(end)
                ? d.left()
                : difference.plus(end);
        Expression exponent = power.get().arguments().get(1);
        return Parts.minimumOfStep(left.right()).map(steps -> {
            name = "polynomial_decay";
            named("learning_rate", first);
            named("decay_steps", steps);
            named("end_learning_rate", end);
            named("power", exponent);
            return TensorflowSchedules.polynomial(first, end, steps, exponent);
        });
    }

    /** {@code first * ((1 - alpha) * 0.5 * (1 + cos(pi * min(t, n) / n)) + alpha)}. */
    private Optional<ScheduleForm> cosine() {
        Optional<Expression> steps = Parts.inside(ideal, Function.COS)
                .flatMap(angle -> Parts.constantAnd(angle, Operator.MULTIPLY))
                .flatMap(product -> Parts.minimumOfStep(product.other()));
        return steps.map(n -> {
            Expression first = Expression.literal(at(ideal, 0).stripTrailingZeros());
            Expression end = Expression.literal(at(ideal, LATE).stripTrailingZeros());
            name = "cosine_decay";
            named("learning_rate", first);
            named("decay_steps", n);
            return new Cosine(first, end, n, true);
        });
    }

    /** Constant pieces: the step occurs in comparisons only. */
    private Optional<ScheduleForm> steps() {
        Set<Long> bounds = new TreeSet<>();
        if (!Parts.collectBounds(ideal, bounds)) {
            return Optional.empty();
        }
        List<Long> starts = new ArrayList<>();
        List<Expression> pieces = new ArrayList<>(List.of(Parts.chosen(ideal, 0)));
        for (long bound : bounds) {
            for (long start = Math.max(1, bound); start <= bound + 1; start++) {
                Expression piece = Parts.chosen(ideal, start);
                if (!piece.equals(pieces.get(pieces.size() - 1))) {
                    starts.add(start);
                    pieces.add(piece);
                }
            }
        }
        name = "piecewise_constant";
        starts.forEach(start -> named("boundaries", Expression.literal(start - 1)));
        pieces.forEach(piece -> named("values", piece));
        return Optional.of(new ScheduleForm.Steps(starts, pieces));
    }

    private boolean holds(ScheduleForm form) {
        Set<Long> steps = new TreeSet<>(List.of(0L, 1L, 2L, 3L, 17L, 99L, 1_000L, LATE));
        for (Expression number : Parts.literals(ideal)) {
            BigDecimal value = Exact.value(number);
            if (value.signum() > 0 && value.compareTo(BigDecimal.valueOf(LATE)) < 0) {
                steps.addAll(List.of(Math.max(0, value.longValue() - 1), value.longValue(), value.longValue() + 1));
            }
        }
        try {
            Expression formula = form.formula();
            return steps.stream()
                    .allMatch(t -> at(ideal, t).subtract(at(formula, t)).abs().compareTo(SMALL) < 0);
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static BigDecimal at(Expression formula, long step) {
        return Exact.value(Expressions.substitute(formula, Map.of(Builtin.T, Expression.literal(step))));
    }
}
