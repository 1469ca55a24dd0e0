package samestep.report;

/** Writes text into pages. */
final class Html {
    private Html() {}

    /** Nothing in it is markup, and control characters are visible. */
    static String escaped(String text) {
        return FindingText.visible(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
