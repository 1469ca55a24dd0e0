package samestep.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** How fast an unused weight shrinks, against what can be worked out. */
class HalfLifeTest {
    private static final SourceText NET = new SourceText(
            "net.prototxt", "layer { name: \"ip\" type: \"InnerProduct\" param { } param { decay_mult: 0 } }");

    private static Optional<HalfLife> of(String solver) {
        SourceText text = new SourceText("solver.prototxt", solver + " lr_policy: \"fixed\"");
        Recipe recipe = Dialects.named("caffe")
                .orElseThrow()
                .read(Input.of(text, NET))
                .value()
                .orElseThrow();
        return HalfLife.of(recipe, recipe.parameters().get(0));
    }

    /**
     * With momentum m and a decay of the gradient, a weight without one follows {@code w' = w - v'}, {@code v' = m v + a w},
     * a = rate * decay. Its modes are the roots of {@code z^2 - (1 + m - a) z + m}, and the larger is what is left.
     */
    @ParameterizedTest
    @CsvSource({"0.01, 0.0005, 0", "0.1, 0.01, 0", "0.01, 0.0005, 0.9", "0.1, 0.01, 0.9", "0.05, 0.02, 0.5"})
    void isTheSlowModeOfMomentum(double rate, double decay, double momentum) {
        double a = rate * decay;
        double sum = 1 + momentum - a;
        double slow = (sum + Math.sqrt(sum * sum - 4 * momentum)) / 2;
        HalfLife found = of("type: \"SGD\" base_lr: %s weight_decay: %s momentum: %s".formatted(rate, decay, momentum))
                .orElseThrow();
        assertEquals(1 - slow, 1 - found.factor(), 1e-6 * (1 - slow));
        double nearly = 1.5 * a / ((1 - momentum) * (1 - momentum));
        assertEquals((1 - momentum) / a, found.timeConstant(), nearly * found.timeConstant());
        assertEquals(0.5, Math.pow(found.factor(), found.updates()), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"Adam, 0.01", "RMSProp, 0.01", "AdaGrad, 0.01", "SGD, 0"})
    void nothingIsSaidWhereThereIsNoFactor(String type, String decay) {
        assertTrue(of("type: \"%s\" base_lr: 0.01 weight_decay: %s".formatted(type, decay))
                .isEmpty());
    }
}
