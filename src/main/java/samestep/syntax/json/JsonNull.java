package samestep.syntax.json;

import samestep.text.Span;

/**
 * {@code null}.
 *
 * @param span where it stands
 */
public record JsonNull(Span span) implements JsonValue {}
