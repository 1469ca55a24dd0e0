package samestep.finding;

/** How much a finding matters, least first. */
public enum Severity {
    /** Explains; nothing needs doing. */
    NOTE,
    /** The training may not be the same, or something was assumed. */
    WARNING,
    /** The input cannot be used as it is. */
    ERROR;

    /** The label in reports: lower case. */
    public String label() {
        return switch (this) {
            case NOTE -> "note";
            case WARNING -> "warning";
            case ERROR -> "error";
        };
    }
}
