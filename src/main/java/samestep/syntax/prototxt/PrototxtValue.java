package samestep.syntax.prototxt;

import samestep.text.Span;

/** The value of a field: fields in braces, or one scalar. */
public sealed interface PrototxtValue permits PrototxtMessage, PrototxtScalar {

    /** Where it is, with its braces or quotes. */
    Span span();
}
