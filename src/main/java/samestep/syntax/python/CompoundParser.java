package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;
import samestep.syntax.python.tree.Statement.Handler;
import samestep.syntax.python.tree.Statement.WithItem;

/** Reads the statements that have blocks. */
final class CompoundParser {
    /** Most {@code elif}s of one statement. */
    private static final int MAX_BRANCHES = 500;

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final StatementParser statements;
    private final DefinitionParser definitions;
    private final MatchParser matches;

    CompoundParser(Cursor cursor, ExpressionParser expressions, StatementParser statements) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.statements = statements;
        this.definitions = new DefinitionParser(cursor, expressions, this);
        this.matches = new MatchParser(cursor, expressions, statements);
    }

    /** The statement that begins here if it is one with a block; null if it is not. */
    @Nullable
    Statement statement() {
        Token first = cursor.peek();
        if (first.isOperator("@")) {
            return definitions.decorated();
        }
        if (first.kind() != TokenKind.NAME) {
            return null;
        }
        return switch (first.text()) {
            case "if" -> conditional();
            case "for" -> loop(first.start(), false);
            case "while" -> repeated();
            case "try" -> guarded();
            case "with" -> context(first.start(), false);
            case "def", "class" -> definitions.definition(List.of());
            case "async" -> asynchronous();
            case "match" -> matches.match();
            default -> null;
        };
    }

    private @Nullable Statement asynchronous() {
        Token second = cursor.ahead(1);
        if (second.isWord("def")) {
            return definitions.definition(List.of());
        }
        if (second.isWord("for")) {
            return loop(cursor.next().start(), true);
        }
        return second.isWord("with") ? context(cursor.next().start(), true) : null;
    }

    /** A colon and the block after it. */
    List<Statement> block() {
        cursor.expectOperator(":");
        return statements.block();
    }

    /** The condition or another expression in a head. */
    private Expression head(Expression expression) {
        Heights.check(expression);
        return expression;
    }

    /** One condition with its block. */
    private record Branch(int start, Expression test, List<Statement> body) {}

    private Statement conditional() {
        List<Branch> branches = new ArrayList<>();
        branches.add(branch());
        while (cursor.isWord("elif") && branches.size() < MAX_BRANCHES && clause(() -> branches.add(branch()))) {}
        List<Statement> otherwise = otherwise();
        for (int i = branches.size() - 1; i >= 0; i--) {
            Branch branch = branches.get(i);
            otherwise =
                    List.of(new Statement.If(branch.test(), branch.body(), otherwise, cursor.since(branch.start())));
        }
        return otherwise.get(0);
    }

    private Branch branch() {
        int start = cursor.next().start();
        Expression test = head(expressions.named());
        return new Branch(start, test, block());
    }

    private List<Statement> otherwise() {
        return optional("else");
    }

    private List<Statement> optional(String word) {
        List<Statement> body = new ArrayList<>();
        if (cursor.isWord(word)) {
            clause(() -> {
                cursor.next();
                body.addAll(block());
            });
        }
        return body;
    }

    /**
     * Reads a clause after the first one. Where its head cannot be read, the statement ends before it: what was read is
     * never read again, or blocks in blocks would take for ever.
     */
    private boolean clause(Runnable parse) {
        int mark = cursor.mark();
        int depth = cursor.depth();
        try {
            parse.run();
            return true;
        } catch (SyntaxProblem problem) {
            cursor.rewind(mark);
            cursor.resetDepth(depth);
            return false;
        }
    }

    private Statement loop(int start, boolean isAsync) {
        cursor.expectWord("for");
        Expression target = head(expressions.targets());
        cursor.expectWord("in");
        Expression iterable = head(expressions.list());
        List<Statement> body = block();
        return new Statement.For(isAsync, target, iterable, body, otherwise(), cursor.since(start));
    }

    private Statement repeated() {
        int start = cursor.next().start();
        Expression test = head(expressions.named());
        List<Statement> body = block();
        return new Statement.While(test, body, otherwise(), cursor.since(start));
    }

    private Statement context(int start, boolean isAsync) {
        cursor.expectWord("with");
        List<WithItem> items = items();
        List<Statement> body = block();
        return new Statement.With(isAsync, items, body, cursor.since(start));
    }

    /** The contexts; parentheses around all of them belong to none, if the colon follows. */
    private List<WithItem> items() {
        if (cursor.isOperator("(")) {
            int mark = cursor.mark();
            int depth = cursor.depth();
            try {
                cursor.next();
                List<WithItem> items = items(true);
                cursor.expectOperator(")");
                if (cursor.isOperator(":")) {
                    return items;
                }
            } catch (SyntaxProblem notInParentheses) {
                cursor.resetDepth(depth);
            }
            cursor.rewind(mark);
        }
        return items(false);
    }

    private List<WithItem> items(boolean inParentheses) {
        List<WithItem> items = new ArrayList<>();
        do {
            Expression context = head(expressions.expression());
            Optional<Expression> target =
                    cursor.takeWord("as") ? Optional.of(expressions.targetOfWith()) : Optional.empty();
            items.add(new WithItem(context, target));
        } while (cursor.takeOperator(",") && !(inParentheses && cursor.isOperator(")")));
        return items;
    }

    private Statement guarded() {
        int start = cursor.next().start();
        List<Statement> body = block();
        List<Handler> handlers = new ArrayList<>();
        while (cursor.isWord("except") && clause(() -> handlers.add(handler()))) {}
        List<Statement> otherwise = otherwise();
        List<Statement> last = optional("finally");
        return new Statement.Try(body, handlers, otherwise, last, cursor.since(start));
    }

    private Handler handler() {
        int start = cursor.next().start();
        cursor.takeOperator("*");
        if (cursor.isOperator(":")) {
            List<Statement> body = block();
            return new Handler(Optional.empty(), "", body, cursor.since(start));
        }
        Expression type = head(expressions.expression());
        String name = "";
        // Python 2 has a comma before the name.
        if (cursor.takeWord("as") || cursor.takeOperator(",")) {
            name = cursor.expectName().text();
        }
        List<Statement> body = block();
        return new Handler(Optional.of(type), name, body, cursor.since(start));
    }
}
