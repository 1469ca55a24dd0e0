package samestep.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static samestep.trainer.EquationRun.array;
import static samestep.trainer.EquationRun.number;

import java.util.List;
import org.junit.jupiter.api.Test;
import samestep.equation.Equations;
import samestep.equation.Shape;
import samestep.equation.parse.EquationParser;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Accumulation;
import samestep.recipe.Stage.Clip;
import samestep.recipe.Stage.DecoupledDecay;
import samestep.recipe.Stage.LossScale;
import samestep.recipe.Stage.Penalty;

/** What comes before what, what counts in which norm, and what happens in each micro-step. */
class StepperTest {
    private static final Equations PLAIN = EquationParser.parseOwn("plain.eq", "optimizer plain\nw = w - eta * g");
    private static final Stage SGD = EquationRun.optimizer(PLAIN);
    private static final Stage L2 = new Penalty(Penalty.Norm.L2, number("0.5"));
    private static final double[] NO_GRADIENT = {Double.NaN};

    private static Stage clip(Clip.Kind kind, String threshold) {
        return new Clip(kind, number(threshold));
    }

    @Test
    void theGlobalNormIsThatOfAllTensorsTogether() {
        EquationRun run = stages(clip(Clip.Kind.GLOBAL_NORM, "6.5"), SGD)
                .tensor(0, 0)
                .tensor(0)
                .update(1, array(3, 4), array(12));
        assertArrayEquals(array(-1.5, -2), run.weights(0));
        assertArrayEquals(array(-6), run.weights(1));
    }

    @Test
    void theNormOfATensorIsItsOwn() {
        EquationRun run = stages(clip(Clip.Kind.TENSOR_NORM, "6.5"), SGD)
                .tensor(0, 0)
                .tensor(0)
                .update(1, array(3, 4), array(13));
        assertArrayEquals(array(-3, -4), run.weights(0));
        assertArrayEquals(array(-6.5), run.weights(1));
    }

    @Test
    void aClipByValueIsEachEntrysOwn() {
        EquationRun run =
                stages(clip(Clip.Kind.VALUE, "2"), SGD).tensor(0, 0, 0).update(1, array(3, -4, 1));
        assertArrayEquals(array(-2, 2, -1), run.weights(0));
    }

    @Test
    void whatIsFrozenStaysAndCountsInNoNorm() {
        EquationRun run = stages(clip(Clip.Kind.GLOBAL_NORM, "1"), SGD)
                .tensor("a", Shape.SCALAR, "1", true, 7)
                .tensor(0)
                .update(1, NO_GRADIENT, array(0.75));
        assertEquals(7, run.weights(0)[0]);
        assertEquals(-0.75, run.weights(1)[0]);
    }

    @Test
    void theNormIsThatOfTheSumOverTheMicroSteps() {
        EquationRun run = stages(new Accumulation(2, false), clip(Clip.Kind.GLOBAL_NORM, "5"), SGD)
                .tensor(0)
                .tensor(0)
                .update(1, List.of(List.of(array(1), array(9)), List.of(array(5), array(-1))));
        assertEquals(-3, run.weights(0)[0], 1e-15);
        assertEquals(-4, run.weights(1)[0], 1e-15);
    }

    @Test
    void gradientsAreAddedOrTheirMeanIsTaken() {
        List<List<double[]>> gradients = List.of(List.of(array(1, 2)), List.of(array(3, 4)), List.of(array(5, 9)));
        assertArrayEquals(
                array(-9, -15),
                stages(new Accumulation(3, false), SGD)
                        .tensor(0, 0)
                        .update(1, gradients)
                        .weights(0));
        assertArrayEquals(
                array(-3, -5),
                stages(new Accumulation(3, true), SGD)
                        .tensor(0, 0)
                        .update(1, gradients)
                        .weights(0));
    }

    @Test
    void whatStandsBeforeTheAccumulationHappensInEveryMicroStep() {
        List<List<double[]>> gradients = List.of(List.of(array(1)), List.of(array(1)));
        Accumulation sum = new Accumulation(2, false);
        assertEquals(
                10 - 2 - 2 * 5,
                stages(L2, sum, SGD).tensor(10).update(1, gradients).weight());
        assertEquals(
                10 - 2 - 5, stages(sum, L2, SGD).tensor(10).update(1, gradients).weight());
    }

