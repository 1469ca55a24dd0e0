package samestep.syntax.prototxt;

/** The character classes of the text format: ASCII only. */
final class Characters {
    private Characters() {}

    static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hexadecimalDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
