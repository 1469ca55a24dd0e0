package samestep.syntax.prototxt;

/**
 * Cuts text into tokens that follow each other without gaps, whatever the text holds. The rules are those of protobuf's
 * C++ tokenizer, which reads the files in the end.
 */
final class Scanner {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    /** Bounds the search for a placeholder's end, which would be quadratic on a long line of braces. */
    private static final int MAX_PLACEHOLDER = 200;

    private final String text;
    private TokenKind kind = TokenKind.WHITESPACE;
    private int start;
    private int end;

    Scanner(String text) {
        this.text = text;
    }

    TokenKind kind() {
        return kind;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Goes to the next token; stays at {@link TokenKind#END}. */
    void advance() {
        start = end;
        if (end == text.length()) {
            kind = TokenKind.END;
            return;
        }
        char c = text.charAt(end++);
        if (isBlank(c) || c == BYTE_ORDER_MARK && start == 0) {
            kind = TokenKind.WHITESPACE;
            skipBlanks();
        } else if (Characters.isLetter(c)) {
            kind = TokenKind.IDENTIFIER;
            skipWord();
        } else if (Characters.isDigit(c) || c == '.' && Characters.isDigit(peek(0)) && !afterWord()) {
            number(c);
        } else if (c == '"' || c == '\'') {
            string(c);
        } else if (c == '#') {
            kind = TokenKind.COMMENT;
            comment();
        } else {
            symbol(c);
        }
    }

    private void symbol(char c) {
        if (placeholder(c)) {
            kind = TokenKind.PLACEHOLDER;
        } else if ("{}<>[]:;,.-/".indexOf(c) >= 0) {
            kind = TokenKind.SYMBOL;
        } else {
            kind = TokenKind.UNEXPECTED;
            if (Character.isHighSurrogate(c) && Character.isLowSurrogate(peek(0))) {
                end++;
            }
        }
    }

    /** No legal text holds two opening braces side by side, or any of the other openings. */
    private boolean placeholder(char c) {
        String closing = switch (c) {
            case '{' -> peek(0) == '{' ? "}}" : peek(0) == '%' ? "%}" : "";
            case '$' -> peek(0) == '{' ? "}" : "";
            case '<' -> peek(0) == '%' ? "%>" : "";
            default -> "";
        };
        if (closing.isEmpty()) {
            return false;
        }
        int limit = Math.min(text.length(), end + MAX_PLACEHOLDER);
        for (int i = end + 1; i < limit && text.charAt(i) != '\n' && text.charAt(i) != '\r'; i++) {
            if (text.startsWith(closing, i)) {
                end = i + closing.length();
                return true;
            }
        }
        return false;
    }

    /** A comment ends at a line feed; a carriage return alone does not end it, for protobuf. */
    private void comment() {
        int lineEnd = text.indexOf('\n', end);
        end = lineEnd < 0 ? text.length() : lineEnd;
        if (lineEnd >= 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
    }

    private void string(char quote) {
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == '\n') {
                break;
            }
            end++;
            if (c == quote) {
                kind = TokenKind.STRING;
                return;
            }
            if (c == '\\' && end < text.length() && text.charAt(end) != '\n') {
                end++;
            }
        }
        if (end < text.length() && text.charAt(end - 1) == '\r') {
            end--;
        }
        kind = TokenKind.UNCLOSED_STRING;
    }

    private void number(char first) {
        boolean legal = first == '0' && (peek(0) == 'x' || peek(0) == 'X') ? hexadecimal() : decimal(first);
        kind = legal ? TokenKind.NUMBER : TokenKind.MALFORMED_NUMBER;
        if (Characters.isLetter(peek(0)) || Characters.isDigit(peek(0)) || peek(0) == '.') {
            kind = TokenKind.MALFORMED_NUMBER;
            while (Characters.isLetter(peek(0)) || Characters.isDigit(peek(0)) || peek(0) == '.') {
                end++;
            }
        }
    }

    private boolean hexadecimal() {
        end++;
        int digits = end;
        while (Characters.hexadecimalDigit(peek(0)) >= 0) {
            end++;
        }
        return end > digits;
    }

    private boolean decimal(char first) {
        if (first == '0' && Characters.isDigit(peek(0))) {
            while (peek(0) >= '0' && peek(0) <= '7') {
                end++;
            }
            return true;
        }
        skipDigits();
        if (first != '.' && peek(0) == '.') {
            end++;
            skipDigits();
        }
        boolean legal = true;
        if (peek(0) == 'e' || peek(0) == 'E') {
            end += peek(1) == '+' || peek(1) == '-' ? 2 : 1;
            int digits = end;
            skipDigits();
            legal = end > digits;
        }
        if (peek(0) == 'f' || peek(0) == 'F') {
            end++;
        }
        return legal;
    }

    private void skipDigits() {
        while (Characters.isDigit(peek(0))) {
            end++;
        }
    }

    private void skipWord() {
        while (Characters.isLetter(peek(0)) || Characters.isDigit(peek(0))) {
            end++;
        }
    }

    private void skipBlanks() {
        while (end < text.length() && isBlank(text.charAt(end))) {
            end++;
        }
    }

    /** Whether the token before this one is a word without a blank between: {@code [foo.5]} has no number. */
    private boolean afterWord() {
        return kind == TokenKind.IDENTIFIER;
    }

    private char peek(int ahead) {
        return end + ahead < text.length() ? text.charAt(end + ahead) : '\0';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
