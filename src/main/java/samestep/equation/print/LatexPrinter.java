package samestep.equation.print;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
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

/** Writes expressions for TeX's mathematics. */
final class LatexPrinter {
    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int ATOM = 4;

    private LatexPrinter() {}

    static String print(Expression expression) {
        if (expression instanceof Literal literal) {
            return number(literal.value());
        }
        if (expression instanceof Name name) {
            return name(name.name());
        }
        if (expression instanceof Negation negation) {
            return "-" + atLeast(negation.operand(), PRODUCT);
        }
        if (expression instanceof Arithmetic arithmetic) {
            return arithmetic(arithmetic);
        }
        if (expression instanceof Comparing comparing) {
            return print(comparing.left()) + sign(comparing.comparison()) + print(comparing.right());
        }
        if (expression instanceof Call call) {
            return call(call);
        }
        Reduced reduced = (Reduced) expression;
        String operand = print(reduced.operand());
        String over = "_{\\text{" + reduced.extent().word() + "}}";
        return reduced.reduction() == Reduction.NORM
                ? "\\left\\lVert " + operand + " \\right\\rVert" + over
                : "\\operatorname{" + escaped(reduced.reduction().word()) + "}" + over + "\\left(" + operand
                        + "\\right)";
    }

    private static String arithmetic(Arithmetic arithmetic) {
        Expression left = arithmetic.left();
        Expression right = arithmetic.right();
        return switch (arithmetic.operator()) {
            case ADD -> atLeast(left, SUM) + " + " + atLeast(right, PRODUCT);
            case SUBTRACT -> atLeast(left, SUM) + " - " + atLeast(right, PRODUCT);
            case MULTIPLY -> product(atLeast(left, PRODUCT), atLeast(right, PRODUCT));
            case DIVIDE -> "\\frac{" + print(left) + "}{" + print(right) + "}";
        };
    }

    /** A number that follows another factor needs a sign between them. */
    private static String product(String left, String right) {
        return left + (Character.isDigit(right.charAt(0)) ? " \\cdot " : " \\, ") + right;
    }

    private static String call(Call call) {
        List<String> arguments =
                call.arguments().stream().map(LatexPrinter::print).toList();
        String first = arguments.get(0);
        return switch (call.function()) {
            case SQRT -> "\\sqrt{" + first + "}";
            case POW -> atLeast(call.arguments().get(0), ATOM) + "^{" + arguments.get(1) + "}";
            case ABS -> "\\left|" + first + "\\right|";
            case FLOOR -> "\\left\\lfloor " + first + " \\right\\rfloor";
            case WHERE ->
                "\\begin{cases} " + arguments.get(1) + " & \\text{if } " + first + " \\\\ " + arguments.get(2)
                        + " & \\text{otherwise} \\end{cases}";
            case EXP, LOG, COS, MIN, MAX ->
                "\\" + (call.function() == Function.LOG ? "ln" : call.function().word()) + "\\left("
                        + String.join(", ", arguments) + "\\right)";
            case SIGN, CLIP, F32 ->
                "\\operatorname{" + call.function().word() + "}\\left(" + String.join(", ", arguments) + "\\right)";
        };
    }

    private static String sign(Comparison comparison) {
        return switch (comparison) {
            case LESS -> " < ";
            case AT_MOST -> " \\le ";
            case GREATER -> " > ";
            case AT_LEAST -> " \\ge ";
            case EQUAL -> " = ";
        };
    }

    private static String atLeast(Expression expression, int wanted) {
        String text = print(expression);
        return precedence(expression) >= wanted ? text : "\\left(" + text + "\\right)";
    }

    private static int precedence(Expression expression) {
        if (expression instanceof Arithmetic arithmetic) {
            return switch (arithmetic.operator()) {
                case ADD, SUBTRACT -> SUM;
                case MULTIPLY -> PRODUCT;
                // A fraction needs no brackets, but its power would be its numerator's.
                case DIVIDE -> PRODUCT + 1;
            };
        }
        if (expression instanceof Comparing || expression instanceof Negation) {
            return 0;
        }
        boolean open = expression instanceof Literal literal
                        && (literal.value().signum() < 0
                                || number(literal.value()).contains("^"))
                || expression instanceof Call call && call.function() == Function.POW;
        return open ? PRODUCT + 1 : ATOM;
    }

    private static String number(BigDecimal value) {
        String text = ExpressionPrinter.print(Expression.literal(value));
        int exponent = text.indexOf('E');
        if (exponent < 0) {
            return text;
        }
        String digits = text.substring(0, exponent);
        String power = "10^{" + text.substring(exponent + 1).replace("+", "") + "}";
        return digits.equals("1") ? power : digits + " \\cdot " + power;
    }

    private static String name(String name) {
        Letters.Parts parts = Letters.of(name);
        String base = parts.greek() >= 0
                ? "\\" + parts.base()
                : parts.base().length() == 1 ? parts.base() : "\\mathit{" + escaped(parts.base()) + "}";
        if (parts.index().isEmpty()) {
            return base;
        }
        boolean number = parts.index().chars().allMatch(Character::isDigit);
        return base + "_{" + (number ? parts.index() : "\\text{" + escaped(parts.index()) + "}") + "}";
    }

    /** Words as TeX takes them. */
    static String escaped(String words) {
        return words.codePoints()
                .mapToObj(c -> {
                    String letter = Character.toString(c);
                    return switch (letter) {
                        case "\\" -> "\\textbackslash{}";
                        case "~" -> "\\textasciitilde{}";
                        case "^" -> "\\textasciicircum{}";
                        case "#", "$", "%", "&", "_", "{", "}" -> "\\" + letter;
                        default -> letter;
                    };
                })
                .collect(Collectors.joining());
    }
}
