package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.token.Words;
import samestep.syntax.python.tree.Argument;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Expression.ConstantKind;
import samestep.text.Span;

/** Reads names, constants and displays, and the calls, attributes and subscripts after them. */
final class PrimaryParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final DisplayParser displays;

    PrimaryParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.displays = new DisplayParser(cursor, expressions);
    }

    /** A primary, after {@code await} where that is the keyword: something that could not follow a name follows. */
    Expression awaited() {
        int start = cursor.start();
        if (cursor.isWord("await") && beginsOperand(cursor.ahead(1))) {
            cursor.next();
            return new Expression.Await(primary(), cursor.since(start));
        }
        return primary();
    }

    private static boolean beginsOperand(Token token) {
        return switch (token.kind()) {
            case NAME ->
                !Words.isReserved(token.text())
                        || token.text().equals("None")
                        || token.text().equals("True")
                        || token.text().equals("False");
            case NUMBER, STRING -> true;
            case OPERATOR -> "([{".contains(token.text()) || token.text().equals("...");
            default -> false;
        };
    }

    private Expression primary() {
        int start = cursor.start();
        Expression value = atom();
        while (cursor.is(TokenKind.OPERATOR)) {
            if (cursor.takeOperator(".")) {
                Token name = attributeName();
                value = new Expression.Attribute(value, name.text(), name.span(), cursor.since(start));
            } else if (cursor.isOperator("(")) {
                List<Argument> arguments = arguments();
                value = new Expression.Call(value, arguments, cursor.since(start));
            } else if (cursor.takeOperator("[")) {
                Expression index = subscripts();
                cursor.expectOperator("]");
                value = new Expression.Subscript(value, index, cursor.since(start));
            } else {
                break;
            }
        }
        return value;
    }

    /** The word after a dot: any word, since Python 2 has attributes such as {@code print} or {@code None}. */
    private Token attributeName() {
        if (!cursor.is(TokenKind.NAME)) {
            throw cursor.problem("a name after \".\"");
        }
        return cursor.next();
    }

    /** Arguments in parentheses. */
    List<Argument> arguments() {
        int open = cursor.start();
        cursor.expectOperator("(");
        List<Argument> arguments = new ArrayList<>();
        while (!cursor.isOperator(")")) {
            arguments.add(argument(open, arguments.isEmpty()));
            if (!cursor.takeOperator(",")) {
                break;
            }
        }
        cursor.expectOperator(")");
        Argument last = arguments.isEmpty() ? null : arguments.get(arguments.size() - 1);
        if (arguments.size() == 1
                && last != null
                && last.value() instanceof Expression.Comprehension generator
                && generator.span().start() == open) {
            // CPython gives a generator that is the only argument the parentheses of the call.
            Span span = cursor.since(open);
            var whole = new Expression.Comprehension(generator.kind(), generator.element(), generator.clauses(), span);
            return List.of(new Argument(last.kind(), "", whole, span));
        }
        return arguments;
    }

    private Argument argument(int open, boolean isFirst) {
        int start = cursor.start();
        if (cursor.takeOperator("*")) {
            return new Argument(Argument.Kind.STAR, "", expressions.expression(), cursor.since(start));
        }
        if (cursor.takeOperator("**")) {
            return new Argument(Argument.Kind.DOUBLE_STAR, "", expressions.expression(), cursor.since(start));
        }
        if (cursor.is(TokenKind.NAME) && cursor.ahead(1).isOperator("=")) {
            Token name = cursor.next();
            cursor.next();
            return new Argument(Argument.Kind.KEYWORD, name.text(), expressions.expression(), cursor.since(start));
        }
        Expression value = expressions.named();
        if (displays.beginsClause()) {
            int from = isFirst ? open : start;
            value = displays.comprehension(
                    Expression.ComprehensionKind.GENERATOR, new Expression.Entry(Optional.empty(), value), from);
        }
        return new Argument(Argument.Kind.POSITIONAL, "", value, cursor.since(start));
    }

    private Expression subscripts() {
        int start = cursor.start();
        Expression first = subscript();
        if (!cursor.isOperator(",")) {
            return first instanceof Expression.Starred
                    ? new Expression.Tuple(List.of(first), cursor.since(start))
                    : first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (cursor.takeOperator(",") && !cursor.isOperator("]")) {
            elements.add(subscript());
        }
        return new Expression.Tuple(elements, cursor.since(start));
    }

    private Expression subscript() {
        int start = cursor.start();
        Optional<Expression> lower =
                cursor.isOperator(":") ? Optional.empty() : Optional.of(expressions.starredOrNamed());
        if (lower.isPresent() && !cursor.isOperator(":")) {
            return lower.get();
        }
        cursor.expectOperator(":");
        Optional<Expression> upper = bound();
        Optional<Expression> step = cursor.takeOperator(":") ? bound() : Optional.empty();
        return new Expression.Slice(lower, upper, step, cursor.since(start));
    }

    private Optional<Expression> bound() {
        boolean isAbsent = cursor.isOperator(":") || cursor.isOperator(",") || cursor.isOperator("]");
        return isAbsent ? Optional.empty() : Optional.of(expressions.expression());
    }

    private Expression atom() {
        Token token = cursor.peek();
        switch (token.kind()) {
            case NAME -> {
                return word(token);
            }
            case NUMBER -> {
                cursor.next();
                return new Expression.Numeral(token.text(), token.span());
            }
            case STRING -> {
                return StringParser.text(cursor);
            }
            case OPERATOR -> {
                switch (token.text()) {
                    case "(" -> {
                        return displays.parenthesized();
                    }
                    case "[" -> {
                        return displays.list();
                    }
                    case "{" -> {
                        return displays.braces();
                    }
                    case "..." -> {
                        cursor.next();
                        return new Expression.Constant(ConstantKind.ELLIPSIS, token.span());
                    }
                    default -> throw cursor.problem("an expression");
                }
            }
            default -> throw cursor.problem("an expression");
        }
    }

    private Expression word(Token token) {
        switch (token.text()) {
            case "True" -> {
                cursor.next();
                return new Expression.Constant(ConstantKind.TRUE, token.span());
            }
            case "False" -> {
                cursor.next();
                return new Expression.Constant(ConstantKind.FALSE, token.span());
            }
            case "None" -> {
                cursor.next();
                return new Expression.Constant(ConstantKind.NONE, token.span());
            }
            default -> {
                if (Words.isReserved(token.text())) {
                    throw cursor.problem("an expression");
                }
                cursor.next();
                return new Expression.Name(token.text(), token.span());
            }
        }
    }
}
