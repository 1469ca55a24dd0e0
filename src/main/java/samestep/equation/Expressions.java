package samestep.equation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import samestep.equation.Expression.Arithmetic;
import samestep.equation.Expression.Call;
import samestep.equation.Expression.Comparing;
import samestep.equation.Expression.Name;
import samestep.equation.Expression.Negation;
import samestep.equation.Expression.Reduced;

/** Walking and rebuilding expressions. */
public final class Expressions {
    private Expressions() {}

    /** The direct parts of an expression, in order. */
    public static List<Expression> children(Expression expression) {
        if (expression instanceof Negation negation) {
            return List.of(negation.operand());
        }
        if (expression instanceof Arithmetic arithmetic) {
            return List.of(arithmetic.left(), arithmetic.right());
        }
        if (expression instanceof Comparing comparing) {
            return List.of(comparing.left(), comparing.right());
        }
        if (expression instanceof Call call) {
            return call.arguments();
        }
        return expression instanceof Reduced reduced ? List.of(reduced.operand()) : List.of();
    }

    /** The same expression with other direct parts, in order. */
    public static Expression withChildren(Expression expression, List<Expression> parts) {
        if (expression instanceof Negation) {
            return new Negation(parts.get(0));
        }
        if (expression instanceof Arithmetic arithmetic) {
            return new Arithmetic(arithmetic.operator(), parts.get(0), parts.get(1));
        }
        if (expression instanceof Comparing comparing) {
            return new Comparing(comparing.comparison(), parts.get(0), parts.get(1));
        }
        if (expression instanceof Call call) {
            return new Call(call.function(), parts);
        }
        return expression instanceof Reduced reduced
                ? new Reduced(reduced.reduction(), parts.get(0), reduced.extent())
                : expression;
    }

    /** The expression with values in place of names. */
    public static Expression substitute(Expression expression, Map<String, Expression> values) {
        if (expression instanceof Name name) {
            Expression value = values.get(name.name());
            return value == null ? expression : value;
        }
        List<Expression> parts = children(expression);
        if (parts.isEmpty()) {
            return expression;
        }
        return withChildren(
                expression, parts.stream().map(part -> substitute(part, values)).toList());
    }

    /** The expression without any {@code f32}: what it is in ideal arithmetic. */
    public static Expression withoutRounding(Expression expression) {
        return withoutRounding(expression, false);
    }

    /** The expression with {@code f32} around numbers only, and not around anything that has a name. */
    public static Expression roundingNumbersOnly(Expression expression) {
        return withoutRounding(expression, true);
    }

    private static Expression withoutRounding(Expression expression, boolean butOfNumbers) {
        List<Expression> parts = children(expression).stream()
                .map(part -> withoutRounding(part, butOfNumbers))
                .toList();
        if (parts.isEmpty()) {
            return expression;
        }
        boolean rounds = expression instanceof Call call && call.function() == Function.F32;
        boolean kept = butOfNumbers && parts.get(0) instanceof Expression.Literal;
        return rounds && !kept ? parts.get(0) : withChildren(expression, parts);
    }

    /** The expression with other expressions in place of numbers. */
    public static Expression replaceNumbers(Expression expression, Map<BigDecimal, Expression> replacements) {
        if (expression instanceof Expression.Literal literal) {
            Expression replacement = replacements.get(literal.value().stripTrailingZeros());
            return replacement == null ? expression : replacement;
        }
        List<Expression> parts = children(expression);
        return parts.isEmpty()
                ? expression
                : withChildren(
                        expression,
                        parts.stream()
                                .map(part -> replaceNumbers(part, replacements))
                                .toList());
    }

    /** The names that occur in an expression. */
    public static Set<String> names(Expression expression) {
        Set<String> names = new TreeSet<>();
        collect(expression, names);
        return names;
    }

    private static void collect(Expression expression, Set<String> into) {
        if (expression instanceof Name name) {
            into.add(name.name());
        }
        children(expression).forEach(part -> collect(part, into));
    }
}
