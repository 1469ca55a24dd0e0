package samestep.syntax.json;

import samestep.text.Span;

/**
 * {@code null}.
 *
 * @param span where it is
 */
public record JsonNull(Span span) implements JsonValue {}
