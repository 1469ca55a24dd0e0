package samestep.compare.certificate;

import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.recipe.Quantity;

/** Whether an expression that a certificate has as a number is one. */
final class Numbered {
    private Numbered() {}

    static boolean hasValue(Quantity quantity) {
        return isClosed(quantity.value());
    }

    /** Without names and reductions, so that nothing else decides of its value. */
    private static boolean isClosed(Expression expression) {
        return !(expression instanceof Expression.Name)
                && !(expression instanceof Expression.Reduced)
                && Expressions.children(expression).stream().allMatch(Numbered::isClosed);
    }
}
