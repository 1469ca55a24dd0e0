package samestep.syntax.json;

import samestep.text.Span;

/**
 * A string.
 *
 * @param value decoded; may hold half a surrogate pair, if the file has one as an escape
 * @param span with the quotes
 */
public record JsonString(String value, Span span) implements JsonValue {}
