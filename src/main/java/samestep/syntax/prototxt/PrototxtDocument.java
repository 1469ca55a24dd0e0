package samestep.syntax.prototxt;

import java.util.List;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * A parsed file.
 *
 * @param source the text that all spans are about
 * @param root the fields at the top level; its span is the whole text
 * @param comments the span of every comment, from its {@code #} to the end of its line without the line end
 */
public record PrototxtDocument(SourceText source, PrototxtMessage root, List<Span> comments) {

    /** Copies the comments. */
    public PrototxtDocument {
        comments = List.copyOf(comments);
    }
}
