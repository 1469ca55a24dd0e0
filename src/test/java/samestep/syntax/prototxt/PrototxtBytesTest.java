package samestep.syntax.prototxt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import samestep.text.SourceText;

/** Strings of {@code bytes} fields, which need not be UTF-8. */
class PrototxtBytesTest {
    private static byte[] bytes(String value) {
        PrototxtMessage root = Prototxt.parse(new SourceText("test", "a: " + value))
                .value()
                .orElseThrow()
                .root();
        return ((PrototxtScalar) root.fields().get(0).value()).bytes();
    }

    @Test
    void escapesAreSingleBytes() {
        assertArrayEquals(new byte[] {(byte) 0xff, 0, 'a', '"', '\n'}, bytes("\"\\377\\000a\\\"\\n\""));
    }

    @Test
    void adjacentStringsAreOne() {
        assertArrayEquals(new byte[] {1, (byte) 0x80, '#'}, bytes("\"\\001\" # \"no\n '\\x80' \"#\""));
    }

    @Test
    void numbersHaveNone() {
        assertArrayEquals(new byte[0], bytes("12"));
    }
}
