package samestep.syntax.prototxt;

import samestep.syntax.Quoting;
import samestep.syntax.SyntaxFindings;
import samestep.text.Span;

/** A path or other text where its quotes are missing: {@code net: models/a.prototxt}, {@code net: C:\a.prototxt}. */
final class UnquotedText {
    private static final int LONGEST_ADVICE = 200;

    private UnquotedText() {}

    /** Whether the value that starts with this token continues in a way that no word does, or starts like a path. */
    static boolean startsAt(String text, TokenKind kind, Span token) {
        return switch (kind) {
            case IDENTIFIER -> holdsLetter(text, token.end(), end(text, token.start()));
            case SYMBOL, UNEXPECTED ->
                "/.\\~".indexOf(text.charAt(token.start())) >= 0
                        && !text.startsWith("//", token.start())
                        && holdsLetter(text, token.end(), end(text, token.start()));
            default -> false;
        };
    }

    /** Says how it has to be written. */
    static void report(String text, int start, String name, SyntaxFindings findings) {
        Span span = new Span(start, end(text, start));
        String written = text.substring(span.start(), span.end());
        String message = "text must be in quotes, found " + Quoting.quote(written);
        String quoted = '"' + written.replace("\\", "\\\\") + '"';
        boolean shown = written.length() <= LONGEST_ADVICE;
        findings.error(span, message, shown ? "Write " + (name.isEmpty() ? "" : name + ": ") + quoted : "");
    }

    private static boolean holdsLetter(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (Characters.isLetter(text.charAt(i)) || Characters.isDigit(text.charAt(i))) {
                return text.charAt(start) != ';';
            }
        }
        return false;
    }

    /** Up to a blank, or a character that may follow a value. */
    private static int end(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) > ' ' && "{}<>[]#\"',".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        while (end > start && (text.charAt(end - 1) == ';' || text.charAt(end - 1) == ':')) {
            end--;
        }
        return end;
    }
}
