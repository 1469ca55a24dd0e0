package samestep.finding;

/**
 * The stable codes of findings. A code keeps its meaning for ever; docs/findings has a page for each. 0xx: reading,
 * 1xx: penalties and decay, 2xx: the optimizer, 3xx: multipliers and parameters, 4xx: schedules, 5xx: clipping and
 * accumulation, 9xx: standing notes.
 */
public enum Code {
    /** The text is not well-formed. */
    SS001(Severity.ERROR, "syntax error"),
    /** The file cannot be read. */
    SS002(Severity.ERROR, "unreadable file"),
    /** A field that the format does not have. */
    SS003(Severity.WARNING, "unknown field"),
    /** A value of the wrong kind, or one that the framework refuses. */
    SS004(Severity.ERROR, "bad value"),
    /** A field that may stand once is given twice. */
    SS005(Severity.ERROR, "field given twice");

    private final Severity severity;
    private final String title;

    Code(Severity severity, String title) {
        this.severity = severity;
        this.title = title;
    }

    /** The usual severity. */
    public Severity severity() {
        return severity;
    }

    /** What it is about, in a few words. */
    public String title() {
        return title;
    }
}
