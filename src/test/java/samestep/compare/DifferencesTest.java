package samestep.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static samestep.compare.Recipes.clip;
import static samestep.compare.Recipes.decay;
import static samestep.compare.Recipes.falling;
import static samestep.compare.Recipes.kernel;
import static samestep.compare.Recipes.l2;
import static samestep.compare.Recipes.shipped;
import static samestep.compare.Recipes.written;

import java.util.List;
import org.junit.jupiter.api.Test;
import samestep.compare.Condition.Met;
import samestep.compare.proof.Bound;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.trait.Trait;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/** What makes a difference is found by testing, and so is when there is none. */
class DifferencesTest {
    private static final Stage SGD = shipped("keras/SGD", "momentum", "0.9");
    private static final Stage PLAIN = shipped("keras/SGD", "momentum", "0");
    private static final Stage OUTSIDE = written(
            "trait learning rate: outside the state\n"
                    + "hyper momentum\n"
                    + "state b = 0\n"
                    + "b = momentum * b + g\n"
                    + "w = w - eta * b",
            "momentum",
            "0.9");
    private static final Stage CLIP = clip(Stage.Clip.Kind.GLOBAL_NORM, "1");

    private static Difference only(Recipe source, Recipe target) {
        List<Difference> all = Differences.of(source, target, Partners.byName(), new ProofMemory());
        assertEquals(1, all.size());
        return all.get(0);
    }

    private static List<String> names(Difference difference) {
        return difference.traits().stream().map(Trait::name).toList();
    }

    @Test
    void coupledAndDecoupledDecayAreTheSameWithoutMomentum() {
        Difference difference = only(Recipes.of(l2("0.01"), SGD), Recipes.of(decay("0.01"), SGD));
        assertEquals(List.of("L2 in the gradient", "decoupled decay"), names(difference));
        assertEquals(
                List.of(new Condition("there is no momentum", Met.NO), new Condition("there is no decay", Met.NO)),
                difference.conditions());
        assertEquals(1, difference.agreeing(), "the first update adds no velocity");
        assertEquals(List.of(), difference.bounds());
    }

    @Test
    void oneNumberIsToBlameAmongMany() {
        Recipe source = Recipes.of(l2("0.01"), CLIP, shipped("keras/SGD", "momentum", "0.9"));
        Recipe target = Recipes.of(l2("0.01"), CLIP, shipped("keras/SGD", "momentum", "0.8"));
        Difference difference = only(source, target);
        assertEquals(List.of("momentum"), names(difference));
        assertEquals("0.9 (default)", difference.traits().get(0).source());
        assertEquals(1, difference.agreeing());
    }

    /** What is another number in the file and makes no difference is not blamed. */
    @Test
    void whatMakesNoDifferenceIsNotNamed() {
        Stage one = shipped("keras/RMSprop", "rho", "0.9", "momentum", "0", "epsilon", "1e-7");
        Stage other = shipped("keras/RMSprop", "rho", "0.95", "momentum", "0", "epsilon", "1e-7");
        Recipe source = Recipes.of(clip(Stage.Clip.Kind.VALUE, "1"), l2("0.01"), one);
        Recipe target = Recipes.of(clip(Stage.Clip.Kind.VALUE, "1"), l2("0.010"), other);
        assertEquals(List.of("rho"), names(only(source, target)));
    }

    @Test
    void aRateInsideTheVelocityMattersWhenItChanges() {
        Recipe source = falling(Recipes.of(SGD));
        Recipe target = falling(Recipes.of(OUTSIDE));
        Difference difference = only(source, target);
        assertEquals(List.of("equations"), names(difference));
        assertTrue(difference.conditions().contains(new Condition("the learning rate is constant", Met.NO)));
        Bound bound = difference.bounds().get(0);
        assertEquals(Bound.Kind.RATE_AND_VELOCITY, bound.kind());
        assertEquals(1 - Math.pow(0.9, 0.01), bound.largest(), 1e-9);
    }

    @Test
    void aConditionThatIsMetIsSaidToBe() {
        Difference difference = only(Recipes.of(SGD), Recipes.of(OUTSIDE));
        assertTrue(difference.conditions().contains(new Condition("the learning rate is constant", Met.YES)));
    }

    @Test
    void theOrderOfClipAndDecayMattersWhenAGradientIsClipped() {
        Difference difference = only(Recipes.of(CLIP, l2("0.01"), SGD), Recipes.of(l2("0.01"), CLIP, SGD));
        assertEquals(List.of("order"), names(difference));
        assertEquals(
                List.of(
                        new Condition("no gradient is clipped", Met.DEPENDS),
                        new Condition("there is no decay", Met.NO)),
                difference.conditions());
        assertEquals(Bound.Kind.CLIP_AND_DECAY, difference.bounds().get(0).kind());
    }

    @Test
    void twoConditionsTogether() {
        Recipe source = falling(Recipes.of(CLIP, l2("0.01"), SGD));
        Recipe target = falling(Recipes.of(l2("0.01"), CLIP, OUTSIDE));
        Difference difference = only(source, target);
        assertEquals(List.of("order", "equations"), names(difference));
        assertEquals(
                List.of(new Condition("the learning rate is constant and no gradient is clipped", Met.NO)),
                difference.conditions());
    }

    @Test
    void epsilonIsIsolatedAndBounded() {
        Stage adam = shipped("keras/Adam", "beta1", "0.9", "beta2", "0.999", "epsilon", "1e-8");
        Stage other = shipped("keras/Adam", "beta1", "0.9", "beta2", "0.999", "epsilon", "1e-7");
        Difference difference = only(Recipes.of(l2("0.1"), adam), Recipes.of(l2("0.1"), other));
        assertEquals(List.of("epsilon"), names(difference));
        assertEquals(List.of(new Condition("epsilon is 0", Met.NO)), difference.conditions());
        assertEquals(0.9, difference.bounds().get(0).largest(), 1e-12);
        assertEquals(0, difference.agreeing());
    }

    @Test
    void anotherMultiplierIsATrait() {
        Difference difference = only(
                Recipes.of(kernel("1", SGD), Recipes.parameter(Role.BIAS, "1", false, SGD)),
                Recipes.of(kernel("1", SGD), Recipes.parameter(Role.BIAS, "2", false, SGD)));
        assertEquals(List.of(new Trait("rate multiplier", "1", "2")), difference.traits());
        assertEquals(List.of(), difference.conditions());
    }

    @Test
    void nothingIsSaidOfWhatIsTheSame() {
        Recipe source = Recipes.of(l2("0.01"), PLAIN);
        assertEquals(
                List.of(),
                Differences.of(source, Recipes.of(decay("0.01"), PLAIN), Partners.byName(), new ProofMemory()));
    }
}
