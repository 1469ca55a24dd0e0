package samestep.dialect.curve;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.equation.Builtin;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Function;
import samestep.recipe.ScheduleForm;

/**
 * Where an expression of the step changes from one branch to another: a condition, a smaller or a larger of two lines.
 *
 * @param first the first whole step after the change; may be before the start, or after the end
 * @param before the expression before it
 * @param after the expression from there on, still of the same step
 */
record Splits(BigDecimal first, Expression before, Expression after) {
    private static final Expression ZERO = Expression.literal(0);

    /** The first change that can be found in an expression; empty where none can. */
    static Optional<Splits> of(Expression expression) {
        return find(expression)
                .map(found -> new Splits(
                        found.first,
                        replaced(expression, found.node, found.before),
                        replaced(expression, found.node, found.after)));
    }

    private record Found(Expression node, BigDecimal first, Expression before, Expression after) {}

    private static Optional<Found> find(Expression expression) {
        for (Expression child : Expressions.children(expression)) {
            Optional<Found> inner = find(child);
            if (inner.isPresent()) {
                return inner;
            }
        }
        if (!(expression instanceof Expression.Call call) || !Line.hasStep(expression)) {
            return Optional.empty();
        }
        List<Expression> given = call.arguments();
        return switch (call.function()) {
            case MIN -> found(call, Comparison.LESS, given.get(0), given.get(1), given.get(0), given.get(1));
            case MAX -> found(call, Comparison.GREATER, given.get(0), given.get(1), given.get(0), given.get(1));
            case ABS ->
                found(call, Comparison.LESS, given.get(0), ZERO, new Expression.Negation(given.get(0)), given.get(0));
            case WHERE ->
                given.get(0) instanceof Expression.Comparing test
                        ? found(call, test.comparison(), test.left(), test.right(), given.get(1), given.get(2))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Found> found(
            Expression node,
            Comparison test,
            Expression left,
            Expression right,
            Expression then,
            Expression otherwise) {
        Optional<Line> line = Line.of(left.minus(right));
        if (line.isEmpty()) {
            return Optional.empty();
        }
        int direction = line.get().direction();
        if (direction == 0) {
            boolean holds = test.holds(Line.value(line.get().start()).signum());
            Expression always = holds ? then : otherwise;
            return Optional.of(new Found(node, BigDecimal.ZERO, always, always));
        }
        BigDecimal root = Line.value(line.get().root());
        if (test == Comparison.EQUAL) {
            return equal(node, root, then, otherwise);
        }
        boolean before = test.holds(-direction);
        // Of the smaller or the larger of two lines both are the same there: it is the first step of what follows.
        boolean isCondition = node instanceof Expression.Call call && call.function() == Function.WHERE;
        boolean atRoot = isCondition ? test.holds(0) : !before;
        // At the root itself the test is one or the other; a change comes with the first step where it is not what it
        // was.
        BigDecimal first = root.setScale(0, RoundingMode.CEILING);
        boolean isStep = first.compareTo(root) == 0;
        if (isStep && atRoot == before) {
            first = first.add(BigDecimal.ONE);
        }
        return Optional.of(new Found(node, first, before ? then : otherwise, before ? otherwise : then));
    }

    /** One step has the one, all others have the other. */
    private static Optional<Found> equal(Expression node, BigDecimal root, Expression then, Expression otherwise) {
        boolean isStep = root.setScale(0, RoundingMode.CEILING).compareTo(root) == 0 && root.signum() >= 0;
        if (!isStep) {
            return Optional.of(new Found(node, BigDecimal.ZERO, otherwise, otherwise));
        }
        Expression next = Expression.literal(root.add(BigDecimal.ONE));
        Expression from = Expression.call(
                Function.WHERE, new Expression.Comparing(Comparison.LESS, ScheduleForm.T, next), then, otherwise);
        return Optional.of(new Found(node, root, otherwise, from));
    }

    private static Expression replaced(Expression whole, Expression node, Expression by) {
        if (whole.equals(node)) {
            return by;
        }
        List<Expression> parts = Expressions.children(whole);
        return parts.isEmpty()
                ? whole
                : Expressions.withChildren(
                        whole, parts.stream().map(p -> replaced(p, node, by)).toList());
    }

    /** An expression of the step as one of the steps since another. */
    static Expression since(Expression expression, long start) {
        return start == 0
                ? expression
                : Expressions.substitute(expression, Map.of(Builtin.T, ScheduleForm.T.plus(Expression.literal(start))));
    }
}
