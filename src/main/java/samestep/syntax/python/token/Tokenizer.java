package samestep.syntax.python.token;

import java.util.ArrayList;
import java.util.List;
import samestep.text.Span;

/**
 * Cuts a text into tokens. The tokens and the blanks and backslashes between them are the text again. Any text has
 * tokens: what begins none is an error token, and a bracket that is not closed ends at the next statement.
 */
public final class Tokenizer {
    /** Most tokens of one file; what comes after is one error token. */
    public static final int MAX_TOKENS = 1_000_000;

    /** Deepest nesting of blocks, as in CPython; a deeper block is taken as a part of the one around it. */
    public static final int MAX_INDENTS = 100;

    private static final int TAB = 8;

    private final String text;
    private final int limit;
    private final boolean isExpression;
    private final List<Token> tokens = new ArrayList<>();
    private final StringScanner strings;
    private final int[] indents = new int[MAX_INDENTS + 1];
    private int blocks;
    private int brackets;
    private int at;
    private boolean atLineStart = true;

    private Tokenizer(String text, int from, int limit, boolean isExpression) {
        this.text = text;
        this.at = from;
        this.limit = limit;
        this.isExpression = isExpression;
        this.strings = new StringScanner(text, limit);
    }

    /** All tokens of a file, the last one an {@link TokenKind#END}. A byte order mark is skipped. */
    public static List<Token> tokenize(String text) {
        int start = text.startsWith("\ufeff") ? 1 : 0;
        return new Tokenizer(text, start, text.length(), false).run();
    }

    /** The tokens of an expression inside of a text, over any number of lines. */
    public static List<Token> tokenizeExpression(String text, Span span) {
        return new Tokenizer(text, span.start(), span.end(), true).run();
    }

    private List<Token> run() {
        brackets = isExpression ? 1 : 0;
        atLineStart = !isExpression;
        while (at < limit) {
            if (tokens.size() >= MAX_TOKENS) {
                add(TokenKind.ERROR, limit);
                break;
            }
            if (atLineStart) {
                lineStart();
            } else {
                token();
            }
        }
        end();
        return tokens;
    }

    private void end() {
        at = limit;
        if (!isExpression && endsInsideLine()) {
            add(TokenKind.NEWLINE, at);
        }
        while (blocks > 0) {
            blocks--;
            add(TokenKind.DEDENT, at);
        }
        add(TokenKind.END, at);
    }

    private boolean endsInsideLine() {
        for (int i = tokens.size() - 1; i >= 0; i--) {
            TokenKind kind = tokens.get(i).kind();
            if (!kind.isTrivia()) {
                return kind != TokenKind.NEWLINE && kind != TokenKind.DEDENT;
            }
        }
        return false;
    }

    private void lineStart() {
        int start = at;
        int column = 0;
        while (at < limit && isBlank(text.charAt(at))) {
            char c = text.charAt(at++);
            column = c == '\f' ? 0 : c == '\t' ? (column / TAB + 1) * TAB : column + 1;
        }
        if (at == limit) {
            return;
        }
        if (isLineEnd(at)) {
            add(TokenKind.LINE_BREAK, afterLineEnd(at));
        } else if (text.charAt(at) == '#') {
            add(TokenKind.COMMENT, endOfLine(at));
            if (at < limit) {
                add(TokenKind.LINE_BREAK, afterLineEnd(at));
            }
        } else {
            indent(start, column);
            atLineStart = false;
            if (text.charAt(at) == '%' || text.charAt(at) == '!') {
                magic();
            }
        }
    }

    private void indent(int start, int column) {
        if (column > indents[blocks] && blocks < MAX_INDENTS) {
            indents[++blocks] = column;
            tokens.add(new Token(TokenKind.INDENT, text.substring(start, at), start));
        }
        while (column < indents[blocks]) {
            if (column > indents[blocks - 1]) {
                // No block has this column: it is taken as the column of the innermost one.
                indents[blocks] = column;
            } else {
                blocks--;
                add(TokenKind.DEDENT, at);
            }
        }
    }

    /** A line of a notebook that is not Python, with the lines that continue it. */
    private void magic() {
        int end = endOfLine(at);
        while (end < limit && text.charAt(end - 1) == '\\') {
            end = endOfLine(afterLineEnd(end));
        }
        add(TokenKind.MAGIC, end);
    }

    private void token() {
        char c = text.charAt(at);
        if (isBlank(c)) {
            at++;
        } else if (isLineEnd(at)) {
            lineEnd();
        } else if (c == '#') {
            add(TokenKind.COMMENT, endOfLine(at));
        } else if (c == '\\' && at + 1 < limit && isLineEnd(at + 1)) {
            at = afterLineEnd(at + 1);
        } else if (StringScanner.prefix(text, at, limit) >= 0) {
            string();
        } else if (NumberScanner.begins(text, at, limit)) {
            add(TokenKind.NUMBER, NumberScanner.end(text, at, limit));
        } else {
            wordOrOperator();
        }
    }

    private void lineEnd() {
        int end = afterLineEnd(at);
        if (brackets == 0) {
            add(TokenKind.NEWLINE, end);
            atLineStart = true;
            return;
        }
        add(TokenKind.LINE_BREAK, end);
        if (!isExpression && beginsStatement(end)) {
            brackets = 0;
            atLineStart = true;
            add(TokenKind.NEWLINE, end);
        }
    }

    private boolean beginsStatement(int lineStart) {
        int word = lineStart;
        while (word < limit && isBlank(text.charAt(word))) {
            word++;
        }
        return Words.ONLY_STATEMENTS.contains(text.substring(word, Words.end(text, word, limit)));
    }

    private void string() {
        int end = strings.end(at);
        if (end >= 0) {
            add(TokenKind.STRING, end);
            return;
        }
        int quote = at + StringScanner.prefix(text, at, limit);
        add(TokenKind.ERROR, StringScanner.quotes(text, quote, limit) == 3 ? limit : endOfLine(quote));
    }

    private void wordOrOperator() {
        int end = Words.end(text, at, limit);
        if (end > at) {
            add(TokenKind.NAME, end);
            return;
        }
        String operator = Operators.at(text, at, limit);
        if (operator.isEmpty()) {
            add(TokenKind.ERROR, Math.min(limit, at + Character.charCount(text.codePointAt(at))));
            return;
        }
        switch (operator.charAt(0)) {
            case '(', '[', '{' -> brackets++;
            case ')', ']', '}' -> brackets = Math.max(isExpression ? 1 : 0, brackets - 1);
            default -> {}
        }
        tokens.add(new Token(TokenKind.OPERATOR, operator, at));
        at += operator.length();
    }

    private void add(TokenKind kind, int end) {
        tokens.add(new Token(kind, text.substring(at, end), at));
        at = end;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    private boolean isLineEnd(int offset) {
        char c = text.charAt(offset);
        return c == '\n' || c == '\r';
    }

    private int endOfLine(int from) {
        int end = from;
        while (end < limit && !isLineEnd(end)) {
            end++;
        }
        return end;
    }

    /** After the line end that is at an offset. */
    private int afterLineEnd(int offset) {
        return Math.min(limit, text.startsWith("\r\n", offset) ? offset + 2 : offset + 1);
    }
}
