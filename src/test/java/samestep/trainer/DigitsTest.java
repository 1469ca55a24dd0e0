package samestep.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The data are those of the data set, and the net's gradients are the loss's. */
class DigitsTest {
    private final Digits digits = Digits.load();

    @Test
    void theDataAreAll() {
        assertEquals(1797, digits.size());
    }

    @Test
    void aSeedDecidesEverything() {
        Problem one = digits.problem(7);
        Problem again = digits.problem(7);
        Problem other = digits.problem(8);
        assertArrayEquals(one.initial().get(0), again.initial().get(0));
        assertNotEquals(one.initial().get(0)[0], other.initial().get(0)[0]);
        double[][] gradients = new double[4][];
        double loss = one.lossAndGradients(one.initial(), 3, gradients);
        assertEquals(loss, again.lossAndGradients(one.initial(), 3, gradients));
        assertNotEquals(loss, other.lossAndGradients(one.initial(), 3, gradients));
    }

    @Test
    void gradientsAreTheLosss() {
        Problem problem = digits.problem(0);
        double[][] gradients = new double[4][];
        problem.lossAndGradients(problem.initial(), 1, gradients);
        for (int tensor = 0; tensor < 4; tensor++) {
            for (int i = 0; i < gradients[tensor].length; i += 37) {
                double step = 1e-6;
                double slope = (moved(problem, tensor, i, step) - moved(problem, tensor, i, -step)) / (2 * step);
                assertEquals(slope, gradients[tensor][i], 1e-8);
            }
        }
    }

    private static double moved(Problem problem, int tensor, int entry, double by) {
        List<double[]> weights = new ArrayList<>();
        problem.initial().forEach(w -> weights.add(w.clone()));
        weights.get(tensor)[entry] += by;
        return problem.lossAndGradients(weights, 1, new double[4][]);
    }

    @Test
    void aNetThatHasLearntNothingGuesses() {
        Problem problem = digits.problem(0);
        List<double[]> zeros = new ArrayList<>();
        problem.initial().forEach(w -> zeros.add(new double[w.length]));
        double accuracy = problem.accuracy(zeros).orElseThrow();
        assertTrue(accuracy > 0.05 && accuracy < 0.15, "one of ten classes, and " + accuracy);
    }
}
