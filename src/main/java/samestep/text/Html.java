package samestep.text;

/** Writes text into pages. */
public final class Html {
    private Html() {}

    /** Nothing in it is markup, and control characters are visible. */
    public static String escaped(String text) {
        return Visible.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
