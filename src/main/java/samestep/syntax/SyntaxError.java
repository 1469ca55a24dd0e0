package samestep.syntax;

import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.text.SourceText;
import samestep.text.Span;

/** Ends a parse at its first error; never leaves the room, and carries no stack trace. */
public final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Span span;
    private final String remedy;

    /** An error at a place, with what to do about it; the remedy may be empty. */
    public SyntaxError(Span span, String message, String remedy) {
        super(message, null, false, false);
        this.span = span;
        this.remedy = remedy;
    }

    /** The error as a finding. */
    public Finding finding(SourceText source) {
        Finding finding = Finding.at(new Place(source, span), Code.SS001, String.valueOf(getMessage()));
        return remedy.isEmpty() ? finding : finding.detail(remedy);
    }
}
