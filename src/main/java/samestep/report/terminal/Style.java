package samestep.report.terminal;

/** How a piece of text looks on a terminal with colours. */
public enum Style {
    /** An error, or what differs. */
    BAD("1;31"),
    /** A warning. */
    CAREFUL("1;33"),
    /** A note, or a position in a diff. */
    QUIET("1;36"),
    /** What is proven, or what was added. */
    GOOD("32"),
    /** What was removed. */
    REMOVED("31"),
    /** A heading, or what to write. */
    STRONG("1");

    static final String END = "\u001b[0m";

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String start() {
        return "\u001b[" + code + "m";
    }
}
