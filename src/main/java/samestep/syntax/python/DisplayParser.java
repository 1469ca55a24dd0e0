package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Expression.ComprehensionKind;
import samestep.syntax.python.tree.Expression.Entry;

/** Reads what is in brackets: tuples, lists, sets, dicts and comprehensions. */
final class DisplayParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;

    DisplayParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    boolean beginsClause() {
        return cursor.isWord("for") || cursor.isWord("async") && cursor.ahead(1).isWord("for");
    }

    /** The clauses after an element, up to before the closing bracket. */
    Expression.Comprehension comprehension(ComprehensionKind kind, Entry element, int start) {
        List<Expression.Clause> clauses = new ArrayList<>();
        while (beginsClause()) {
            boolean isAsync = cursor.takeWord("async");
            cursor.expectWord("for");
            Expression target = expressions.targets();
            cursor.expectWord("in");
            Expression iterable = expressions.disjunction();
            List<Expression> conditions = new ArrayList<>();
            while (cursor.takeWord("if")) {
                conditions.add(condition());
            }
            clauses.add(new Expression.Clause(isAsync, target, iterable, conditions));
        }
        return new Expression.Comprehension(kind, element, clauses, cursor.since(start));
    }

    private Expression condition() {
        int start = cursor.start();
        if (cursor.ahead(1).isOperator(":=")) {
            var name = cursor.expectName();
            cursor.next();
            return new Expression.Assignment(
                    new Expression.Name(name.text(), name.span()), expressions.expression(), cursor.since(start));
        }
        return expressions.disjunction();
    }

    Expression parenthesized() {
        int start = cursor.start();
        cursor.expectOperator("(");
        if (cursor.takeOperator(")")) {
            return new Expression.Tuple(List.of(), cursor.since(start));
        }
        if (cursor.isWord("yield")) {
            Expression yielded = expressions.yielded();
            cursor.expectOperator(")");
            return yielded;
        }
        Expression first = expressions.starredOrNamed();
        if (beginsClause()) {
            var generator = comprehension(ComprehensionKind.GENERATOR, new Entry(Optional.empty(), first), start);
            cursor.expectOperator(")");
            return new Expression.Comprehension(
                    generator.kind(), generator.element(), generator.clauses(), cursor.since(start));
        }
        if (!cursor.isOperator(",")) {
            cursor.expectOperator(")");
            return first;
        }
        List<Expression> elements = rest(first, ")");
        return new Expression.Tuple(elements, cursor.since(start));
    }

    /** The elements after the first one, and the closing bracket. */
    private List<Expression> rest(Expression first, String closing) {
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (cursor.takeOperator(",") && !cursor.isOperator(closing)) {
            elements.add(expressions.starredOrNamed());
        }
        cursor.expectOperator(closing);
        return elements;
    }

    Expression list() {
        int start = cursor.start();
        cursor.expectOperator("[");
        if (cursor.takeOperator("]")) {
            return new Expression.ListDisplay(List.of(), cursor.since(start));
        }
        Expression first = expressions.starredOrNamed();
        if (beginsClause()) {
            return closed(ComprehensionKind.LIST, new Entry(Optional.empty(), first), start, "]");
        }
        List<Expression> elements = rest(first, "]");
        return new Expression.ListDisplay(elements, cursor.since(start));
    }

    private Expression closed(ComprehensionKind kind, Entry element, int start, String closing) {
        var comprehension = comprehension(kind, element, start);
        cursor.expectOperator(closing);
        return new Expression.Comprehension(kind, element, comprehension.clauses(), cursor.since(start));
    }

    Expression braces() {
        int start = cursor.start();
        cursor.expectOperator("{");
        if (cursor.takeOperator("}")) {
            return new Expression.DictDisplay(List.of(), cursor.since(start));
        }
        if (cursor.isOperator("**")) {
            return dict(start, new ArrayList<>());
        }
        Expression first = expressions.starredOrNamed();
        if (cursor.takeOperator(":")) {
            Entry entry = new Entry(Optional.of(first), expressions.expression());
            if (beginsClause()) {
                return closed(ComprehensionKind.DICT, entry, start, "}");
            }
            List<Entry> entries = new ArrayList<>(List.of(entry));
            if (cursor.takeOperator(",")) {
                return dict(start, entries);
            }
            cursor.expectOperator("}");
            return new Expression.DictDisplay(entries, cursor.since(start));
        }
        if (beginsClause()) {
            return closed(ComprehensionKind.SET, new Entry(Optional.empty(), first), start, "}");
        }
        List<Expression> elements = rest(first, "}");
        return new Expression.SetDisplay(elements, cursor.since(start));
    }

    private Expression dict(int start, List<Entry> entries) {
        while (!cursor.isOperator("}")) {
            if (cursor.takeOperator("**")) {
                entries.add(new Entry(Optional.empty(), expressions.binary(1)));
            } else {
                Expression key = expressions.expression();
                cursor.expectOperator(":");
                entries.add(new Entry(Optional.of(key), expressions.expression()));
            }
            if (!cursor.takeOperator(",")) {
                break;
            }
        }
        cursor.expectOperator("}");
        return new Expression.DictDisplay(entries, cursor.since(start));
    }
}
