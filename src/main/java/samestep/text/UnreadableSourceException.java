package samestep.text;

import java.io.IOException;

/** A source that cannot be read as text: missing, a directory, too large, not text. The message names it and says why. */
public class UnreadableSourceException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public UnreadableSourceException(String name, String reason) {
        super(name + ": " + reason);
        this.reason = reason;
    }

    /** Why, without the name of the source. */
    public String reason() {
        return reason;
    }
}
