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
        return new Position(line - 1, offset - startOf(text, offset));
    }

    /** The offset of a position; the end of its line where the line is shorter, the end of the text where there is no such line. */
    static int offset(SourceText text, Position position) {
        String all = text.text();
        int line = 0;
        int at = 0;
        while (line < position.getLine() && at < all.length()) {
            line += isEnd(all, at++) ? 1 : 0;
        }
        int end = at;
        while (end < all.length() && all.charAt(end) != '\n' && all.charAt(end) != '\r') {
            end++;
        }
        return line < position.getLine() ? all.length() : Math.min(at + Math.max(0, position.getCharacter()), end);
    }

    private static int startOf(SourceText text, int offset) {
        int start = offset;
        while (start > 0 && !isEnd(text.text(), start - 1)) {
            start--;
        }
        return start;
    }

    private static boolean isEnd(String text, int at) {
        char c = text.charAt(at);
        return c == '\n' || c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n');
    }
}
