package samestep.syntax.prototxt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrototxtScalarTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "5., 5., 5",
        ".5, .5, 0.5",
        "-.5f, -.5, -0.5",
        "1e-4f, 1e-4, 0.0001",
        "1E-08, 1E-08, 1E-8",
        "1.e+2F, 1.e+2, 100",
        "2f, 2, 2",
        "- 3, -3, -3",
        "0x1f, 0x1f, 31",
        "-0XfF, -0XfF, -255",
        "017, 017, 15",
        "-010, -010, -8",
        "00, 00, 0",
        "0, 0, 0",
        "0f, 0, 0",
        "0.5, 0.5, 0.5",
        "0e1, 0e1, 0",
        "0.0005000000237487257, 0.0005000000237487257, 0.0005000000237487257"
    })
    void numbersAreExact(String written, String value, BigDecimal decimal) {
        PrototxtScalar scalar = Parsed.scalar(written);
        assertEquals(PrototxtScalar.Kind.NUMBER, scalar.kind());
        assertEquals(written, scalar.text());
        assertEquals(value, scalar.value());
        assertEquals(0, decimal.compareTo(scalar.decimal().orElseThrow()), scalar.decimal()::toString);
        assertEquals(OptionalDouble.of(decimal.doubleValue()), scalar.doubleValue());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "5, 5",
                "-5, -5",
                "0x10, 16",
                "010, 8",
                "0xf, 15",
                "9223372036854775807, 9223372036854775807",
                "9223372036854775808,",
                "-9223372036854775808, -9223372036854775808",
                "0x8000000000000000,",
                "5.,",
                "5e0,",
                "5f,",
                "'5',",
                "five,"
            })
    void integersAreThoseWrittenAsIntegers(String written, Long expected) {
        OptionalLong integer = expected == null ? OptionalLong.empty() : OptionalLong.of(expected);
        assertEquals(integer, Parsed.scalar(written).integer());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "true, true",
                "True, true",
                "t, true",
                "1, true",
                "0x1, true",
                "01, true",
                "false, false",
                "False, false",
                "f, false",
                "0, false",
                "TRUE,",
                "yes,",
                "2,",
                "-1,",
                "-0,",
                "1.0,",
                "'true',",
                "'1',"
            })
    void booleansAreThoseOfProtobuf(String written, Boolean expected) {
        assertEquals(Optional.ofNullable(expected), Parsed.scalar(written).bool());
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "-inf", "Infinity", "-INFINITY", "- inf", "nan", "NaN", "-nan"})
    void infinityAndNanAreWords(String written) {
        PrototxtScalar scalar = Parsed.scalar(written);
        assertEquals(PrototxtScalar.Kind.IDENTIFIER, scalar.kind());
        assertEquals(written, scalar.text());
        assertEquals(Optional.empty(), scalar.decimal());
        assertEquals(written.toLowerCase().contains("nan"), scalar.isNan());
        assertEquals(!scalar.isNan(), scalar.isInfinite());
        double value = scalar.doubleValue().orElseThrow();
        assertEquals(scalar.isNan(), Double.isNaN(value));
        assertEquals(!scalar.isNan() && written.startsWith("-"), value == Double.NEGATIVE_INFINITY);
        assertEquals(!scalar.isNan() && !written.startsWith("-"), value == Double.POSITIVE_INFINITY);
    }

    @Test
    void wordsAndStringsAreNoNumbers() {
        for (String written : new String[] {"CPU", "'1'", "\"inf\"", "'nan'"}) {
            PrototxtScalar scalar = Parsed.scalar(written);
            assertEquals(Optional.empty(), scalar.decimal());
            assertEquals(OptionalDouble.empty(), scalar.doubleValue());
            assertFalse(scalar.isNan() || scalar.isInfinite() || scalar.isInteger());
        }
    }

    @Test
    void numbersBeyondAllBoundsCostNothing() {
        assertEquals(Optional.empty(), Parsed.scalar("1e999999999").decimal());
        assertEquals(Optional.empty(), Parsed.scalar("-1e-999999999").decimal());
        assertEquals(Optional.empty(), Parsed.scalar("1e99999999999999").decimal());
        assertEquals(
                OptionalDouble.of(Double.POSITIVE_INFINITY),
                Parsed.scalar("1e99999999999999").doubleValue());
        assertEquals(OptionalDouble.of(-0.0), Parsed.scalar("-1e-999999999").doubleValue());
        assertTrue(Parsed.scalar("1e9998").decimal().isPresent());
        assertEquals(Optional.empty(), Parsed.scalar("1e9999").decimal());
        assertTrue(Parsed.scalar("9".repeat(2000)).decimal().isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'a'|a",
                "\"a\"|a",
                "'\"'|\"",
                "\"'\"|'",
                "'a' \"b\"'c'|abc",
                "''|``",
                "'#'|#",
                "'a\\\\b\\'\\\"\\?'|a\\b'\"?",
                "'\\101\\60\\0601'|A001",
                "'\\x41\\X4a\\x4g'|AJ\u0004g",
                "'\\303\\274'|\u00fc",
                "'\\303' '\\274'|\u00fc",
                "'\\377'|\ufffd",
                "'\\u00fc\\U0001F680\\ud83d\\ude80'|\u00fc\ud83d\ude80\ud83d\ude80",
                "'\u00fc\\x41'|\u00fcA",
                "'a\\u0041\\x42c'|aABc"
            })
    void stringsAreDecodedAsProtobufDoes(String written, String value) {
        PrototxtScalar scalar = Parsed.scalar(written);
        assertEquals(PrototxtScalar.Kind.STRING, scalar.kind());
        assertEquals(written, scalar.text());
        assertEquals(value, scalar.value());
    }

    @Test
    void controlCharactersHaveEscapes() {
        assertEquals(
                "\u0007\b\f\n\r\t\u000b\0",
                Parsed.scalar("'\\a\\b\\f\\n\\r\\t\\v\\0'").value());
    }

    @Test
    void adjacentStringsMayHaveCommentsBetween() {
        PrototxtScalar scalar = Parsed.scalar("'a' # one\n  'b'");
        assertEquals("ab", scalar.value());
        assertEquals("'a' # one\n  'b'", scalar.text());
    }
}
