package samestep.syntax.prototxt;

import samestep.text.Span;

/**
 * A name with one value. A short list {@code stepvalue: [10, 20]} is several fields with the same name span.
 *
 * @param name as written; an extension or type name keeps its brackets and loses blanks, {@code [foo.bar]}
 * @param nameSpan where the name is
 * @param value the value
 * @param span from the name to the end of the value, without a separator; for an element of a short list only the
 *     value, so that the spans of fields in one message never overlap
 */
public record PrototxtField(String name, Span nameSpan, PrototxtValue value, Span span) {

    /** Whether it is an element of a short list. */
    public boolean inList() {
        return span.start() != nameSpan.start();
    }
}
