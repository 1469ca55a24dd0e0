package samestep.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static samestep.compare.Recipes.decay;
import static samestep.compare.Recipes.l2;
import static samestep.compare.Recipes.shipped;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.compare.bound.Drift;
import samestep.compare.bound.GradientSizes;
import samestep.compare.measure.Measurement;
import samestep.compare.measure.Measurer;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.text.SourceText;
import samestep.text.Watcher;

/** A number that is offered is better than what people do without it, where it was not fitted; or it is said that it is not. */
class DecayApproximationTest {
    private static final Stage SGD = shipped("keras/SGD", "momentum", "0.9");

    private static DecayApproximation of(Stage penalty, Stage decay, Stage optimizer) {
        Recipe source = OptimizerVariant.recipe(false, penalty, optimizer);
        Recipe target = OptimizerVariant.recipe(false, decay, optimizer);
        return DecayApproximation.of(source, target).orElseThrow();
    }

    /** Drifts on digits: fitted or by momentum, copied, dropped. */
    private static List<Double> drifts(DecayApproximation approximation, double factor) {
        Measurement measured = Measurer.onDigits(
                        List.of(
                                new Measurer.Named("source", approximation.source()),
                                new Measurer.Named("number", approximation.withDecays(factor)),
                                new Measurer.Named("copied", approximation.withDecays(1)),
                                new Measurer.Named("dropped", approximation.withDecays(0))),
                        60,
                        1,
                        Watcher.NOBODY)
                .orElseThrow();
        return measured.runs().stream().map(Measurement.Run::largestDrift).toList();
    }

    @Test
    void withMomentumTheClosedFormIsMuchBetterThanCopyingOrDropping() {
        DecayApproximation approximation = of(l2("0.01"), decay("0.01"), SGD);
        double factor = approximation.closedForm().orElseThrow();
        assertEquals(10, factor, 1e-12);
        assertTrue(approximation.isInRange());
        List<Double> drifts = drifts(approximation, factor);
        assertTrue(drifts.get(1) < 0.5 * Math.min(drifts.get(2), drifts.get(3)), drifts.toString());
    }

    @Test
    void itGoesTheOtherWayToo() {
        DecayApproximation approximation = of(decay("0.1"), l2("0.1"), SGD);
        assertFalse(approximation.coupledToDecoupled());
        assertEquals(0.1, approximation.closedForm().orElseThrow(), 1e-12);
        List<Double> drifts = drifts(approximation, 0.1);
        assertTrue(drifts.get(1) < 0.5 * Math.min(drifts.get(2), drifts.get(3)), drifts.toString());
    }

    /** What is fitted is at least as good where it was fitted as the numbers it competes with. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFitIsTheLeastWhereItWasMade(boolean momentum) {
        Stage adam = shipped("keras/Adam", "beta1", "0.9", "beta2", "0.999", "epsilon", "1e-7");
        DecayApproximation approximation = of(l2("0.05"), decay("0.05"), momentum ? SGD : adam);
        double factor = approximation.fitted().orElseThrow();
        double fitted = Drift.measure(approximation.source(), approximation.withDecays(factor))
                .orElseThrow();
        for (double other : new double[] {0, 1, 10, 1.3 * factor, factor / 1.3}) {
            assertTrue(
                    fitted
                            <= Drift.measure(approximation.source(), approximation.withDecays(other))
                                    .orElseThrow(),
                    other + " is better than " + factor);
        }
    }

    @Test
    void adaptiveOptimizersHaveNoClosedForm() {
        Stage adam = shipped("keras/Adam", "beta1", "0.9", "beta2", "0.999", "epsilon", "1e-7");
        DecayApproximation approximation = of(l2("0.05"), decay("0.05"), adam);
        assertEquals(Optional.empty(), approximation.closedForm());
        assertTrue(approximation.words().contains("no number makes them the same"));
    }

    @Test
    void whatIsTooStrongIsSaidToBe() {
        // (1 - sqrt(0.9))^2 is 0.0026, and the rate 0.01.
        assertTrue(of(l2("0.2"), decay("0.2"), SGD).isInRange());
        DecayApproximation approximation = of(l2("0.3"), decay("0.3"), SGD);
        assertFalse(approximation.isInRange());
        assertTrue(approximation.words().contains("too strong"));
    }

    @Test
    void thereMustBeOneOfEachKind() {
        Recipe coupled = Recipes.of(l2("0.1"), SGD);
        assertEquals(Optional.empty(), DecayApproximation.of(coupled, Recipes.of(l2("0.2"), SGD)));
        assertEquals(Optional.empty(), DecayApproximation.of(coupled, Recipes.of(SGD)));
    }

    /**
     * The exact decoupled decay of the slow mode is {@code (1 - z) / rate}; that the closed form is near it is what the range
     * is about.
     */
    @Property(tries = 100)
    void theClosedFormIsNearTheSlowMode(
            @ForAll @DoubleRange(min = 0.1, max = 0.99) @Scale(4) double momentum,
            @ForAll @DoubleRange(min = 0.001, max = 0.5) @Scale(4) double share) {
        double a = share * Math.pow(1 - Math.sqrt(momentum), 2);
        double sum = 1 + momentum - a;
        double z = (sum + Math.sqrt(sum * sum - 4 * momentum)) / 2;
        double exact = (1 - z) / a;
        double closed = 1 / (1 - momentum);
        // 1 - z lies between a / (1 - m) and what it is at the end of the range, less than twice as much.
        assertTrue(exact >= closed * (1 - 1e-9) && exact < 2 * closed, exact + " against " + closed);
    }

    private static GradientSizes sizes(String json) {
        return GradientSizes.read(new SourceText("sizes.json", json)).value().orElseThrow();
    }

    /** Where all gradients are of one size, the decay that is divided by it is the other's. */
    @Test
    void sizesOfGradientsSayTheFactor() {
        Stage adam = shipped("keras/Adam", "beta1", "0.9", "beta2", "0.999", "epsilon", "0.01");
        DecayApproximation approximation = of(l2("0.05"), decay("0.05"), adam);
        String kernel = approximation.source().parameters().get(0).name().toString();
        GradientSizes.Factor one =
                approximation.by(sizes("{\"" + kernel + "\": 0.09}")).orElseThrow();
        assertEquals(10, one.factor(), 1e-12);
        GradientSizes.Factor spread = approximation
                .by(sizes("{\"" + kernel + "\": [0.09, 0.99], \"another\": 7}"))
                .orElseThrow();
        assertEquals(5.5, spread.factor(), 1e-12);
        assertEquals(1, spread.least(), 1e-12);
        assertEquals(10, spread.most(), 1e-12);
        assertEquals(Optional.empty(), approximation.by(sizes("{\"another\": 7}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"a\": 0}", "{\"a\": [1, \"b\"]}", "{\"a\": []}", "{"})
    void whatIsNoSizeIsRefused(String json) {
        assertTrue(
                GradientSizes.read(new SourceText("sizes.json", json)).value().isEmpty());
    }
}
