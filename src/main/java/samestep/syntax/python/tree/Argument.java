package samestep.syntax.python.tree;

import samestep.text.Span;

/**
 * An argument of a call or of a class.
 *
 * @param kind how it is given
 * @param name of a keyword argument; else empty
 * @param value the expression after the name or the stars
 * @param span with the name or the stars
 */
public record Argument(Kind kind, String name, Expression value, Span span) {

    /** How an argument is given. */
    public enum Kind {
        /** By its position. */
        POSITIONAL,
        /** By its name. */
        KEYWORD,
        /** {@code *value}. */
        STAR,
        /** {@code **value}. */
        DOUBLE_STAR
    }
}
