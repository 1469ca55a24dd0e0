package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.token.Words;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Pattern;

/** Reads the patterns of {@code case}. */
final class PatternParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;

    PatternParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /** A pattern, or several with commas. */
    Pattern top() {
        Pattern first = element();
        if (!cursor.isOperator(",")) {
            return first instanceof Pattern.Star ? new Pattern.Sequence(List.of(first)) : first;
        }
        List<Pattern> elements = new ArrayList<>(List.of(first));
        while (cursor.takeOperator(",") && !cursor.isOperator(":") && !cursor.isWord("if")) {
            elements.add(element());
        }
        return new Pattern.Sequence(elements);
    }

    private Pattern element() {
        if (cursor.takeOperator("*")) {
            return new Pattern.Star(cursor.expectName().text());
        }
        return named();
    }

    private Pattern named() {
        cursor.enter();
        Pattern first = closed();
        if (cursor.isOperator("|")) {
            List<Pattern> alternatives = new ArrayList<>(List.of(first));
            while (cursor.takeOperator("|")) {
                alternatives.add(closed());
            }
            first = new Pattern.Or(alternatives);
        }
        cursor.leave();
        return cursor.takeWord("as")
                ? new Pattern.Capture(Optional.of(first), cursor.expectName().text())
                : first;
    }

    private Pattern closed() {
        Token token = cursor.peek();
        if (token.isOperator("(") || token.isOperator("[")) {
            return bracketed(token.isOperator("(") ? ")" : "]");
        }
        if (token.isOperator("{")) {
            return mapping();
        }
        boolean isName = token.kind() == TokenKind.NAME && !Words.isReserved(token.text());
        if (!isName) {
            return new Pattern.Value(value());
        }
        return dotted();
    }

    private Expression value() {
        Expression value = expressions.binary(5);
        Heights.check(value);
        return value;
    }

    private Pattern dotted() {
        Token first = cursor.next();
        Expression name = new Expression.Name(first.text(), first.span());
        boolean isDotted = false;
        while (cursor.takeOperator(".")) {
            Token attribute = cursor.expectName();
            name = new Expression.Attribute(name, attribute.text(), attribute.span(), cursor.since(first.start()));
            isDotted = true;
        }
        if (cursor.isOperator("(")) {
            return instance(name);
        }
        Heights.check(name);
        if (isDotted) {
            return new Pattern.Value(name);
        }
        return first.text().equals("_") ? new Pattern.Wildcard() : new Pattern.Capture(Optional.empty(), first.text());
    }

    private Pattern instance(Expression type) {
        cursor.expectOperator("(");
        List<Pattern> positional = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Pattern> named = new ArrayList<>();
        while (!cursor.isOperator(")")) {
            if (cursor.is(TokenKind.NAME) && cursor.ahead(1).isOperator("=")) {
                names.add(cursor.next().text());
                cursor.next();
                named.add(named());
            } else {
                positional.add(named());
            }
            if (!cursor.takeOperator(",")) {
                break;
            }
        }
        cursor.expectOperator(")");
        return new Pattern.Instance(type, positional, names, named);
    }

    private Pattern bracketed(String closing) {
        cursor.next();
        List<Pattern> elements = new ArrayList<>();
        boolean comma = closing.equals("]");
        while (!cursor.isOperator(closing)) {
            elements.add(element());
            if (!cursor.takeOperator(",")) {
                break;
            }
            comma = true;
        }
        cursor.expectOperator(closing);
        boolean isGroup = !comma && elements.size() == 1 && !(elements.get(0) instanceof Pattern.Star);
        return isGroup ? elements.get(0) : new Pattern.Sequence(elements);
    }

    private Pattern mapping() {
        cursor.expectOperator("{");
        List<Expression> keys = new ArrayList<>();
        List<Pattern> values = new ArrayList<>();
        String rest = "";
        while (!cursor.isOperator("}")) {
            if (cursor.takeOperator("**")) {
                rest = cursor.expectName().text();
            } else {
                keys.add(value());
                cursor.expectOperator(":");
                values.add(named());
            }
            if (!cursor.takeOperator(",")) {
                break;
            }
        }
        cursor.expectOperator("}");
        return new Pattern.Mapping(keys, values, rest);
    }
}
