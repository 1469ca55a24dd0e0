package samestep.syntax.json;

import samestep.text.Span;

/**
 * A member of an object.
 *
 * @param name decoded
 * @param nameSpan with the quotes
 * @param value the value
 * @param span from the name to the end of the value, without a comma
 */
public record JsonMember(String name, Span nameSpan, JsonValue value, Span span) {}
