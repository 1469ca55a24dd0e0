package samestep.syntax.python.tree;

import java.util.Optional;
import samestep.text.Span;

/**
 * A parameter of a function.
 *
 * @param kind how an argument reaches it
 * @param name its name
 * @param annotation its type hint
 * @param defaultValue what it is without an argument
 * @param span from its name or stars to its end
 */
public record Parameter(
        Kind kind, String name, Optional<Expression> annotation, Optional<Expression> defaultValue, Span span) {

    /** How an argument reaches a parameter. */
    public enum Kind {
        /** By position only: before a slash. */
        POSITIONAL_ONLY,
        /** By position or by name. */
        NORMAL,
        /** {@code *args}. */
        STAR,
        /** By name only: after a star. */
        KEYWORD_ONLY,
        /** {@code **kwargs}. */
        DOUBLE_STAR
    }

    /** The same, of another kind. */
    public Parameter as(Kind other) {
        return new Parameter(other, name, annotation, defaultValue, span);
    }
}
