package samestep.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a short decimal after rounding to single precision is recognised, and nothing else. */
class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0.0005000000237487257, 0.0005",
        "0.8999999761581421, 0.9",
        "0.9990000128746033, 0.999",
        "0.10000000149011612, 0.1",
        "9.99999993922529e-9, 1e-8",
        "1.0000000116860974e-07, 1e-7",
        "0.05000000074505806, 0.05",
        "-0.009999999776482582, -0.01"
    })
    void whatFrameworksWrite(BigDecimal residue, BigDecimal meant) {
        assertEquals(
                0, meant.compareTo(Numbers.meantBeforeSinglePrecision(residue).orElseThrow()));
    }

    /** Single precision distinguishes mantissas of up to six digits everywhere. */
    @Property(tries = 3000)
    void everyShortDecimalIsFoundAgain(
            @ForAll @IntRange(min = 1, max = 999_999) int mantissa,
            @ForAll @IntRange(min = -30, max = 25) int exponent) {
        BigDecimal meant = BigDecimal.valueOf(mantissa).scaleByPowerOfTen(exponent);
        float single = meant.floatValue();
        BigDecimal residue = new BigDecimal(Double.toString(single));
        Assume.that(residue.compareTo(meant) != 0 && residue.precision() > 9);
        Optional<BigDecimal> found = Numbers.meantBeforeSinglePrecision(residue);
        assertEquals(Optional.of(meant.stripTrailingZeros()), found.map(BigDecimal::stripTrailingZeros));
        Optional<BigDecimal> whole = Numbers.meantBeforeSinglePrecision(new BigDecimal(single));
        assertEquals(Optional.of(meant.stripTrailingZeros()), whole.map(BigDecimal::stripTrailingZeros));
    }

    @Property(tries = 3000)
    void anOrdinaryDoubleIsNone(
            @ForAll @LongRange(min = 0, max = (1L << 52) - 1) long bits,
            @ForAll @IntRange(min = -60, max = 60) int exponent) {
        double value = Math.scalb(1 + bits * 0x1p-52, exponent);
        // A double next to a float can be the float's own digits, with the last ones rounded off.
        Assume.that(Math.abs(value - (float) value) > 8 * Math.ulp(value));
        BigDecimal decimal = new BigDecimal(Double.toString(value));
        Assume.that(decimal.precision() >= 15);
        assertEquals(Optional.empty(), Numbers.meantBeforeSinglePrecision(decimal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.5",
                "0.0005",
                "0.123456789",
                "0.3333333333333333",
                "0.6666666666666666",
                "0.1234567890123456",
                "0",
                "1e300",
                "1e-300",
                "-1e300",
                "16777216",
                "123456789"
            })
    void aNumberThatSomebodyMeantIsLeftAlone(BigDecimal value) {
        assertEquals(Optional.empty(), Numbers.meantBeforeSinglePrecision(value));
    }

    @Property
    void aPlainNumberIsTheNumber(
            @ForAll @DoubleRange(min = -1e30, max = 1e30) double value,
            @ForAll @IntRange(min = -60, max = 60) int exponent) {
        BigDecimal decimal = new BigDecimal(value, new MathContext(12)).scaleByPowerOfTen(exponent);
        assertEquals(0, decimal.compareTo(new BigDecimal(Numbers.plain(decimal))));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "0.000123456, 0.000123",
        "123456, 123000",
        "0.1, 0.1",
        "NaN, NaN",
        "Infinity, Infinity",
        "1.23456e-12, 1.23e-12",
        "-2.5, -2.5",
        "9.996, 10"
    })
    void aMeasuredNumberHasAsManyDigitsAsAsked(double value, String written) {
        assertEquals(written, Numbers.rounded(value, 3));
    }
}
