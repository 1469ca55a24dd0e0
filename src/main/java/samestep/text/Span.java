package samestep.text;

/**
 * A half-open range of a source text.
 *
 * @param start offset of the first UTF-16 code unit
 * @param end offset after the last UTF-16 code unit, at least {@code start}
 */
public record Span(int start, int end) {

    /** Refuses a range that ends before it starts. */
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a span: " + start + ".." + end);
        }
    }

    /** Number of UTF-16 code units covered. */
    public int length() {
        return end - start;
    }

    /** The smallest span that covers this one and the other. */
    public Span to(Span other) {
        return new Span(Math.min(start, other.start), Math.max(end, other.end));
    }

    /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Span that && start == that.start && end == that.end;
    }

    @Override
    public int hashCode() {
        return Integer.hashCode(start) * 31 + Integer.hashCode(end);
    }
}
