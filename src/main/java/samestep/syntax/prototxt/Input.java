package samestep.syntax.prototxt;

import java.util.ArrayList;
import java.util.List;
import samestep.text.Span;

/** The tokens that carry meaning, one at a time; comments are put aside, blanks skipped. */
final class Input {
    private final String text;
    private final int maxComments;
    private final Scanner scanner;
    private final List<Span> comments = new ArrayList<>();
    private boolean startsLine = true;
    private int previousEnd;
    private boolean stopped;

    Input(String text, int maxComments) {
        this.text = text;
        this.maxComments = maxComments;
        this.scanner = new Scanner(text);
        skip();
    }

    TokenKind kind() {
        return stopped ? TokenKind.END : scanner.kind();
    }

    boolean is(TokenKind kind) {
        return kind() == kind;
    }

    boolean isSymbol(char symbol) {
        return kind() == TokenKind.SYMBOL && text.charAt(scanner.start()) == symbol;
    }

    int start() {
        return scanner.start();
    }

    int end() {
        return scanner.end();
    }

    Span span() {
        return new Span(scanner.start(), scanner.end());
    }

    String text() {
        return text.substring(scanner.start(), scanner.end());
    }

    /** Whether this token is the first of its line. */
    boolean startsLine() {
        return startsLine;
    }

    /** Where the token before this one ended. */
    int previousEnd() {
        return previousEnd;
    }

    List<Span> comments() {
        return comments;
    }

    /** Goes on to the next token, or stays at the end. */
    void advance() {
        if (kind() != TokenKind.END) {
            previousEnd = scanner.end();
            startsLine = false;
            skip();
        }
    }

    /** Steps over a symbol if it is next. */
    boolean take(char symbol) {
        boolean found = isSymbol(symbol);
        if (found) {
            advance();
        }
        return found;
    }

    /** Gives up: from now on the input is at its end. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Whether a word is next that can only be the name of the next field. */
    boolean isFieldStart() {
        if (kind() != TokenKind.IDENTIFIER || !startsLine) {
            return false;
        }
        int next = end();
        while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
            next++;
        }
        return next < text.length() && (text.charAt(next) == ':' || text.charAt(next) == '{');
    }

    private void skip() {
        scanner.advance();
        while (!stopped && (scanner.kind() == TokenKind.WHITESPACE || scanner.kind() == TokenKind.COMMENT)) {
            if (scanner.kind() == TokenKind.COMMENT) {
                comment();
            } else {
                startsLine |= hasLineEnd();
            }
            scanner.advance();
        }
    }

    private void comment() {
        if (comments.size() == maxComments) {
            stop();
        } else {
            comments.add(span());
        }
    }

    private boolean hasLineEnd() {
        for (int i = scanner.start(); i < scanner.end(); i++) {
            if (text.charAt(i) == '\n' || text.charAt(i) == '\r') {
                return true;
            }
        }
        return false;
    }
}
