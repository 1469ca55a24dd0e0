package samestep.syntax.json;

import samestep.text.Span;

/** Ends the parse at the first error; never leaves the package, and carries no stack trace. */
final class JsonSyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Span span;
    private final String remedy;

    JsonSyntaxError(Span span, String message, String remedy) {
        super(message, null, false, false);
        this.span = span;
        this.remedy = remedy;
    }

    Span span() {
        return span;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
