package samestep.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.equation.Expression;
import samestep.equation.parse.EquationParser;
import samestep.equation.run.Exact;
import samestep.syntax.json.Json;
import samestep.text.SourceText;

/** How a number of one configuration is written into another. */
class QuantityTest {
    private static final Origin TEST = new Origin.Default("a test");

    @ParameterizedTest
    @CsvSource({
        // A JSON number with a fraction or an exponent stays as it is written.
        "0.0005, 0.0005",
        "5e-4, 5e-4",
        "1E-08, 1E-08",
        "1.50, 1.50",
        "-0.10, -0.10",
        "1e3, 1e3",
        "1e-07, 1e-07",
        // What JSON has no such number for, or reads as a whole number, is written again.
        "5., 5.0",
        ".5, 0.5",
        "-.5, -0.5",
        "+0.5, 0.5",
        "00.5, 0.5",
        "1, 1.0",
        "0, 0.0",
        "-3, -3.0",
        "100, 100.0"
    })
    void whatIsWrittenInAFile(String text, String written) {
        assertEquals(written, new Quantity(Expression.literal(new BigDecimal(text)), text, TEST).written());
    }

    @ParameterizedTest
    @CsvSource({"1e-4f, 0.0001, 0.0001", "0.5F, 0.5, 0.5", "1e-8f, 1e-8, 1e-08", "0x10, 16, 16.0", "nonsense, 0.5, 0.5"
    })
    void whatOnlyTheSourceCanRead(String text, String value, String written) {
        assertEquals(written, new Quantity(Expression.literal(new BigDecimal(value)), text, TEST).written());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        0.0005 / 2             ; 0.00025
        1 / 3                  ; 0.33333333333333333
        2 / 3                  ; 0.66666666666666667
        1 / 3e10               ; 3.3333333333333333e-11
        pow(2, 0.5)            ; 1.4142135623730950
        1e16 / 1               ; 1e+16
        1e15 / 1               ; 1000000000000000.0
        0.00001 * 1            ; 0.00001
        0.000001 * 1           ; 1e-06
        0.0000012 * 1          ; 1.2e-06
        -0.0000012 * 1         ; -1.2e-06
        1e-100 / 2             ; 5e-101
        0.12345678901234567 * 1; 0.12345678901234567
        f32(0.9)               ; 0.9
        0 * 5                  ; 0.0
        """)
    void whatWasComputed(String expression, String written) {
        Quantity source = EquationParser.expression(expression)
                .map(e -> new Quantity(Expression.literal(1), "1.0", TEST).derived(e, "by a test"))
                .orElseThrow();
        assertEquals(
                new BigDecimal(written).compareTo(source.decimal().round(new MathContext(17))), 0, source::written);
        assertEquals(written.replaceAll("(?<=\\.\\d{15})0$", ""), source.written());
    }

    /** A text that does not say the value is never copied. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.25, 0.25", "0.1, 0.10000000000000001, 0.10000000000000001"})
    void aTextThatSaysAnotherNumberIsNotCopied(String text, String value, String written) {
        assertEquals(written, new Quantity(Expression.literal(new BigDecimal(value)), text, TEST).written());
    }

    @Property
    void whatHasSeventeenDigitsIsWrittenExactly(
            @ForAll @BigRange(min = "-1000", max = "1000") @Scale(14) BigDecimal mantissa,
            @ForAll @IntRange(min = -40, max = 40) int exponent) {
        BigDecimal value = mantissa.scaleByPowerOfTen(exponent);
        String written = new Quantity(Expression.literal(value), "", TEST).written();
        assertEquals(0, new BigDecimal(written).compareTo(value), written);
        assertTrue(Json.parse(new SourceText("value.json", written)).value().isPresent(), written);
        assertTrue(written.contains(".") || written.contains("e"), "read as a whole number: " + written);
    }

    @Property
    void everythingElseIsWithinHalfAUnitOfTheSeventeenthDigit(
            @ForAll @IntRange(min = 1, max = 100_000) int numerator,
            @ForAll @IntRange(min = 1, max = 100_000) int denominator) {
        Expression fraction = Expression.literal(numerator).over(Expression.literal(denominator));
        Quantity quantity = new Quantity(fraction, "", TEST);
        BigDecimal rounded = Exact.value(fraction).round(new MathContext(17, RoundingMode.HALF_EVEN));
        assertEquals(0, new BigDecimal(quantity.written()).compareTo(rounded));
        // Rounding twice, to 17 digits and then to a double, may end at the double next to the nearest.
        double read = Double.parseDouble(quantity.written());
        assertEquals(quantity.doubleValue(), read, Math.ulp(read));
    }

    @Property
    void roundingToSinglePrecisionIsNotPartOfTheIdealValue(@ForAll @BigRange(min = "0", max = "10") BigDecimal value) {
        Quantity quantity = new Quantity(Expression.literal(value), "", TEST);
        assertEquals(quantity.decimal(), quantity.rounded().decimal());
        assertEquals(quantity, quantity.rounded().withoutRounding());
    }
}
