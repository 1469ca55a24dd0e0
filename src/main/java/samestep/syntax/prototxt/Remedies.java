package samestep.syntax.prototxt;

/** What to do about a token that should not be where it is. */
final class Remedies {
    private Remedies() {}

    /** Advice for the usual causes; empty when the message says it all. */
    static String of(TokenKind kind, String text, boolean slashes) {
        if (slashes) {
            return "a comment starts with #";
        }
        return switch (kind) {
            case END -> "is the file cut off?";
            case PLACEHOLDER -> "a template: fill in its placeholders first, then translate the result";
            case UNCLOSED_STRING -> "close the string with " + text.charAt(0) + " before the end of the line";
            case MALFORMED_NUMBER -> malformedNumber(text);
            case UNEXPECTED, SYMBOL -> symbol(text);
            default -> "";
        };
    }

    private static String malformedNumber(String text) {
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return "a leading 0 makes it octal: leave it out";
        }
        return "put quotes around it if it is text";
    }

    private static String symbol(String text) {
        return switch (text) {
            case "=" -> "write name: value";
            case "+" -> "leave out the plus sign";
            case "," -> "remove the comma, or write what is missing before it";
            case ";" -> "remove the semicolon, or write what is missing before it";
            case "\u00a0" -> "replace the no-break space by a space";
            case "\ufeff" -> "remove the byte order mark: it is only allowed at the start of a file";
            case "\u201c", "\u201d", "\u2018", "\u2019" -> "replace the typographic quotes by straight ones";
            case "@", "%", "$" -> "a template? fill in its placeholders first, then translate the result";
            case "}", ">", "]", "{", "<", "[", ":" -> "";
            default -> "put quotes around text that holds such characters";
        };
    }
}
