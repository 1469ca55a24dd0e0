package samestep.syntax.json;

import samestep.syntax.Quoting;
import samestep.syntax.SyntaxError;
import samestep.text.Span;

/** The text and how far it is read. */
final class JsonInput {
    /** Comes after the last character; a NUL in the text is not confused with it, since {@link #atEnd} decides. */
    static final char END = '\0';

    private final String text;
    private int at;

    JsonInput(String text) {
        this.text = text;
        this.at = text.startsWith("\ufeff") ? 1 : 0;
    }

    String text() {
        return text;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at == text.length();
    }

    char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    char next() {
        char c = peek();
        at++;
        return c;
    }

    boolean take(char c) {
        boolean found = at < text.length() && text.charAt(at) == c;
        if (found) {
            at++;
        }
        return found;
    }

    void skipDigits() {
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
    }

    void skipBlanks() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            at++;
        }
    }

    /** Goes to an offset. */
    void moveTo(int offset) {
        at = offset;
    }

    /** An error about the text here: a whole word or number, or one character. */
    SyntaxError unexpected(String expected, Remedies.Situation situation) {
        Span found = new Span(at, endOfWord());
        String word = text.substring(found.start(), found.end());
        String shown = word.isEmpty() ? "the end of the file" : Quoting.quote(word);
        String message = "expected " + expected + ", found " + shown;
        return new SyntaxError(found, message, Remedies.of(word, situation));
    }

    /** Where the word or number that starts here ends. */
    int endOfWord() {
        int end = at;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        return end > at || atEnd() ? end : text.offsetByCodePoints(at, 1);
    }

    private static boolean isWordPart(char c) {
        return c >= '0' && c <= '9'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c == '.'
                || c == '+'
                || c == '-';
    }
}
