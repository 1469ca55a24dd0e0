package samestep.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

class SourceTextTest {
    private static SourceText source(String text) {
        return new SourceText("test", text);
    }

    @Test
    void aColumnCountsCodePoints() {
        SourceText source = source("a: 1\nb: \"\ud83d\ude80\ud83d\ude80\" c: 2");
        int offset = source.text().indexOf("c:");
        assertEquals(new Position(2, 9), source.position(offset));
        assertEquals("2:9", source.position(offset).toString());
    }

    @Test
    void everyKindOfLineEndStartsALine() {
        SourceText source = source("a\nb\r\nc\rd");
        assertEquals(new Position(2, 1), source.position(2));
        assertEquals(new Position(3, 1), source.position(5));
        assertEquals(new Position(4, 1), source.position(7));
        assertEquals("b", source.line(2));
        assertEquals("c", source.line(3));
        assertEquals("d", source.line(4));
    }

    @Test
    void theEndOfTheTextHasAPosition() {
        assertEquals(new Position(1, 1), source("").position(0));
        assertEquals(new Position(1, 2), source("a").position(1));
        assertEquals(new Position(2, 1), source("a\n").position(2));
        assertEquals("", source("a\n").line(2));
    }

    @Test
    void aSpanKnowsItsLengthAndItsUnion() {
        assertEquals(3, new Span(2, 5).length());
        assertEquals(new Span(2, 9), new Span(7, 9).to(new Span(2, 5)));
        assertEquals("cde", source("abcdef").slice(new Span(2, 5)));
        assertThrows(IllegalArgumentException.class, () -> new Span(5, 4));
        assertThrows(IllegalArgumentException.class, () -> new Span(-1, 4));
    }

    /** Counted the slow way: lines by line ends before the offset, columns by code points since the last one. */
    @Property
    void aPositionIsWhereCountingLeads(
            @ForAll @Chars({'\n', '\r', '\ud83d', '\ude80'}) @CharRange(from = 'a', to = 'c') String text) {
        SourceText source = source(text);
        int line = 1;
        int lineStart = 0;
        for (int offset = 0; offset <= text.length(); offset++) {
            boolean behindLineFeed = offset > 0 && text.charAt(offset - 1) == '\n';
            boolean behindReturn = offset > 0 && text.charAt(offset - 1) == '\r' && !text.startsWith("\n", offset);
            if (behindLineFeed || behindReturn) {
                line++;
                lineStart = offset;
            }
            Position expected = new Position(line, text.codePointCount(lineStart, offset) + 1);
            assertEquals(expected, source.position(offset));
        }
    }
}
