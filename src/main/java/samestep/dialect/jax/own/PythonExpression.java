package samestep.dialect.jax.own;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.equation.Builtin;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expression.Arithmetic;
import samestep.equation.Expression.Call;
import samestep.equation.Expression.Comparing;
import samestep.equation.Expression.Literal;
import samestep.equation.Expression.Name;
import samestep.equation.Expression.Negation;
import samestep.equation.Expression.Reduced;
import samestep.equation.Extent;
import samestep.equation.Function;
import samestep.equation.Reduction;
import samestep.recipe.Cosine;

/** Expressions of the equation language in Python, with arrays of JAX. What rounds to single precision is written without that. */
public final class PythonExpression {
    private static final String NUMPY = "jax.numpy.";
    private static final int SUM = 1;
    private static final int SIGN = 3;
    private static final int POWER = 4;
    private static final int ATOM = 5;

    /**
     * A text.
     *
     * @param text the expression
     * @param precedence how strongly its parts hold together
     */
    private record Piece(String text, int precedence) {
        String atLeast(int wanted) {
            return precedence >= wanted ? text : "(" + text + ")";
        }
    }

    private PythonExpression() {}

    /** The expression; empty where it needs what one parameter's transformation does not see. */
    public static Optional<String> print(Expression expression) {
        try {
            return Optional.of(piece(expression).text());
        } catch (Unsayable e) {
            return Optional.empty();
        }
    }

    /** Something that has no text here. */
    private static final class Unsayable extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Piece piece(Expression expression) {
        if (expression instanceof Literal literal) {
            return literal(literal);
        }
        if (expression instanceof Name name) {
            return new Piece(name.name(), ATOM);
        }
        if (expression instanceof Negation negation) {
            return new Piece("-" + piece(negation.operand()).atLeast(POWER), SIGN);
        }
        if (expression instanceof Arithmetic arithmetic) {
            int precedence = arithmetic.operator().precedence();
            return new Piece(
                    piece(arithmetic.left()).atLeast(precedence) + " "
                            + arithmetic.operator().symbol() + " "
                            + piece(arithmetic.right()).atLeast(precedence + 1),
                    precedence);
        }
        if (expression instanceof Comparing comparing) {
            return new Piece(condition(comparing) + " + 0", SUM);
        }
        return expression instanceof Call call ? call(call) : reduced((Reduced) expression);
    }

    private static Piece literal(Literal literal) {
        if (literal.equals(Cosine.PI)) {
            return new Piece("math.pi", ATOM);
        }
        BigDecimal value = literal.value();
        String text = value.scale() <= 0 && value.precision() - value.scale() < 16
                ? value.toBigInteger().toString()
                : value.toString();
        return new Piece(text, value.signum() < 0 ? SIGN : ATOM);
    }

    private static Piece call(Call call) {
        List<Expression> given = call.arguments();
        if (call.function() == Function.F32) {
            return piece(given.get(0));
        }
        if (call.function() == Function.POW) {
            return new Piece(
                    piece(given.get(0)).atLeast(ATOM) + " ** "
                            + piece(given.get(1)).atLeast(ATOM),
                    POWER);
        }
        if (call.function() == Function.WHERE) {
            return new Piece(
                    NUMPY + "where(" + condition(given.get(0)) + ", "
                            + piece(given.get(1)).text() + ", "
                            + piece(given.get(2)).text() + ")",
                    ATOM);
        }
        String arguments = given.stream().map(a -> piece(a).text()).collect(Collectors.joining(", ", "(", ")"));
        return new Piece(NUMPY + word(call.function()) + arguments, ATOM);
    }

    private static String word(Function function) {
        return switch (function) {
            case MIN -> "minimum";
            case MAX -> "maximum";
            default -> function.word();
        };
    }

    /** A condition of {@code where} or {@code if}. */
    static String condition(Expression condition) {
        if (condition instanceof Comparing comparing) {
            return piece(comparing.left()).atLeast(SUM) + " "
                    + comparing.comparison().symbol() + " "
                    + piece(comparing.right()).atLeast(SUM);
        }
        return condition instanceof Name name
                ? name.name()
                : condition(new Comparing(Comparison.GREATER, condition, Expression.literal(0)));
    }

    private static Piece reduced(Reduced reduced) {
        boolean isOfAll = reduced.extent() == Extent.ALL
                && reduced.reduction() == Reduction.NORM
                && reduced.operand().equals(Expression.name(Builtin.G));
        if (isOfAll) {
            return new Piece(NUMPY + "sqrt(sum(" + NUMPY + "sum(" + NUMPY + "square(x)) for x in gradients))", ATOM);
        }
        if (reduced.extent() != Extent.TENSOR) {
            throw new Unsayable();
        }
        String operand = piece(reduced.operand()).text();
        return switch (reduced.reduction()) {
            case NORM -> new Piece(NUMPY + "sqrt(" + NUMPY + "sum(" + NUMPY + "square(" + operand + ")))", ATOM);
            case SUM, MEAN, MAX -> new Piece(NUMPY + reduced.reduction().word() + "(" + operand + ")", ATOM);
            case SIGNED_OTHERS -> throw new Unsayable();
        };
    }
}
