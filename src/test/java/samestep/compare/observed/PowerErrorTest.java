package samestep.compare.observed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the error of a framework's powers excuses. */
class PowerErrorTest {
    /** The weights of one entry after each update. */
    private static List<List<double[]>> weights(double... after) {
        return Arrays.stream(after).mapToObj(w -> List.of(new double[] {w})).toList();
    }

    @Test
    void withoutAnErrorNothingIsAllowed() {
        assertEquals(0, PowerError.NONE.at(0, 0, 0, 1));
    }

    /** Two errors that cancel in the run that is measured may add up in the real one. */
    @Test
    void whatEachUpdateAddsIsSummedUp() {
        PowerError error = PowerError.of(weights(1, 1, 1), List.of(weights(1 + 0x1p-40, 1, 1), weights(1, 1, 1)));
        assertEquals(0x1p-40, error.at(0, 0, 0, 1));
        assertEquals(0x1p-39, error.at(1, 0, 0, 1));
        assertEquals(0x1p-39, error.at(2, 0, 0, 1));
        assertEquals(0x1p-40, error.at(2, 0, 0, 2));
    }

    @Test
    void whatIsMoreThanRoundingIsNotAllowed() {
        PowerError error = PowerError.of(weights(1), List.of(weights(1 + 0x1p-20)));
        assertEquals(0, error.at(0, 0, 0, 1));
    }

    @Test
    void whereAWeightIsNoNumberNothingIsAllowed() {
        PowerError error = PowerError.of(weights(1, Double.NaN), List.of(weights(1, Double.NaN)));
        assertEquals(0, error.at(1, 0, 0, 1));
        assertEquals(0, error.at(0, 0, 0, Double.NaN));
        assertEquals(0, error.at(0, 0, 0, 0));
    }
}
