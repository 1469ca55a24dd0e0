package samestep.syntax.python;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;
import samestep.text.Span;

/** Our tokens and trees in the words of reference.py. */
final class Rendered {
    private static final Map<String, String> STATEMENTS = Map.ofEntries(
            Map.entry("Evaluation", "Expr"),
            Map.entry("Augment", "AugAssign"),
            Map.entry("Annotate", "AnnAssign"),
            Map.entry("ClassDefinition", "ClassDef"));

    private static final Map<String, String> EXPRESSIONS = Map.ofEntries(
            Map.entry("Numeral", "Constant"),
            Map.entry("Text", "Constant"),
            Map.entry("Unary", "UnaryOp"),
            Map.entry("Binary", "BinOp"),
            Map.entry("Logical", "BoolOp"),
            Map.entry("Comparison", "Compare"),
            Map.entry("Conditional", "IfExp"),
            Map.entry("ListDisplay", "List"),
            Map.entry("SetDisplay", "Set"),
            Map.entry("DictDisplay", "Dict"),
            Map.entry("Assignment", "NamedExpr"));

    private record Entry(String name, Span span) {}

    private final List<Entry> entries = new ArrayList<>();

    private Rendered() {}

    static String tokens(PythonFile file) {
        StringBuilder out = new StringBuilder();
        for (Token token : file.tokens()) {
            TokenKind kind = token.kind();
            boolean isEmptyLine = token.text().isEmpty() && (kind == TokenKind.NEWLINE || kind == TokenKind.LINE_BREAK);
            if (kind == TokenKind.END || isEmptyLine) {
                continue;
            }
            out.append(out.isEmpty() ? "" : " ").append(kind);
            if (kind == TokenKind.NEWLINE || kind == TokenKind.LINE_BREAK) {
                out.append(':').append(token.start());
            } else if (kind != TokenKind.DEDENT) {
                out.append(':').append(token.start()).append(':').append(token.end());
            }
        }
        return out.toString();
    }

    static String nodes(PythonFile file) {
        Rendered rendered = new Rendered();
        Trees.eachStatement(file.body(), rendered::statement);
        StringBuilder out = new StringBuilder();
        rendered.entries.sort(Comparator.comparingInt((Entry e) -> e.span().start())
                .thenComparingInt(e -> -e.span().end())
                .thenComparing(Entry::name));
        for (Entry entry : rendered.entries) {
            out.append(out.isEmpty() ? "" : " ").append(entry.name());
            out.append(':')
                    .append(entry.span().start())
                    .append(':')
                    .append(entry.span().end());
        }
        return out.toString();
    }

    private void statement(Statement statement) {
        String name = statement.getClass().getSimpleName();
        if (statement instanceof Statement.Function function) {
            name = function.isAsync() ? "AsyncFunctionDef" : "FunctionDef";
        } else if (statement instanceof Statement.For loop) {
            name = loop.isAsync() ? "AsyncFor" : "For";
        } else if (statement instanceof Statement.With with) {
            name = with.isAsync() ? "AsyncWith" : "With";
        } else if (statement instanceof Statement.Scope scope) {
            name = scope.isGlobal() ? "Global" : "Nonlocal";
        }
        entries.add(new Entry(STATEMENTS.getOrDefault(name, name), statement.span()));
        List<Expression> expressions = Trees.expressions(statement);
        boolean isMatch = statement instanceof Statement.Match;
        for (int i = 0; i < expressions.size(); i++) {
            // None, True and False as patterns are not expressions in CPython's tree.
            if (!isMatch || i == 0 || !(expressions.get(i) instanceof Expression.Constant)) {
                expression(expressions.get(i));
            }
        }
        if (statement instanceof Statement.ClassDefinition definition) {
            starred(definition.bases());
        }
    }

    private void expression(Expression e) {
        String name = e.getClass().getSimpleName();
        if (e instanceof Expression.Yield yield) {
            name = yield.isFrom() ? "YieldFrom" : "Yield";
        } else if (e instanceof Expression.Comprehension c) {
            name = switch (c.kind()) {
                case LIST -> "ListComp";
                case SET -> "SetComp";
                case DICT -> "DictComp";
                case GENERATOR -> "GeneratorExp";
            };
        }
        entries.add(new Entry(EXPRESSIONS.getOrDefault(name, name), e.span()));
        if (e instanceof Expression.Text) {
            return;
        }
        if (e instanceof Expression.Call call) {
            starred(call.arguments());
        }
        Trees.children(e).forEach(this::expression);
    }

    private void starred(List<samestep.syntax.python.tree.Argument> arguments) {
        arguments.stream()
                .filter(a -> a.kind() == samestep.syntax.python.tree.Argument.Kind.STAR)
                .forEach(a -> entries.add(new Entry("Starred", a.span())));
    }
}