    @Test
    void aPenaltyBeforeTheClipIsClipped() {
        Stage clip = clip(Clip.Kind.GLOBAL_NORM, "2");
        assertEquals(10 - 2, stages(L2, clip, SGD).tensor(10).updates(1, 1).weight());
        assertEquals(10 - 1 - 5, stages(clip, L2, SGD).tensor(10).updates(1, 1).weight());
    }

    @Test
    void theClipSeesWhatTheTensorsPenaltiesMadeOfTheirGradients() {
        Stage clip = clip(Clip.Kind.GLOBAL_NORM, "2.5");
        EquationRun run =
                stages(L2, clip, SGD).tensor(6).stages(clip, SGD).tensor(0).update(1, array(0), array(4));
        assertEquals(6 - 1.5, run.weights(0)[0], 1e-15);
        assertEquals(-2, run.weights(1)[0], 1e-15);
    }

    @Test
    void theDecayBesideTheGradientSeesTheWeightAsItStands() {
        Stage decay = new DecoupledDecay(number("0.5"));
        assertEquals(
                (10 - 0.1 * 5) - 0.1,
                stages(decay, SGD).tensor(10).updates(0.1, 1).weight(),
                1e-14);
        assertEquals(
                (10 - 0.1) * 0.95, stages(SGD, decay).tensor(10).updates(0.1, 1).weight(), 1e-14);
    }

    @Test
    void theMultiplierIsPartOfEveryRate() {
        EquationRun run = stages(new DecoupledDecay(number("0.5")), SGD);
        run.tensor("a", Shape.SCALAR, "2", false, 10).update(0.1, array(1));
        assertEquals(10 - 0.2 * 5 - 0.2, run.weight(), 1e-15);
    }

    @Test
    void penaltiesAndLossScales() {
        Stage l1 = new Penalty(Penalty.Norm.L1, number("0.5"));
        EquationRun run = stages(l1, SGD).tensor(3, -3, 0).update(1, array(0, 0, 0));
        assertArrayEquals(array(2.5, -2.5, 0), run.weights(0));
        assertEquals(-6, scaled(LossScale.Form.WEIGHTED));
        assertEquals(-6 * 8, scaled(LossScale.Form.SUMMED));
        assertEquals(-6 * 2 / 4.0, scaled(LossScale.Form.MEAN_SQUARE));
        assertEquals(-6 * 2 / 4.0 * 8, scaled(LossScale.Form.SUMMED_SQUARE));
        assertEquals(
                -1.5,
                stages(new Stage.Scale(number("0.5")), SGD)
                        .tensor(0)
                        .updates(1, 3)
                        .weight());
    }

    private static double scaled(LossScale.Form kind) {
        return stages(new LossScale(kind, number("2")), SGD)
                .tensor(0)
                .updates(1, 3)
                .weight();
    }

    @Test
    void aWholeUpdateInDoublesIsTheHandWrittenOne() {
        Equations momentum = EquationParser.parseOwn(
                "momentum.eq", "optimizer momentum\nhyper mu\nstate v = 0\nv = mu * v + eta * g\nw = w - v");
        EquationRun run = stages(
                        new Penalty(Penalty.Norm.L2, number("0.0005")), EquationRun.optimizer(momentum, "mu", "0.9"))
                .tensor(0.3, -0.7);
        double[] w = {0.3, -0.7};
        double[] v = {0, 0};
        for (int t = 0; t < 50; t++) {
            double[] g = {Math.sin(t), Math.cos(t)};
            double eta = 0.1 / (1 + t);
            run.update(eta, g);
            for (int i = 0; i < 2; i++) {
                v[i] = 0.9 * v[i] + eta * (g[i] + 0.0005 * w[i]);
                w[i] = w[i] - v[i];
            }
        }
        assertArrayEquals(w, run.weights(0));
        assertNotEquals(w[0], 0.3);
    }

    private static EquationRun stages(Stage... stages) {
        return new EquationRun().stages(stages);
    }
}
