package samestep.syntax.python.token;

import samestep.text.Span;

/**
 * A token.
 *
 * @param kind what it is
 * @param text exactly as written
 * @param start the offset of its first UTF-16 code unit
 */
public record Token(TokenKind kind, String text, int start) {

    /** The offset after its last code unit. */
    public int end() {
        return start + text.length();
    }

    /** Where it is. */
    public Span span() {
        return new Span(start, end());
    }

    /** Whether it is this operator. */
    public boolean isOperator(String operator) {
        return kind == TokenKind.OPERATOR && text.equals(operator);
    }

    /** Whether it is this word. */
    public boolean isWord(String word) {
        return kind == TokenKind.NAME && text.equals(word);
    }
}
