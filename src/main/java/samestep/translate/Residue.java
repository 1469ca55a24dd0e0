package samestep.translate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Numbers;
import samestep.recipe.Recipe;

/**
 * A recipe in which numbers that went through single precision are what they were before: 0.0005 instead of
 * 0.0005000000237487257.
 *
 * @param recipe with the short decimals
 * @param findings what was recognised
 */
record Residue(Recipe recipe, List<Finding> findings) {

    /** Finds and replaces. */
    static Residue in(Recipe recipe) {
        Map<BigDecimal, Expression> meant = new LinkedHashMap<>();
        recipe.mapped(value -> {
            collect(value, meant);
            return value;
        });
        List<Finding> findings = new ArrayList<>();
        meant.forEach((number, value) -> findings.add(Finding.of(
                Code.SS102,
                number.toPlainString() + " is "
                        + ((Expression.Literal) value).value().toPlainString()
                        + " after rounding to single precision; it is taken as that")));
        return meant.isEmpty()
                ? new Residue(recipe, findings)
                : new Residue(recipe.mapped(value -> Expressions.replaceNumbers(value, meant)), findings);
    }

    private static void collect(Expression expression, Map<BigDecimal, Expression> into) {
        if (expression instanceof Expression.Literal literal) {
            Numbers.meantBeforeSinglePrecision(literal.value())
                    .ifPresent(m -> into.put(literal.value().stripTrailingZeros(), Expression.literal(m)));
        }
        Expressions.children(expression).forEach(part -> collect(part, into));
    }
}
