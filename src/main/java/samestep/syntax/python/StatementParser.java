package samestep.syntax.python;

import java.util.ArrayList;
import java.util.List;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.tree.Statement;
import samestep.text.Span;

/** Reads blocks of statements. What cannot be read is one opaque statement, and reading continues at the next line. */
final class StatementParser {
    private final Cursor cursor;
    private final SimpleParser simple;
    private final CompoundParser compound;

    StatementParser(Cursor cursor) {
        ExpressionParser expressions = new ExpressionParser(cursor);
        this.cursor = cursor;
        this.simple = new SimpleParser(cursor, expressions);
        this.compound = new CompoundParser(cursor, expressions, this);
    }

    /** All statements to the end of the file. */
    List<Statement> file() {
        List<Statement> statements = new ArrayList<>();
        while (!cursor.is(TokenKind.END)) {
            if (!cursor.take(TokenKind.DEDENT)) {
                statement(statements);
            }
        }
        return statements;
    }

    /** A block after its colon: statements of the same line, or indented ones. Empty where none follows. */
    List<Statement> block() {
        List<Statement> statements = new ArrayList<>();
        if (!cursor.take(TokenKind.NEWLINE)) {
            line(statements);
            return statements;
        }
        if (cursor.take(TokenKind.INDENT)) {
            indented(statements);
        }
        return statements;
    }

    /** The next statements of one line, or the next one with its block. */
    List<Statement> one() {
        List<Statement> statements = new ArrayList<>();
        statement(statements);
        return statements;
    }

    private void indented(List<Statement> statements) {
        cursor.enter();
        while (!cursor.is(TokenKind.DEDENT) && !cursor.is(TokenKind.END)) {
            statement(statements);
        }
        cursor.take(TokenKind.DEDENT);
        cursor.leave();
    }

    private void statement(List<Statement> into) {
        if (cursor.take(TokenKind.NEWLINE)) {
            return;
        }
        if (cursor.is(TokenKind.INDENT)) {
            into.add(unexpectedBlock());
            return;
        }
        int mark = cursor.mark();
        int depth = cursor.depth();
        try {
            Statement statement = compound.statement();
            if (statement == null) {
                line(into);
            } else {
                into.add(statement);
            }
        } catch (SyntaxProblem problem) {
            cursor.rewind(mark);
            cursor.resetDepth(depth);
            into.add(opaque(problem));
        }
    }

    /** Simple statements up to the line end; each that cannot be read takes the rest of the line. */
    private void line(List<Statement> into) {
        do {
            int mark = cursor.mark();
            int depth = cursor.depth();
            try {
                Statement statement = simple.statement();
                if (!endsStatement()) {
                    throw cursor.problem("the end of the statement");
                }
                Trees.expressions(statement).forEach(Heights::check);
                into.add(statement);
            } catch (SyntaxProblem problem) {
                cursor.rewind(mark);
                cursor.resetDepth(depth);
                into.add(opaque(problem));
                return;
            }
        } while (cursor.takeOperator(";") && !cursor.is(TokenKind.NEWLINE) && !cursor.is(TokenKind.END));
        cursor.take(TokenKind.NEWLINE);
    }

    private boolean endsStatement() {
        return cursor.is(TokenKind.NEWLINE) || cursor.is(TokenKind.END) || cursor.isOperator(";");
    }

    private Statement unexpectedBlock() {
        cursor.next();
        int start = cursor.start();
        List<Statement> body = new ArrayList<>();
        indented(body);
        return new Statement.Opaque("unexpected indentation", body, cursor.since(start));
    }

    private Statement opaque(SyntaxProblem problem) {
        Token first = cursor.next();
        Token last = first;
        while (!cursor.is(TokenKind.NEWLINE) && !cursor.is(TokenKind.END) && !isBlockMark()) {
            last = cursor.next();
        }
        Span head = cursor.since(first.start());
        List<Statement> body = new ArrayList<>();
        cursor.take(TokenKind.NEWLINE);
        if (last.isOperator(":") && cursor.take(TokenKind.INDENT)) {
            indented(body);
            head = cursor.since(first.start());
        }
        return new Statement.Opaque(reason(first, problem), body, head);
    }

    private boolean isBlockMark() {
        return cursor.is(TokenKind.INDENT) || cursor.is(TokenKind.DEDENT);
    }

    private static String reason(Token first, SyntaxProblem problem) {
        if (first.kind() == TokenKind.MAGIC) {
            return "a notebook's command";
        }
        boolean isOld = first.isWord("print") || first.isWord("exec");
        return isOld ? "a " + first.text() + " statement of Python 2" : String.valueOf(problem.getMessage());
    }
}
