package samestep.report;

import samestep.text.Visible;

/** Writes text into pages. */
final class Html {
    private Html() {}

    /** Nothing in it is markup, and control characters are visible. */
    static String escaped(String text) {
        return Visible.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
