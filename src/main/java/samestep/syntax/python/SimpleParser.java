package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;

/** Reads the statements that have no block. */
final class SimpleParser {
    private static final Set<String> AUGMENTED =
            Set.of("+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", ">>=", "<<=", "**=");

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final ImportParser imports;

    SimpleParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.imports = new ImportParser(cursor);
    }

    Statement statement() {
        Token first = cursor.peek();
        int start = first.start();
        if (first.kind() != TokenKind.NAME) {
            return assignment();
        }
        switch (first.text()) {
            case "pass" -> {
                cursor.next();
                return new Statement.Pass(first.span());
            }
            case "break" -> {
                cursor.next();
                return new Statement.Break(first.span());
            }
            case "continue" -> {
                cursor.next();
                return new Statement.Continue(first.span());
            }
            case "return" -> {
                cursor.next();
                return new Statement.Return(optionalList(), cursor.since(start));
            }
            case "raise" -> {
                return raise();
            }
            case "assert" -> {
                cursor.next();
                Expression test = expressions.expression();
                return new Statement.Assert(test, after(","), cursor.since(start));
            }
            case "del" -> {
                cursor.next();
                return new Statement.Delete(targets(), cursor.since(start));
            }
            case "import" -> {
                return imports.plain();
            }
            case "from" -> {
                return imports.from();
            }
            case "global", "nonlocal" -> {
                return scope();
            }
            default -> {
                return isTypeAlias() ? typeAlias() : assignment();
            }
        }
    }

    private Optional<Expression> optionalList() {
        return expressions.endsList() ? Optional.empty() : Optional.of(expressions.listOrYield());
    }

    private Optional<Expression> after(String mark) {
        return cursor.takeOperator(mark) ? Optional.of(expressions.expression()) : Optional.empty();
    }

    private Statement raise() {
        int start = cursor.next().start();
        Optional<Expression> value = expressions.endsList() ? Optional.empty() : Optional.of(expressions.expression());
        Optional<Expression> cause = cursor.takeWord("from") ? Optional.of(expressions.expression()) : Optional.empty();
        return new Statement.Raise(value, cause, cursor.since(start));
    }

    private List<Expression> targets() {
        List<Expression> targets = new ArrayList<>();
        do {
            targets.add(expressions.expression());
        } while (cursor.takeOperator(",") && !expressions.endsList());
        return targets;
    }

    private Statement scope() {
        Token word = cursor.next();
        List<String> names = new ArrayList<>();
        do {
            names.add(cursor.expectName().text());
        } while (cursor.takeOperator(","));
        return new Statement.Scope(word.isWord("global"), names, cursor.since(word.start()));
    }

    private boolean isTypeAlias() {
        boolean followsName = cursor.isWord("type") && cursor.ahead(1).kind() == TokenKind.NAME;
        return followsName
                && (cursor.ahead(2).isOperator("=") || cursor.ahead(2).isOperator("["));
    }

    private Statement typeAlias() {
        int start = cursor.next().start();
        Token name = cursor.expectName();
        var parameters = expressions.parameters().typeParameters();
        cursor.expectOperator("=");
        Expression value = expressions.expression();
        return new Statement.TypeAlias(
                new Expression.Name(name.text(), name.span()), parameters, value, cursor.since(start));
    }

    private Statement assignment() {
        int start = cursor.start();
        Expression first = expressions.listOrYield();
        if (cursor.isOperator("=")) {
            return chain(first, start);
        }
        if (cursor.takeOperator(":")) {
            Expression annotation = expressions.expression();
            Optional<Expression> value =
                    cursor.takeOperator("=") ? Optional.of(expressions.listOrYield()) : Optional.empty();
            return new Statement.Annotate(first, annotation, value, cursor.since(start));
        }
        Token operator = cursor.peek();
        if (operator.kind() == TokenKind.OPERATOR && AUGMENTED.contains(operator.text())) {
            cursor.next();
            String plain = operator.text().substring(0, operator.text().length() - 1);
            return new Statement.Augment(first, plain, expressions.listOrYield(), cursor.since(start));
        }
        return new Statement.Evaluation(first, cursor.since(start));
    }

    private Statement chain(Expression first, int start) {
        List<Expression> targets = new ArrayList<>();
        Expression last = first;
        while (cursor.takeOperator("=")) {
            targets.add(last);
            last = expressions.listOrYield();
        }
        return new Statement.Assign(targets, last, cursor.since(start));
    }
}
