package samestep.syntax.prototxt;

import samestep.text.Span;

/**
 * The name of a field that is being read.
 *
 * @param text the name
 * @param span where it is
 */
record FieldName(String text, Span span) {}
