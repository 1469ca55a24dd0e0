package samestep.text;

/**
 * A change of one place of a source text.
 *
 * @param source the text that is changed
 * @param span what is replaced; an empty span inserts
 * @param replacement the text that is there afterwards
 * @param certainty how far it may be applied without asking
 */
public record Edit(SourceText source, Span span, String replacement, Certainty certainty) {

    /** How far an edit may be applied without asking. */
    public enum Certainty {
        /** The result means what it should, as was proven. */
        EXACT,
        /** The nearest there is, and not the same. */
        APPROXIMATE,
        /** You have to decide whether it was meant. */
        NEEDS_A_PERSON
    }

    /** Refuses a span outside the text. */
    public Edit {
        if (span.end() > source.text().length()) {
            throw new IllegalArgumentException("the edit ends after the end of the text: " + span);
        }
    }

    /** The text that is there now. */
    public String replaced() {
        return source.slice(span);
    }
}
