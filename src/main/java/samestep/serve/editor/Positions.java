package samestep.serve.editor;

import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import samestep.text.SourceText;
import samestep.text.Span;

/** Places as the protocol has them: lines from 0, and characters from 0 in UTF-16 units. */
final class Positions {
    private Positions() {}

    static Range range(SourceText text, Span span) {
        return new Range(position(text, span.start()), position(text, span.end()));
    }

    static Position position(SourceText text, int offset) {
        int line = text.position(offset).line();
        return new Position(line - 1, offset - text.startOfLineAt(offset));
    }

    /** The offset of a position; the end of its line where the line is shorter, the end of the text where there is no such line. */
    static int offset(SourceText text, Position position) {
        int end = text.text().length();
        int line = position.getLine() + 1;
        return line > text.position(end).line()
                ? end
                : text.startOfLine(line)
                        + Math.min(
                                Math.max(0, position.getCharacter()),
                                text.line(line).length());
    }
}
