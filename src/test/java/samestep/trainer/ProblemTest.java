package samestep.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.finding.Outcome;
import samestep.text.SourceText;

/** The reference problems' gradients are those of their losses. */
class ProblemTest {
    private static final double STEP = 1e-5;

    @ParameterizedTest
    @ValueSource(strings = {"linear", "mlp"})
    void gradientsAreThoseOfTheLoss(String name) {
        Problem problem = Problems.builtIn(name);
        List<double[]> weights = away(problem);
        for (int batch : new int[] {0, 1, 5}) {
            double[][] gradients = new double[problem.tensors().size()][];
            problem.lossAndGradients(weights, batch, gradients);
            for (int tensor = 0; tensor < weights.size(); tensor++) {
                for (int i = 0; i < weights.get(tensor).length; i++) {
                    double difference = central(problem, weights, batch, tensor, i);
                    assertEquals(difference, gradients[tensor][i], 1e-8 * (1 + Math.abs(difference)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "mlp"})
    void shapesAreThoseOfTheWeights(String name) {
        Problem problem = Problems.builtIn(name);
        assertEquals(problem.tensors().size(), problem.shapes().size());
        for (int i = 0; i < problem.shapes().size(); i++) {
            assertEquals(
                    problem.initial().get(i).length, problem.shapes().get(i).size());
        }
        assertEquals(
                problem.outputs(),
                problem.shapes().get(problem.shapes().size() - 1).columns());
        assertTrue(problem.batchSize() > 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "mlp"})
    void batchesComeRound(String name) {
        Problem problem = Problems.builtIn(name);
        double[][] unused = new double[problem.tensors().size()][];
        List<Double> losses = new ArrayList<>();
        for (int batch = 0; batch < 64; batch++) {
            losses.add(problem.lossAndGradients(problem.initial(), batch, unused));
        }
        long round = losses.stream().distinct().count();
        assertTrue(round > 1 && round < 64, "batches: " + round);
        for (int batch = 0; batch + round < 64; batch++) {
            assertEquals(losses.get(batch), losses.get(batch + (int) round));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {}
            {"linear": 3}
            {"linear": {"x": [[1]], "batch_size": 1}}
            {"linear": {"x": [[1]], "batch_size": 1, "init": {"W1": [1], "b1": [0]}}}
            """)
    void aFileWithoutTheProblemIsAFinding(String json) {
        Outcome<Problem> outcome = Problems.read(new SourceText("problems.json", json), "linear");
        assertTrue(outcome.value().isEmpty());
        assertEquals(1, outcome.findings().size());
    }

    private static double central(Problem problem, List<double[]> weights, int batch, int tensor, int entry) {
        double[][] unused = new double[weights.size()][];
        double value = weights.get(tensor)[entry];
        weights.get(tensor)[entry] = value + STEP;
        double above = problem.lossAndGradients(weights, batch, unused);
        weights.get(tensor)[entry] = value - STEP;
        double below = problem.lossAndGradients(weights, batch, unused);
        weights.get(tensor)[entry] = value;
        return (above - below) / (2 * STEP);
    }

    /** Weights with biases that are not zero. */
    private static List<double[]> away(Problem problem) {
        Random random = new Random(5);
        List<double[]> weights = new ArrayList<>();
        for (double[] initial : problem.initial()) {
            double[] moved = initial.clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += random.nextGaussian() / 4;
            }
            weights.add(moved);
        }
        return weights;
    }
}
