package samestep.dialect.jax.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.curve.StepFunction;
import samestep.dialect.jax.schedule.Curve;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;

/**
 * What an update is multiplied by: a number, and curves of the update.
 *
 * @param constant the number
 * @param written the part of it that the file has as it is; empty if it is computed, or 1
 * @param curves the curves
 */
record Factor(Expression constant, Optional<Quantity> written, List<Curve> curves) {
    static final Factor ONE = new Factor(Expression.literal(1), Optional.empty(), List.of());

    Factor {
        curves = List.copyOf(curves);
    }

    boolean isOne() {
        return curves.isEmpty() && Exact.value(constant).compareTo(java.math.BigDecimal.ONE) == 0;
    }

    boolean isConstant() {
        return curves.isEmpty();
    }

    int sign() {
        return Exact.value(constant).signum();
    }

    Factor times(Quantity number) {
        boolean wasOne = Exact.value(constant).abs().compareTo(java.math.BigDecimal.ONE) == 0;
        boolean isOne = number.decimal().abs().compareTo(java.math.BigDecimal.ONE) == 0;
        return new Factor(
                product(constant, number.value()),
                isOne ? written : wasOne && written.isEmpty() ? Optional.of(number) : Optional.empty(),
                curves);
    }

    Factor times(Curve curve) {
        List<Curve> all = new ArrayList<>(curves);
        all.add(curve);
        return new Factor(constant, written, all);
    }

    Factor negated() {
        return new Factor(negative(constant), written, curves);
    }

    private static Expression product(Expression one, Expression other) {
        if (Exact.value(other).compareTo(java.math.BigDecimal.ONE.negate()) == 0) {
            return negative(one);
        }
        if (Exact.value(one).compareTo(java.math.BigDecimal.ONE.negate()) == 0) {
            return negative(other);
        }
        return Exact.value(one).compareTo(java.math.BigDecimal.ONE) == 0 ? other : one.times(other);
    }

    private static Expression negative(Expression expression) {
        if (expression instanceof Expression.Negation negation) {
            return negation.operand();
        }
        return expression instanceof Expression.Literal literal
                ? Expression.literal(literal.value().negate())
                : new Expression.Negation(expression);
    }

    /** As a schedule, in ideal arithmetic. */
    ScheduleForm form() {
        if (curves.isEmpty()) {
            return new ScheduleForm.Constant(constant);
        }
        if (curves.size() > 1) {
            Expression product = constant;
            for (Curve curve : curves) {
                product = product.times(curve.form().formula());
            }
            return StepFunction.form(product);
        }
        ScheduleForm only = curves.get(0).form();
        boolean isOne = Exact.value(constant).compareTo(java.math.BigDecimal.ONE) == 0;
        return isOne ? only : ScheduleForms.scaled(only, constant);
    }

    /** As Optax computes it. */
    Expression formula() {
        Expression formula = constant;
        boolean isOne = Exact.value(constant).compareTo(java.math.BigDecimal.ONE) == 0;
        for (Curve curve : curves) {
            formula = isOne && formula == constant ? curve.formula() : formula.times(curve.formula());
        }
        return formula;
    }
}
