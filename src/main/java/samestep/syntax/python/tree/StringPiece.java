package samestep.syntax.python.tree;

import java.util.List;
import java.util.Optional;
import samestep.text.Span;

/**
 * One string token.
 *
 * @param prefix the letters before the quote, in lower case
 * @param body between the quotes
 * @param fields of an f-string, in order
 * @param span with prefix and quotes
 */
public record StringPiece(String prefix, Span body, List<Field> fields, Span span) {

    /** Copies the fields. */
    public StringPiece {
        fields = List.copyOf(fields);
    }

    /**
     * A field of an f-string.
     *
     * @param value what is filled in
     * @param debug whether the expression's own text is printed before it
     * @param conversion {@code r}, {@code s}, {@code a} or empty
     * @param format the format after the colon, if there is one
     * @param nested the fields inside of the format
     * @param span with the braces
     */
    public record Field(
            Expression value, boolean debug, String conversion, Optional<Span> format, List<Field> nested, Span span) {
        /** Copies the nested fields. */
        public Field {
            nested = List.copyOf(nested);
        }
    }

    /** Whether it is of bytes. */
    public boolean isBytes() {
        return prefix.contains("b");
    }

    /** Whether backslashes are plain characters. */
    public boolean isRaw() {
        return prefix.contains("r");
    }

    /** Whether it is an f-string, with or without fields, or a template. */
    public boolean isFormatted() {
        return prefix.contains("f") || prefix.contains("t");
    }
}
