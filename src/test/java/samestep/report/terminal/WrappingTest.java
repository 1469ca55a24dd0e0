package samestep.report.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines are broken between words, words and long names stay whole, and nothing is lost. */
class WrappingTest {
    @Test
    void aLineThatFitsIsNotTouched() {
        assertEquals(List.of("as it is"), Wrapping.of("as it is", 8, 4));
        String text = "a very long line that nobody breaks\n";
        assertSame(text, Wrapping.lines(text, 0));
    }

    @Test
    void theRestHangs() {
        assertEquals("  one two\n      three\n      four\n", Wrapping.lines("  one two three four\n", 12));
    }

    @Test
    void aNameThatIsWiderThanTheScreenStaysWhole() {
        assertEquals(
                List.of("in", "  fixtures/comparisons/target.json:27:17:", "  write"),
                Wrapping.of("in fixtures/comparisons/target.json:27:17: write", 20, 2));
    }

    @Test
    void charactersOfTwoUnitsCountAsOne() {
        assertEquals(
                List.of("\uD83D\uDE00\uD83D\uDE00 \uD83D\uDE00\uD83D\uDE00"),
                Wrapping.of("\uD83D\uDE00\uD83D\uDE00 \uD83D\uDE00\uD83D\uDE00", 5, 0));
    }

    /** Every word of a line is there, in its order, at every width. */
    @Test
    void nothingIsLost() {
        String line =
                "    2 kernels (conv1, fc2): inexact, from the update;  write fixtures/a/very/long/name.json:1:2 now";
        for (int width = 1; width < 120; width++) {
            String broken = String.join(" ", Wrapping.of(line, width, 4));
            assertEquals(words(line), words(broken), "width " + width);
            String cell = String.join("", Wrapping.cell(line, width)).replace(" ", "");
            assertEquals(line.replace(" ", ""), cell, "width " + width);
            for (String part : Wrapping.cell(line, width)) {
                assertTrue(Wrapping.length(part) <= width, width + ": " + part);
            }
        }
    }

    private static List<String> words(String line) {
        return Arrays.asList(line.strip().split(" +"));
    }
}
