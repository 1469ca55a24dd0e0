package samestep.equation.parse;

import samestep.text.Span;

/** Leaves the parsing of one line; the parser of the file turns it into a finding. */
public final class EquationSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Span span;

    EquationSyntaxException(String message, Span span) {
        super(message, null, false, false);
        this.span = span;
    }

    Span span() {
        return span;
    }

    /** The message; never null. */
    String words() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
