package samestep.compare.induction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.equation.Fraction;

/** What the proof takes for granted of its numbers. */
class PrimeFieldTest {
    private static final int SAMPLES = 200;

    static LongStream primes() {
        return LongStream.of(PrimeField.PRIMES);
    }

    @ParameterizedTest
    @MethodSource("primes")
    void isTwiceAPrimeAndOneAndLeavesThreeOfFour(long prime) {
        assertTrue(BigInteger.valueOf(prime).isProbablePrime(60));
        assertTrue(BigInteger.valueOf((prime - 1) / 2).isProbablePrime(60));
        assertEquals(3, prime % 4);
        assertTrue(prime < 1L << 31, "products have to fit");
    }

    @ParameterizedTest
    @MethodSource("primes")
    void numbersOfConfigurationsAreSquares(long prime) {
        PrimeField field = new PrimeField(prime);
        for (String number : new String[] {"2", "3", "0.9", "0.99", "0.95", "0.0005", "0.1", "1e-8", "0.7", "0.333"}) {
            assertTrue(field.isPositive(field.of(Fraction.of(new BigDecimal(number)))), number);
        }
    }

    @ParameterizedTest
    @MethodSource("primes")
    void signsRootsAndPowersFollowTheRulesOfRealNumbers(long prime) {
        PrimeField field = new PrimeField(prime);
        Random random = new Random(prime);
        Fraction third = Fraction.of(BigDecimal.valueOf(3)).inverse();
        for (int i = 0; i < SAMPLES; i++) {
            long a = field.multiply(1 + random.nextLong(prime - 1), 1);
            long b = 1 + random.nextLong(prime - 1);
            long aa = field.multiply(a, a);
            long bb = field.multiply(b, b);
            assertEquals(field.isPositive(a) == field.isPositive(b), field.isPositive(field.multiply(a, b)));
            assertFalse(field.isPositive(a) == field.isPositive(field.subtract(0, a)));
            assertEquals(aa, field.multiply(field.root(aa), field.root(aa)));
            assertTrue(field.isPositive(field.root(aa)));
            assertEquals(field.root(field.multiply(aa, bb)), field.multiply(field.root(aa), field.root(bb)));
            long cubeRoot = field.power(aa, third);
            assertEquals(aa, field.multiply(cubeRoot, field.multiply(cubeRoot, cubeRoot)));
            assertEquals(a, field.multiply(field.divide(a, b), b));
        }
    }

    @Test
    void divisionByZeroHasNoValue() {
        PrimeField field = new PrimeField(PrimeField.PRIMES[0]);

        org.junit.jupiter.api.Assertions.assertThrows(ArithmeticException.class, () -> field.divide(1, 0));
    }
}
