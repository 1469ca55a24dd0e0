package samestep.text;

import java.util.function.IntFunction;

/**
 * Text of files, and their names, as they may reach a terminal, a log or a page: nothing in it steers what shows it. Control
 * characters would move the cursor or set a title, a line end would begin a line of its own (of which a CI system may take
 * orders), and marks of direction would show another text than the one that is there.
 */
public final class Visible {
    private static final String INSTEAD = "\uFFFD";

    private Visible() {}

    /** One line: every character that steers is shown as U+FFFD. */
    public static String of(String text) {
        return mapped(text, "", c -> INSTEAD);
    }

    /** Several lines: line ends and tabs stay. */
    public static String lines(String text) {
        return mapped(text, "\n\t", c -> INSTEAD);
    }

    /** A JSON document, where such characters are in strings only: it means the same. */
    public static String json(String document) {
        return mapped(document, "\n", c -> String.format("\\u%04x", c));
    }

    private static String mapped(String text, String kept, IntFunction<String> instead) {
        if (text.codePoints().noneMatch(c -> steers(c) && kept.indexOf(c) < 0)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (steers(c) && kept.indexOf(c) < 0) {
                out.append(instead.apply(c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** C0, C1, DEL, separators of lines and paragraphs, and marks of direction. */
    private static boolean steers(int c) {
        return Character.isISOControl(c)
                || c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || c >= 0x2028 && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069;
    }
}
