package samestep.equation.print;

import java.util.List;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expression.Arithmetic;
import samestep.equation.Expression.Call;
import samestep.equation.Expression.Comparing;
import samestep.equation.Expression.Literal;
import samestep.equation.Expression.Name;
import samestep.equation.Expression.Negation;
import samestep.equation.Expression.Reduced;
import samestep.equation.Function;
import samestep.equation.Reduction;

/** Writes expressions with the signs of mathematics, on one line. */
final class UnicodePrinter {
    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int ATOM = 4;
    private static final String SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
    private static final char SUBSCRIPT_ZERO = '\u2080';

    private UnicodePrinter() {}

    static String print(Expression expression) {
        if (expression instanceof Literal) {
            return number(ExpressionPrinter.print(expression));
        }
        if (expression instanceof Name name) {
            return name(name.name());
        }
        if (expression instanceof Negation negation) {
            return "\u2212" + atLeast(negation.operand(), ATOM);
        }
        if (expression instanceof Arithmetic arithmetic) {
            int precedence = arithmetic.operator().precedence();
            String sign = switch (arithmetic.operator()) {
                case ADD -> " + ";
                case SUBTRACT -> " \u2212 ";
                case MULTIPLY -> "\u00b7";
                case DIVIDE -> " / ";
            };
            return atLeast(arithmetic.left(), precedence) + sign + atLeast(arithmetic.right(), precedence + 1);
        }
        if (expression instanceof Comparing comparing) {
            return atLeast(comparing.left(), SUM) + sign(comparing.comparison()) + atLeast(comparing.right(), SUM);
        }
        if (expression instanceof Call call) {
            return call(call);
        }
        Reduced reduced = (Reduced) expression;
        String over = reduced.extent().word();
        return reduced.reduction() == Reduction.NORM
                ? "\u2016" + print(reduced.operand()) + "\u2016(" + over + ")"
                : reduced.reduction().word() + "(" + print(reduced.operand()) + ", " + over + ")";
    }

    private static String call(Call call) {
        List<String> arguments =
                call.arguments().stream().map(UnicodePrinter::print).toList();
        String first = arguments.get(0);
        return switch (call.function()) {
            case SQRT -> "\u221a(" + first + ")";
            case ABS -> "|" + first + "|";
            case FLOOR -> "\u230a" + first + "\u230b";
            case POW ->
                atLeast(call.arguments().get(0), ATOM) + power(call.arguments().get(1), arguments.get(1));
            default -> call.function().word() + "(" + String.join(", ", arguments) + ")";
        };
    }

    private static String power(Expression exponent, String text) {
        if (exponent instanceof Literal && text.chars().allMatch(Character::isDigit)) {
            return raised(text);
        }
        return exponent instanceof Name ? "^" + text : "^(" + text + ")";
    }

    private static String raised(String digits) {
        StringBuilder raised = new StringBuilder();
        digits.chars().forEach(c -> raised.append(SUPERSCRIPTS.charAt(c - '0')));
        return raised.toString();
    }

    private static String number(String plain) {
        int exponent = plain.indexOf('E');
        if (exponent < 0) {
            return plain.replace('-', '\u2212');
        }
        String digits = plain.substring(0, exponent);
        String power = plain.substring(exponent + 1).replace("+", "");
        String raised = power.startsWith("-") ? "\u207b" + raised(power.substring(1)) : raised(power);
        return (digits.equals("1") ? "" : digits + "\u00b7") + "10" + raised;
    }

    private static String name(String name) {
        Letters.Parts parts = Letters.of(name);
        boolean number = !parts.index().isEmpty() && parts.index().chars().allMatch(Character::isDigit);
        if (!number) {
            return parts.sign()
                    + (parts.index().isEmpty() ? "" : "_" + parts.index().replace(' ', '_'));
        }
        StringBuilder below = new StringBuilder();
        parts.index().chars().forEach(c -> below.append((char) (SUBSCRIPT_ZERO + (c - '0'))));
        return parts.sign() + below;
    }

    private static String sign(Comparison comparison) {
        return switch (comparison) {
            case AT_MOST -> " \u2264 ";
            case AT_LEAST -> " \u2265 ";
            case EQUAL -> " = ";
            default -> " " + comparison.symbol() + " ";
        };
    }

    private static String atLeast(Expression expression, int wanted) {
        String text = print(expression);
        return precedence(expression) >= wanted ? text : "(" + text + ")";
    }

    private static int precedence(Expression expression) {
        if (expression instanceof Arithmetic arithmetic) {
            return arithmetic.operator().precedence();
        }
        if (expression instanceof Comparing) {
            return 0;
        }
        boolean open = expression instanceof Negation
                || expression instanceof Literal literal
                        && (literal.value().signum() < 0 || print(literal).contains("10"))
                || expression instanceof Call call && call.function() == Function.POW;
        return open ? PRODUCT + 1 : ATOM;
    }
}
