package samestep.syntax.json;

import samestep.text.Span;

/**
 * {@code true} or {@code false}.
 *
 * @param value which
 * @param span where it is
 */
public record JsonBoolean(boolean value, Span span) implements JsonValue {}
