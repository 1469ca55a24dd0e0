package samestep.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.explain.Explanation.Line;
import samestep.explain.Explanation.RatePoint;
import samestep.explain.Explanation.Update;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** What is explained is what is trained. */
class ExplainerTest {
    private static final String NET = "layer { name: \"data\" type: \"Data\" data_param { batch_size: 32 } }"
            + " layer { name: \"ip\" type: \"InnerProduct\" param { } param { lr_mult: 2 decay_mult: 0 } }";

    private static Recipe recipe(String solver) {
        return Dialects.named("caffe")
                .orElseThrow()
                .read(Input.of(new SourceText("solver.prototxt", solver), new SourceText("net.prototxt", NET)))
                .value()
                .orElseThrow();
    }

    private static Explanation explain(String solver) {
        return Explainer.explain(recipe("base_lr: 0.1 " + solver), OptionalLong.empty(), OptionalLong.empty());
    }

    private static Shrinking kernel(String solver) {
        return explain(solver).updates().get(0).shrinking().orElseThrow();
    }

    @Test
    void decayOfPlainDescentIsAFactor() {
        Shrinking shrinking = kernel("lr_policy: \"fixed\" momentum: 0.9 weight_decay: 0.5");
        assertTrue(shrinking.isFactor());
        assertEquals(0, shrinking.ofOne().compareTo(new BigDecimal("0.95")));
    }

    @Test
    void biasesOfThisNetDoNotDecay() {
        Update biases =
                explain("lr_policy: \"fixed\" weight_decay: 0.5").updates().get(1);
        assertEquals(0, biases.shrinking().orElseThrow().ofOne().compareTo(BigDecimal.ONE));
        assertEquals(
                List.of(new Line("v = 0.0 * v + eta * g", "caffe.SGD")),
                biases.lines().subList(0, 1).stream()
                        .map(line -> new Line(line.equation().replace("= 0 *", "= 0.0 *"), line.stage()))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type: \"Adam\" momentum: 0.9 weight_decay: 0.5",
                "type: \"AdaGrad\" weight_decay: 0.5",
                "regularization_type: \"L1\" weight_decay: 0.5"
            })
    void decayThatIsNoFactorIsNotCalledOne(String fields) {
        assertFalse(kernel("lr_policy: \"fixed\" " + fields).isFactor());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        fixed | 0 999
        step" gamma: 0.1 stepsize: 400 unused: " | 0 399 400 799 800 999
        multistep" gamma: 0.1 stepvalue: 10 stepvalue: 900 unused: " | 0 9 10 899 900 999
        poly" power: 1 unused: " | 0 250 500 750 999
        exp" gamma: 0.9 unused: " | 0 250 500 750 999\
        """)
    void turningPointsAreBothSidesOfEveryDrop(String policy, String updates) {
        String fields = "max_iter: 1000 lr_policy: \"" + policy.replace(" unused: \"", "");
        String solver = fields + (policy.contains("unused") ? "" : "\"");
        List<String> points = explain(solver).rates().stream()
                .map(point -> point.step().toPlainString())
                .toList();
        assertEquals(updates, String.join(" ", points));
    }

    @Test
    void manyDropsAreShortened() {
        List<RatePoint> points = explain("max_iter: 100000 lr_policy: \"step\" gamma: 0.99 stepsize: 10")
                .rates();
        assertEquals(16, points.size());
        assertEquals(99_990, points.get(points.size() - 2).step().longValueExact());
        assertEquals(0.1 * 0.99, points.get(2).rate(), 1e-15);
    }

    @Test
    void samplesAreCountedOverBatchesAndDevices() {
        Recipe recipe = recipe("base_lr: 0.1 lr_policy: \"fixed\" iter_size: 4 max_iter: 1000");
        Run two = new Run(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.of(2));
        Samples samples = Explainer.explain(two.devices(recipe), OptionalLong.of(64_000), OptionalLong.empty())
                .samples();
        assertEquals(Optional.of(BigInteger.valueOf(256)), samples.inAnUpdate());
        assertEquals(Optional.of(BigInteger.valueOf(256_000)), samples.inTheRun());
        assertEquals(Optional.of(4.0), samples.epochs(1000));
    }
}
