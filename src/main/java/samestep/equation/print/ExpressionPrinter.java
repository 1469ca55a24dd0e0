package samestep.equation.print;

import java.math.BigDecimal;
import java.util.stream.Collectors;
import samestep.equation.Expression;
import samestep.equation.Expression.Arithmetic;
import samestep.equation.Expression.Call;
import samestep.equation.Expression.Comparing;
import samestep.equation.Expression.Literal;
import samestep.equation.Expression.Name;
import samestep.equation.Expression.Negation;
import samestep.equation.Expression.Reduced;

/** Writes expressions as plain text, with no more parentheses than reading them back needs. */
public final class ExpressionPrinter {
    private static final int COMPARING = 0;
    private static final int NEGATION = 3;
    private static final int ATOM = 4;
    private static final int LONGEST_PLAIN = 14;

    private ExpressionPrinter() {}

    /** The expression as it would be written in an equation file. */
    public static String print(Expression expression) {
        if (expression instanceof Literal literal) {
            return number(literal);
        }
        if (expression instanceof Name name) {
            return name.name();
        }
        if (expression instanceof Negation negation) {
            return "-" + atLeast(negation.operand(), ATOM);
        }
        if (expression instanceof Arithmetic arithmetic) {
            int precedence = arithmetic.operator().precedence();
            return atLeast(arithmetic.left(), precedence) + " "
                    + arithmetic.operator().symbol() + " " + atLeast(arithmetic.right(), precedence + 1);
        }
        if (expression instanceof Comparing comparing) {
            return atLeast(comparing.left(), 1) + " " + comparing.comparison().symbol() + " "
                    + atLeast(comparing.right(), 1);
        }
        if (expression instanceof Call call) {
            return call.arguments().stream()
                    .map(ExpressionPrinter::print)
                    .collect(Collectors.joining(", ", call.function().word() + "(", ")"));
        }
        Reduced reduced = (Reduced) expression;
        return reduced.reduction().word() + "(" + print(reduced.operand()) + ", "
                + reduced.extent().word() + ")";
    }

    private static String number(Literal literal) {
        BigDecimal value = literal.value();
        boolean isShort = Math.abs((long) value.scale()) <= LONGEST_PLAIN && value.precision() <= LONGEST_PLAIN;
        String plain = isShort ? value.toPlainString() : "";
        return isShort && plain.length() <= LONGEST_PLAIN ? plain : value.toString();
    }

    private static String atLeast(Expression expression, int precedence) {
        String text = print(expression);
        return precedence(expression) >= precedence ? text : "(" + text + ")";
    }

    private static int precedence(Expression expression) {
        if (expression instanceof Arithmetic arithmetic) {
            return arithmetic.operator().precedence();
        }
        if (expression instanceof Comparing) {
            return COMPARING;
        }
        boolean signed = expression instanceof Negation
                || expression instanceof Literal literal && literal.value().signum() < 0;
        return signed ? NEGATION : ATOM;
    }
}
