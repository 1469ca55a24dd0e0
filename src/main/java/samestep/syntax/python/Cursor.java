package samestep.syntax.python;

import java.util.List;
import samestep.syntax.Quoting;
import samestep.syntax.python.token.Token;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.token.Words;
import samestep.text.Span;

/** The tokens that count, and how far they are read. */
final class Cursor {
    /** Deepest nesting of expressions and blocks. */
    static final int MAX_DEPTH = 150;

    private final String text;
    private final List<Token> tokens;
    private int index;
    private int lastEnd;
    private int depth;

    Cursor(String text, List<Token> all) {
        this.text = text;
        this.tokens = all.stream().filter(token -> !token.kind().isTrivia()).toList();
    }

    String text() {
        return text;
    }

    Token peek() {
        return tokens.get(index);
    }

    Token ahead(int count) {
        return tokens.get(Math.min(index + count, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(index);
        if (token.kind() != TokenKind.END) {
            index++;
        }
        if (isVisible(token.kind())) {
            lastEnd = token.end();
        }
        return token;
    }

    private static boolean isVisible(TokenKind kind) {
        return kind != TokenKind.NEWLINE
                && kind != TokenKind.INDENT
                && kind != TokenKind.DEDENT
                && kind != TokenKind.END;
    }

    boolean is(TokenKind kind) {
        return peek().kind() == kind;
    }

    boolean isOperator(String operator) {
        return peek().isOperator(operator);
    }

    boolean isWord(String word) {
        return peek().isWord(word);
    }

    boolean takeOperator(String operator) {
        boolean found = isOperator(operator);
        if (found) {
            next();
        }
        return found;
    }

    boolean takeWord(String word) {
        boolean found = isWord(word);
        if (found) {
            next();
        }
        return found;
    }

    boolean take(TokenKind kind) {
        boolean found = is(kind);
        if (found) {
            next();
        }
        return found;
    }

    void expectOperator(String operator) {
        if (!takeOperator(operator)) {
            throw problem("\"" + operator + "\"");
        }
    }

    void expectWord(String word) {
        if (!takeWord(word)) {
            throw problem("\"" + word + "\"");
        }
    }

    Token expectName() {
        if (!is(TokenKind.NAME) || Words.isReserved(peek().text())) {
            throw problem("a name");
        }
        return next();
    }

    SyntaxProblem problem(String expected) {
        String found = peek().text().isBlank() ? "the end of the line" : Quoting.quote(peek().text());
        return new SyntaxProblem("expected " + expected + ", found " + found);
    }

    /** Where the next token begins. */
    int start() {
        return peek().start();
    }

    /**
     * From a start to the end of the last token that was read, line ends and ends of blocks aside; empty, and there,
     * where none was read since.
     */
    Span since(int start) {
        return new Span(Math.min(start, lastEnd), lastEnd);
    }

    int mark() {
        return index;
    }

    void rewind(int mark) {
        index = mark;
    }

    /** Goes one level deeper. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new SyntaxProblem("nests deeper than " + MAX_DEPTH);
        }
    }

    void leave() {
        depth--;
    }

    int depth() {
        return depth;
    }

    /** After a problem: back to the level of the statement. */
    void resetDepth(int level) {
        depth = level;
    }
}
