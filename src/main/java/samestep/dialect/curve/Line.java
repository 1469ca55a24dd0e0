package samestep.dialect.curve;

import java.math.BigDecimal;
import java.util.Optional;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.run.Exact;
import samestep.recipe.ScheduleForm;

/**
 * A straight line.
 *
 * @param start its value at step 0
 * @param slope what each step adds
 */
record Line(Expression start, Expression slope) {
    private static final Expression ZERO = Expression.literal(0);
    private static final Expression ONE = Expression.literal(1);

    /** The line that an expression of the step is; empty where it is another curve. */
    static Optional<Line> of(Expression expression) {
        if (!hasStep(expression)) {
            return Optional.of(new Line(expression, ZERO));
        }
        if (expression.equals(ScheduleForm.T)) {
            return Optional.of(new Line(ZERO, ONE));
        }
        if (expression instanceof Expression.Negation negation) {
            return of(negation.operand()).map(line -> line.times(Expression.literal(-1)));
        }
        if (!(expression instanceof Expression.Arithmetic arithmetic)) {
            return Optional.empty();
        }
        Optional<Line> left = of(arithmetic.left());
        Optional<Line> right = of(arithmetic.right());
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        Line a = left.get();
        Line b = right.get();
        return switch (arithmetic.operator()) {
            case ADD -> Optional.of(new Line(plus(a.start, b.start), plus(a.slope, b.slope)));
            case SUBTRACT -> {
                Line minus = b.times(Expression.literal(-1));
                yield Optional.of(new Line(plus(a.start, minus.start), plus(a.slope, minus.slope)));
            }
            case MULTIPLY ->
                !hasStep(arithmetic.right())
                        ? Optional.of(a.times(b.start))
                        : !hasStep(arithmetic.left()) ? Optional.of(b.times(a.start)) : Optional.empty();
            case DIVIDE ->
                hasStep(arithmetic.right()) || isZero(b.start)
                        ? Optional.empty()
                        : Optional.of(new Line(over(a.start, b.start), over(a.slope, b.start)));
        };
    }

    Line times(Expression factor) {
        return new Line(product(start, factor), product(slope, factor));
    }

    /** Its value at a step. */
    Expression at(Expression step) {
        return plus(start, product(slope, step));
    }

    /** The step at which it is 0, for one that is not level. */
    Expression root() {
        return product(Expression.literal(-1), over(start, slope));
    }

    /** -1, 0 or 1. */
    int direction() {
        return value(slope).signum();
    }

    static boolean hasStep(Expression expression) {
        return Expressions.names(expression).contains(Builtin.T);
    }

    static boolean isZero(Expression expression) {
        return value(expression).signum() == 0;
    }

    static BigDecimal value(Expression expression) {
        return Exact.value(expression);
    }

    static Expression plus(Expression a, Expression b) {
        if (isZero(a)) {
            return b;
        }
        return isZero(b) ? a : shortened(a.plus(b));
    }

    static Expression product(Expression a, Expression b) {
        return isZero(a) || isZero(b) ? ZERO : shortened(a.times(b));
    }

    static Expression over(Expression a, Expression b) {
        return isZero(a) ? ZERO : shortened(a.over(b));
    }

    /** A number that is a short decimal is written as one. */
    private static Expression shortened(Expression expression) {
        return Exact.decimal(expression)
                .filter(d -> d.precision() <= 40)
                .map(Expression::literal)
                .orElse(expression);
    }
}
