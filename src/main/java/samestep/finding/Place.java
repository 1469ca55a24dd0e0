package samestep.finding;

import samestep.text.Position;
import samestep.text.SourceText;
import samestep.text.Span;

/** A span of a source. */
public record Place(SourceText source, Span span) {

    /** The start of a source, for what is missing in it. */
    public static Place start(SourceText source) {
        return new Place(source, new Span(0, 0));
    }

    /** Line and column where the span starts. */
    public Position position() {
        return source.position(span.start());
    }

    /** The characters that the span covers. */
    public String text() {
        return source.slice(span);
    }

    @Override
    public String toString() {
        return source.name() + ":" + position();
    }

    /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Place that && source.equals(that.source) && span.equals(that.span);
    }

    @Override
    public int hashCode() {
        return source.hashCode() * 31 + span.hashCode();
    }
}
