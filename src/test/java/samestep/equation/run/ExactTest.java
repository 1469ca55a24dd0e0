package samestep.equation.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.parse.EquationParser;

/** What has an exact decimal gets it; what has none gets a hundred digits. */
class ExactTest {

    @ParameterizedTest
    @CsvSource({
        "0.0005 / 2, 0.00025",
        "1 / 8, 0.125",
        "3 / 6, 0.5",
        "7 / 3 * 3, 7",
        "1 / 3 + 1 / 6, 0.5",
        "-(1 / 4) - 1, -1.25",
        "-1 / -8, 0.125",
        "'pow(0.3, 3)', 0.027",
        "'pow(2, -3)', 0.125",
        "'pow(-2, 3)', -8",
        "'pow(5, 0)', 1",
        "'pow(2 / 3, 2) * 9', 4",
        "'pow(10, 6 / 3)', 100",
        "f32(0.9), 0.9",
        "0 / 5, 0",
        "1e-300 * 1e300, 1"
    })
    void aTerminatingFractionIsExact(String text, BigDecimal expected) {
        BigDecimal exact = Exact.decimal(expression(text)).orElseThrow();
        assertEquals(0, exact.compareTo(expected), exact::toString);
        assertEquals(0, Exact.value(expression(text)).compareTo(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 / 3",
                "pow(2, 0.5)",
                "sqrt(4)",
                "exp(0)",
                "1 / 0",
                "pow(0, -1)",
                "pow(2, 1001)",
                "t",
                "1 < 2",
                "min(1, 2)"
            })
    void whatIsNoTerminatingFractionHasNoDecimal(String text) {
        assertEquals(Optional.empty(), Exact.decimal(expression(text)));
    }

    @ParameterizedTest
    @CsvSource({"sqrt(4), 2", "exp(0), 1", "'min(1, 2)', 1", "1 < 2, 1", "'where(1 > 2, 3, 4)', 4", "cos(0), 1"})
    void everythingElseHasAValue(String text, BigDecimal expected) {
        assertEquals(0, Exact.value(expression(text)).compareTo(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        1 / 3         ; x * 3 - 1
        sqrt(2)       ; x * x - 2
        pow(2, 1 / 3) ; x * x * x - 2
        pow(2, 0.5)   ; x * x - 2
        log(3)        ; exp(x) - 3
        pow(0.1, 0.3) ; pow(x, 10) - 0.001
        """)
    void aValueHasAHundredDigits(String text, String isZero) {
        Expression value = Expression.literal(Exact.value(expression(text)));
        Expression rest = Expressions.substitute(expression(isZero), Map.of("x", value));
        BigDecimal off = Exact.value(rest).abs();
        assertTrue(off.compareTo(new BigDecimal("1e-105")) < 0, () -> "off by " + off.round(new MathContext(3)));
    }

    @Property(tries = 500)
    void aFractionIsExactWhenItsDenominatorHasTwosAndFivesOnly(
            @ForAll @IntRange(min = -1000, max = 1000) int numerator,
            @ForAll @IntRange(min = 1, max = 400) int denominator) {
        int rest = denominator
                / BigInteger.valueOf(numerator)
                        .gcd(BigInteger.valueOf(denominator))
                        .intValue();
        while (rest % 2 == 0) {
            rest /= 2;
        }
        while (rest % 5 == 0) {
            rest /= 5;
        }
        Expression fraction = Expression.literal(numerator).over(Expression.literal(denominator));
        Optional<BigDecimal> exact = Exact.decimal(fraction);
        assertEquals(rest == 1 || numerator == 0, exact.isPresent());
        exact.ifPresent(e ->
                assertEquals(0, e.multiply(BigDecimal.valueOf(denominator)).compareTo(BigDecimal.valueOf(numerator))));
    }

    @Test
    void aDivisionByZeroHasNoValue() {
        assertThrows(ArithmeticException.class, () -> Exact.value(expression("1 / (0.5 - 1 / 2)")));
    }

    /** An absurdly large or small number costs nothing: it is not worked out digit by digit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pow(pow(pow(0.1, 1000), 1000), 1000)",
                "pow(pow(pow(10, 1000), 1000), 1000)",
                "1 / pow(pow(pow(3, 1000), 1000), 1000)",
                "1e999999999 + 1",
                "pow(1e-999999999, 3)",
                "pow(pow(1.23456789e-2900, 999), 999)"
            })
    void hugeNumbersAreNotWorkedOut(String text) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertEquals(Optional.empty(), Exact.decimal(expression(text))));
    }

    private static Expression expression(String text) {
        return EquationParser.expression(text).orElseThrow();
    }
}
