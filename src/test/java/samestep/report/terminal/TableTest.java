package samestep.report.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables fit their screen; without one they are as wide as they are. */
class TableTest {
    private static final List<List<String>> ROWS = List.of(
            List.of("", "", "first", "second", ""),
            List.of("=", "optimizer", "caffe.Nesterov", "keras.SGD", "2 kernels and 2 biases"),
            List.of("=", "rate", "base_lr 0.01", "initial_learning_rate 0.01", ""),
            List.of(
                    "?",
                    "initial weights",
                    "constant (value 0) (default)",
                    "not said",
                    "4 (conv1 kernel ... fc2 bias)"));

    @Test
    void everyLineFitsEveryUsualScreen() {
        for (int width = 50; width <= 120; width++) {
            for (String line : Table.of(ROWS, 36, width)) {
                assertTrue(line.length() <= width, width + ": " + line);
            }
        }
    }

    @Test
    void wordsStayWholeWhereTheyCan() {
        String table = String.join("\n", Table.of(ROWS, 36, 80));
        assertTrue(table.contains("initial_learning_rate"), table);
        assertTrue(table.contains("caffe.Nesterov"), table);
    }

    @Test
    void withoutAScreenARowIsALine() {
        List<String> lines = Table.of(ROWS, 36, 0);
        assertEquals(ROWS.size(), lines.size());
        assertEquals(
                "=  optimizer        caffe.Nesterov                keras.SGD                   2 kernels and 2 biases",
                lines.get(1));
    }

    @Test
    void twoTextsAreOneAboveTheOtherWhereBothDoNotFit() {
        List<String> left = List.of("w = w - g");
        List<String> right = List.of("v = g", "w = w - v");
        assertEquals(List.of("w = w - g  | v = g", "           | w = w - v"), Table.beside(left, right, 22));
        assertEquals(
                List.of("first", "  w = w - g", "second", "  v = g", "  w = w - v"), Table.beside(left, right, 21));
    }
}
