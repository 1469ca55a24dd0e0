package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Pattern;
import samestep.syntax.python.tree.Statement;
import samestep.text.Span;

/** Reads {@code match}. */
final class MatchParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final StatementParser statements;
    private final PatternParser patterns;

    MatchParser(Cursor cursor, ExpressionParser expressions, StatementParser statements) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.statements = statements;
        this.patterns = new PatternParser(cursor, expressions);
    }

    /** The statement; null, and nothing read, where {@code match} is a name. */
    @Nullable
    Statement match() {
        int mark = cursor.mark();
        int depth = cursor.depth();
        int start = cursor.start();
        Expression subject = subject();
        if (subject == null) {
            cursor.rewind(mark);
            cursor.resetDepth(depth);
            return null;
        }
        List<Statement.Case> cases = new ArrayList<>();
        while (!cursor.take(TokenKind.DEDENT) && !cursor.is(TokenKind.END)) {
            cases.add(cursor.isWord("case") ? clause() : unreadable());
        }
        return new Statement.Match(subject, cases, cursor.since(start));
    }

    private Statement.Case clause() {
        int mark = cursor.mark();
        int depth = cursor.depth();
        try {
            cursor.next();
            Pattern pattern = patterns.top();
            Optional<Expression> guard = cursor.takeWord("if") ? Optional.of(expressions.named()) : Optional.empty();
            guard.ifPresent(Heights::check);
            cursor.expectOperator(":");
            return new Statement.Case(pattern, guard, statements.block());
        } catch (SyntaxProblem problem) {
            cursor.rewind(mark);
            cursor.resetDepth(depth);
            return unreadable();
        }
    }

    /** A case of what cannot be read: the next statement, which is opaque. */
    private Statement.Case unreadable() {
        Span here = cursor.peek().span();
        Pattern pattern = new Pattern.Value(new Expression.Opaque("not understood", here));
        return new Statement.Case(pattern, Optional.empty(), statements.one());
    }

    /** The subject, if a match statement begins here. */
    private @Nullable Expression subject() {
        cursor.next();
        if (cursor.isOperator("=") || cursor.isOperator(".") || cursor.is(TokenKind.NEWLINE)) {
            return null;
        }
        try {
            Expression subject = expressions.list();
            Heights.check(subject);
            boolean isMatch = cursor.takeOperator(":")
                    && cursor.take(TokenKind.NEWLINE)
                    && cursor.take(TokenKind.INDENT)
                    && cursor.isWord("case");
            return isMatch ? subject : null;
        } catch (SyntaxProblem isName) {
            return null;
        }
    }
}
