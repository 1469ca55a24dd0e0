package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.tree.Expression;

/** Reads expressions from those that bind least to operators that bind most; {@link PrimaryParser} has the rest. */
final class ExpressionParser {
    private static final Map<String, Integer> BINARY = Map.ofEntries(
            Map.entry("|", 1),
            Map.entry("^", 2),
            Map.entry("&", 3),
            Map.entry("<<", 4),
            Map.entry(">>", 4),
            Map.entry("+", 5),
            Map.entry("-", 5),
            Map.entry("*", 6),
            Map.entry("/", 6),
            Map.entry("//", 6),
            Map.entry("%", 6),
            Map.entry("@", 6));

    private final Cursor cursor;
    private final PrimaryParser primaries;
    private final ParameterParser parameters;

    ExpressionParser(Cursor cursor) {
        this.cursor = cursor;
        this.primaries = new PrimaryParser(cursor, this);
        this.parameters = new ParameterParser(cursor, this);
    }

    ParameterParser parameters() {
        return parameters;
    }

    PrimaryParser primaries() {
        return primaries;
    }

    /** The right side of an assignment: expressions with commas, or a yield. */
    Expression listOrYield() {
        return cursor.isWord("yield") ? yielded() : list();
    }

    Expression yielded() {
        int start = cursor.start();
        cursor.expectWord("yield");
        if (cursor.takeWord("from")) {
            return new Expression.Yield(true, Optional.of(expression()), cursor.since(start));
        }
        Optional<Expression> operand = endsList() ? Optional.empty() : Optional.of(list());
        return new Expression.Yield(false, operand, cursor.since(start));
    }

    /** One expression, or several with commas, which are a tuple. */
    Expression list() {
        int start = cursor.start();
        Expression first = starredOrNamed();
        return cursor.isOperator(",") ? tuple(first, start) : first;
    }

    private Expression tuple(Expression first, int start) {
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (cursor.takeOperator(",") && !endsList()) {
            elements.add(starredOrNamed());
        }
        return new Expression.Tuple(elements, cursor.since(start));
    }

    /** Whether no further element of a list can begin here. */
    boolean endsList() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case NEWLINE, END, INDENT, DEDENT -> true;
            case OPERATOR -> token.text().endsWith("=") || ")]}:;".contains(token.text());
            case NAME ->
                token.text().equals("in")
                        || token.text().equals("for")
                        || token.text().equals("if");
            default -> false;
        };
    }

    /** The targets of a for or a comprehension: no comparison, since {@code in} follows. */
    Expression targets() {
        int start = cursor.start();
        Expression first = target();
        if (!cursor.isOperator(",")) {
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (cursor.takeOperator(",") && !endsList()) {
            elements.add(target());
        }
        return new Expression.Tuple(elements, cursor.since(start));
    }

    private Expression target() {
        int start = cursor.start();
        if (cursor.takeOperator("*")) {
            return new Expression.Starred(binary(1), cursor.since(start));
        }
        return binary(1);
    }

    /** The target after the {@code as} of a with: no list, since a comma begins the next context. */
    Expression targetOfWith() {
        return target();
    }

    Expression starredOrNamed() {
        int start = cursor.start();
        if (cursor.takeOperator("*")) {
            return new Expression.Starred(binary(1), cursor.since(start));
        }
        return named();
    }

    /** An expression that may be an assignment by {@code :=}. */
    Expression named() {
        int start = cursor.start();
        if (cursor.is(TokenKind.NAME) && cursor.ahead(1).isOperator(":=")) {
            Token name = cursor.expectName();
            cursor.next();
            return new Expression.Assignment(
                    new Expression.Name(name.text(), name.span()), expression(), cursor.since(start));
        }
        return expression();
    }

    Expression expression() {
        cursor.enter();
        int start = cursor.start();
        Expression result;
        if (cursor.isWord("lambda")) {
            cursor.next();
            var parsed = parameters.untilColon();
            result = new Expression.Lambda(parsed, expression(), cursor.since(start));
        } else {
            result = disjunction();
            if (cursor.takeWord("if")) {
                Expression test = disjunction();
                cursor.expectWord("else");
                result = new Expression.Conditional(result, test, expression(), cursor.since(start));
            }
        }
        cursor.leave();
        return result;
    }

    Expression disjunction() {
        int start = cursor.start();
        Expression first = conjunction();
        if (!cursor.isWord("or")) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (cursor.takeWord("or")) {
            operands.add(conjunction());
        }
        return new Expression.Logical(false, operands, cursor.since(start));
    }

    private Expression conjunction() {
        int start = cursor.start();
        Expression first = inversion();
        if (!cursor.isWord("and")) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (cursor.takeWord("and")) {
            operands.add(inversion());
        }
        return new Expression.Logical(true, operands, cursor.since(start));
    }

    private Expression inversion() {
        int start = cursor.start();
        if (!cursor.takeWord("not")) {
            return comparison();
        }
        cursor.enter();
        Expression operand = inversion();
        cursor.leave();
        return new Expression.Unary("not", operand, cursor.since(start));
    }

    private Expression comparison() {
        int start = cursor.start();
        Expression first = binary(1);
        String operator = comparisonOperator();
        if (operator.isEmpty()) {
            return first;
        }
        List<String> operators = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        while (!operator.isEmpty()) {
            operators.add(operator);
            others.add(binary(1));
            operator = comparisonOperator();
        }
        return new Expression.Comparison(first, operators, others, cursor.since(start));
    }

    /** Takes the operator that is here; empty if there is none. */
    private String comparisonOperator() {
        Token token = cursor.peek();
        if (token.kind() == TokenKind.OPERATOR) {
            switch (token.text()) {
                case "==", "!=", "<", "<=", ">", ">=" -> {
                    return cursor.next().text();
                }
                case "<>" -> {
                    cursor.next();
                    return "!=";
                }
                default -> {
                    return "";
                }
            }
        }
        if (cursor.takeWord("in")) {
            return "in";
        }
        if (cursor.isWord("not") && cursor.ahead(1).isWord("in")) {
            cursor.next();
            cursor.next();
            return "not in";
        }
        if (cursor.takeWord("is")) {
            return cursor.takeWord("not") ? "is not" : "is";
        }
        return "";
    }

    /** Operators that bind at least as tight as a level. */
    Expression binary(int least) {
        int start = cursor.start();
        Expression left = unary();
        while (cursor.is(TokenKind.OPERATOR)) {
            Integer level = BINARY.get(cursor.peek().text());
            if (level == null || level < least) {
                break;
            }
            Token operator = cursor.next();
            Expression right = binary(level + 1);
            left = new Expression.Binary(left, operator.text(), operator.span(), right, cursor.since(start));
        }
        return left;
    }

    private Expression unary() {
        Token token = cursor.peek();
        boolean isSign = token.isOperator("-") || token.isOperator("+") || token.isOperator("~");
        if (!isSign) {
            return power();
        }
        cursor.enter();
        cursor.next();
        Expression operand = unary();
        cursor.leave();
        return new Expression.Unary(token.text(), operand, cursor.since(token.start()));
    }

    private Expression power() {
        int start = cursor.start();
        Expression base = primaries.awaited();
        if (!cursor.isOperator("**")) {
            return base;
        }
        cursor.enter();
        Token operator = cursor.next();
        Expression exponent = unary();
        cursor.leave();
        return new Expression.Binary(base, "**", operator.span(), exponent, cursor.since(start));
    }
}
