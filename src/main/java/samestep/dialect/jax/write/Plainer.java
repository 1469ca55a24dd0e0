package samestep.dialect.jax.write;

import java.math.BigDecimal;
import samestep.equation.Expression;
import samestep.equation.Expression.Arithmetic;
import samestep.equation.Expressions;

/** Formulas without what adds nothing: {@code t + 0}, {@code 1 * t}. */
final class Plainer {
    private Plainer() {}

    static Expression of(Expression expression) {
        Expression plain = Expressions.withChildren(
                expression,
                Expressions.children(expression).stream().map(Plainer::of).toList());
        return plain instanceof Arithmetic arithmetic ? arithmetic(arithmetic) : plain;
    }

    private static Expression arithmetic(Arithmetic arithmetic) {
        Expression left = arithmetic.left();
        Expression right = arithmetic.right();
        return switch (arithmetic.operator()) {
            case ADD -> is(left, BigDecimal.ZERO) ? right : is(right, BigDecimal.ZERO) ? left : arithmetic;
            case SUBTRACT -> is(right, BigDecimal.ZERO) ? left : arithmetic;
            case MULTIPLY -> is(left, BigDecimal.ONE) ? right : is(right, BigDecimal.ONE) ? left : arithmetic;
            case DIVIDE -> is(right, BigDecimal.ONE) ? left : arithmetic;
        };
    }

    private static boolean is(Expression expression, BigDecimal number) {
        return expression instanceof Expression.Literal literal
                && literal.value().compareTo(number) == 0;
    }
}
