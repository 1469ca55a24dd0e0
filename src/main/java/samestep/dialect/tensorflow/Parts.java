package samestep.dialect.tensorflow;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Function;
import samestep.equation.Operator;
import samestep.equation.run.Exact;
import samestep.recipe.ScheduleForm;

/** How formulas of schedules are built. */
public final class Parts {
    private Parts() {}

    /** A part that follows the step, and one that does not. */
    public record Pair(Expression constant, Expression other) {}

    public static boolean isConstant(Expression expression) {
        return Expressions.names(expression).isEmpty();
    }

    /** A sum or product of a constant and something else, in either order. */
    public static Optional<Pair> constantAnd(Expression expression, Operator operator) {
        if (!(expression instanceof Expression.Arithmetic both) || both.operator() != operator) {
            return Optional.empty();
        }
        if (isConstant(both.left())) {
            return Optional.of(new Pair(both.left(), both.right()));
        }
        return isConstant(both.right()) ? Optional.of(new Pair(both.right(), both.left())) : Optional.empty();
    }

    /** The argument of a function. */
    public static Optional<Expression> argument(Expression expression, Function function) {
        return expression instanceof Expression.Call call && call.function() == function
                ? Optional.of(call.arguments().get(0))
                : Optional.empty();
    }

    /** The argument of a function, wherever in a formula it is called. */
    public static Optional<Expression> inside(Expression expression, Function function) {
        Optional<Expression> here = argument(expression, function);
        return here.isPresent()
                ? here
                : Expressions.children(expression).stream()
                        .flatMap(part -> inside(part, function).stream())
                        .findFirst();
    }

    /** What something is divided by, also where it is multiplied by the reciprocal. */
    public static Optional<Expression> divisor(Expression expression, Expression dividend) {
        if (expression.equals(dividend)) {
            return Optional.of(Expression.literal(1));
        }
        if (!(expression instanceof Expression.Arithmetic both) || !both.left().equals(dividend)) {
            return Optional.empty();
        }
        if (both.operator() == Operator.DIVIDE && isConstant(both.right())) {
            return Optional.of(both.right());
        }
        boolean reciprocal = both.operator() == Operator.MULTIPLY
                && both.right() instanceof Expression.Arithmetic one
                && one.operator() == Operator.DIVIDE
                && one.left().equals(Expression.literal(1));
        return reciprocal ? Optional.of(((Expression.Arithmetic) both.right()).right()) : Optional.empty();
    }

    /** N in {@code min(t, N) / N}. */
    public static Optional<Expression> minimumOfStep(Expression expression) {
        if (!(expression instanceof Expression.Arithmetic both)
                || !(both.left() instanceof Expression.Call call)
                || call.function() != Function.MIN
                || !call.arguments().get(0).equals(ScheduleForm.T)) {
            return Optional.empty();
        }
        return divisor(expression, both.left()).filter(call.arguments().get(1)::equals);
    }

    /** The negative of a constant. */
    public static Expression negated(Expression expression) {
        if (expression instanceof Expression.Negation negation) {
            return negation.operand();
        }
        return Exact.decimal(expression)
                .map(d -> Expression.literal(d.negate()))
                .orElse(new Expression.Negation(expression));
    }

    /** Collects what the step is compared with; false where it is used outside comparisons with whole numbers. */
    public static boolean collectBounds(Expression expression, Set<Long> bounds) {
        if (expression instanceof Expression.Comparing comparing) {
            boolean left = comparing.left().equals(ScheduleForm.T) && isConstant(comparing.right());
            boolean right = comparing.right().equals(ScheduleForm.T) && isConstant(comparing.left());
            if (left || right) {
                BigDecimal bound = Exact.value(left ? comparing.right() : comparing.left());
                boolean usual = bound.abs().compareTo(new BigDecimal("1e15")) < 0;
                if (usual) {
                    bounds.add(bound.setScale(0, RoundingMode.FLOOR).longValue());
                }
                return usual;
            }
        }
        return !(expression instanceof Expression.Name)
                && Expressions.children(expression).stream().allMatch(part -> collectBounds(part, bounds));
    }

    /** What a choice among constants is at a step. */
    public static Expression chosen(Expression expression, long step) {
        if (expression instanceof Expression.Call call && call.function() == Function.WHERE) {
            Expression condition =
                    Expressions.substitute(call.arguments().get(0), Map.of(Builtin.T, Expression.literal(step)));
            boolean yes = Exact.value(condition).signum() != 0;
            return chosen(call.arguments().get(yes ? 1 : 2), step);
        }
        return isConstant(expression)
                ? expression
                : Expression.literal(
                        Exact.value(Expressions.substitute(expression, Map.of(Builtin.T, Expression.literal(step)))));
    }

    /** The numbers in a formula. */
    public static Set<Expression> literals(Expression expression) {
        Set<Expression> found = new HashSet<>();
        if (expression instanceof Expression.Literal) {
            found.add(expression);
        }
        List<Expression> parts = Expressions.children(expression);
        parts.forEach(part -> found.addAll(literals(part)));
        return found;
    }
}
