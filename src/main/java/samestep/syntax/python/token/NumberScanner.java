package samestep.syntax.python.token;

/** Finds the ends of numbers: every form of Python 3, and the octal and long ones of Python 2. */
final class NumberScanner {
    private final String text;
    private final int limit;
    private int at;

    private NumberScanner(String text, int at, int limit) {
        this.text = text;
        this.at = at;
        this.limit = limit;
    }

    /** Whether a number begins here. */
    static boolean begins(String text, int at, int limit) {
        char c = text.charAt(at);
        return isDigit(c) || c == '.' && at + 1 < limit && isDigit(text.charAt(at + 1));
    }

    /** Where the number ends that begins here. */
    static int end(String text, int at, int limit) {
        return new NumberScanner(text, at, limit).end();
    }

    private int end() {
        if (peek(0) == '0' && "xXoObB".indexOf(peek(1)) >= 0 && prefixed()) {
            takeAny("lL");
            return at;
        }
        digits();
        if (takeAny("lL")) {
            return at;
        }
        if (peek(0) == '.') {
            at++;
            digits();
        }
        exponent();
        takeAny("jJ");
        return at;
    }

    /** A number in base 2, 8 or 16; false, and nothing taken, if no digit follows the prefix. */
    private boolean prefixed() {
        int start = at;
        int radix = switch (peek(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            default -> 2;
        };
        at += 2;
        int first = at;
        while (isDigit(peek(0), radix) || peek(0) == '_' && isDigit(peek(1), radix)) {
            at++;
        }
        if (at == first) {
            at = start;
        }
        return at > start;
    }

    private void exponent() {
        if (peek(0) != 'e' && peek(0) != 'E') {
            return;
        }
        int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
        if (isDigit(peek(1 + sign))) {
            at += 1 + sign;
            digits();
        }
    }

    private void digits() {
        while (isDigit(peek(0)) || peek(0) == '_' && isDigit(peek(1))) {
            at++;
        }
    }

    private boolean takeAny(String letters) {
        boolean found = at < limit && letters.indexOf(text.charAt(at)) >= 0;
        at += found ? 1 : 0;
        return found;
    }

    private char peek(int ahead) {
        return at + ahead < limit ? text.charAt(at + ahead) : ' ';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isDigit(char c, int radix) {
        return c < 128 && Character.digit(c, radix) >= 0;
    }
}
