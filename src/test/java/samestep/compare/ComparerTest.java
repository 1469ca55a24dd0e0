package samestep.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static samestep.compare.Recipes.clip;
import static samestep.compare.Recipes.decay;
import static samestep.compare.Recipes.falling;
import static samestep.compare.Recipes.kernel;
import static samestep.compare.Recipes.l2;
import static samestep.compare.Recipes.parameter;
import static samestep.compare.Recipes.shipped;
import static samestep.compare.Recipes.written;
import static samestep.trainer.EquationRun.number;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.compare.Comparison.Cause;
import samestep.compare.proof.Verdict;
import samestep.compare.proof.Verdict.Kind;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/** The comparison finds the differences that are known, and confirms what is known to be the same. */
class ComparerTest {
    private static final Stage CAFFE_SGD = shipped("caffe/SGD", "momentum", "0.9");
    private static final Stage KERAS_SGD = shipped("keras/SGD", "momentum", "0.9");
    private static final Stage PLAIN = shipped("caffe/SGD", "momentum", "0");
    private static final Stage TORCH_SGD =
            written("hyper momentum\nstate b = 0\nb = momentum * b + g\nw = w - eta * b", "momentum", "0.9");
    private static final Stage CAFFE_ADAM = adam("caffe/Adam", "1e-8");
    private static final Stage KERAS_ADAM = adam("keras/Adam", "1e-8");

    /** Written so that only the last line is missing. */
    private static final String MOMENTS = """
        hyper beta1
        hyper beta2
        hyper epsilon
        state m = 0
        state v = 0
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        """;

    private static Stage adam(String name, String epsilon, Object... flags) {
        Object[] all = Stream.concat(Stream.of("beta1", "0.9", "beta2", "0.999", "epsilon", epsilon), Stream.of(flags))
                .toArray();
        return shipped(name, all);
    }

    private static Stage moments(String update) {
        return written(MOMENTS + "w = w - eta * " + update, "beta1", "0.9", "beta2", "0.999", "epsilon", "1e-8");
    }

    static Stream<Arguments> equivalences() {
        Stage sum = new Stage.Accumulation(4, false);
        Stage mean = new Stage.Accumulation(4, true);
        Stage quarter = new Stage.Scale(number("0.25"));
        String hat = "sqrt(1 - pow(beta2, k)) / (1 - pow(beta1, k)) * m / (sqrt(v) + epsilon)";
        String grown = "m / (1 - pow(beta1, k)) / (sqrt(v / (1 - pow(beta2, k))) + epsilon / sqrt(1 - pow(beta2, k)))";
        return Stream.of(
                same("SGD with momentum", new Stage[] {CAFFE_SGD}, new Stage[] {KERAS_SGD}),
                same("SGD with momentum and L2", new Stage[] {l2("0.0005"), CAFFE_SGD}, new Stage[] {
                    l2("0.0005"), KERAS_SGD
                }),
                same("Nesterov", new Stage[] {shipped("caffe/Nesterov", "momentum", "0.9")}, new Stage[] {
                    shipped("keras/SGD", "momentum", "0.9", "nesterov", "1")
                }),
                same("Adam", new Stage[] {CAFFE_ADAM}, new Stage[] {KERAS_ADAM}),
                same("Adam, written otherwise", new Stage[] {KERAS_ADAM}, new Stage[] {moments(hat)}),
                same("an epsilon-hat that grows", new Stage[] {KERAS_ADAM}, new Stage[] {moments(grown)}),
                same(
                        "AdaDelta",
                        new Stage[] {shipped("caffe/AdaDelta", "rho", "0.95", "epsilon", "1e-6")},
                        new Stage[] {shipped("keras/Adadelta", "rho", "0.95", "epsilon", "1e-6")}),
                same("L2 and decay of plain SGD", new Stage[] {l2("0.01"), PLAIN}, new Stage[] {decay("0.01"), PLAIN}),
                same("sum over n and mean", new Stage[] {sum, quarter, CAFFE_SGD}, new Stage[] {mean, CAFFE_SGD}),
                same("the mean before a penalty", new Stage[] {l2("0.01"), mean, CAFFE_SGD}, new Stage[] {
                    mean, l2("0.01"), CAFFE_SGD
                }),
                same("momentum of zero", new Stage[] {PLAIN}, new Stage[] {written("w = w - eta * g")}),
                same(
                        "a weighted loss",
                        new Stage[] {new Stage.LossScale(Stage.LossScale.Form.WEIGHTED, number("3")), PLAIN},
                        new Stage[] {new Stage.Scale(number("3")), PLAIN}),
                same(
                        "clipping by a norm",
                        new Stage[] {clip(Stage.Clip.Kind.GLOBAL_NORM, "1"), CAFFE_SGD},
                        new Stage[] {clip(Stage.Clip.Kind.GLOBAL_NORM, "1"), KERAS_SGD}));
    }

    private static Arguments same(String name, Stage[] source, Stage[] target) {
        return Arguments.of(name, source, target);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("equivalences")
    void whatIsTheSameIsProven(String name, Stage[] source, Stage[] target) {
        for (Comparison comparison : new Comparison[] {
            Comparer.compare(falling(Recipes.of(source)), falling(Recipes.of(target))),
            Comparer.compare(falling(Recipes.of(target)), falling(Recipes.of(source)))
        }) {
            assertEquals(Verdict.EXACT, comparison.verdict(), name);
            assertEquals(Optional.empty(), comparison.groups().get(0).cause());
            assertTrue(comparison.drift().isEmpty());
        }
    }

    static Stream<Arguments> differences() {
        String root = "sqrt(1 - pow(beta2, k)) / (1 - pow(beta1, k)) * m / sqrt(v + epsilon)";
        String corrected = "m / (1 - pow(beta1, k)) / (sqrt(v / (1 - pow(beta2, k))) + epsilon)";
        Stage nesterov = shipped("caffe/Nesterov", "momentum", "0.9");
        Stage clip = clip(Stage.Clip.Kind.VALUE, "1");
        return Stream.of(
                differ("coupled and decoupled decay with momentum", l2("0.01"), CAFFE_SGD, decay("0.01"), CAFFE_SGD),
                differ("coupled and decoupled decay of Adam", l2("0.01"), KERAS_ADAM, decay("0.01"), KERAS_ADAM),
                differ("epsilon inside and outside", clip, moments(root), clip, CAFFE_ADAM),
                differ("a corrected epsilon and epsilon-hat", clip, moments(corrected), clip, CAFFE_ADAM),
                differ(
                        "an L2 coefficient off by 1e-60",
                        l2("0.01"),
                        CAFFE_SGD,
                        l2("0.0100" + "0".repeat(56) + "1"),
                        CAFFE_SGD),
                differ(
                        "AMSGrad and Adam",
                        l2("0.01"),
                        KERAS_ADAM,
                        l2("0.01"),
                        adam("keras/Adam", "1e-8", "amsgrad", "1")),
                differ("Nesterov and momentum", clip, CAFFE_SGD, clip, nesterov),
                differ("L1 and L2", l2("0.01"), PLAIN, new Stage.Penalty(Stage.Penalty.Norm.L1, number("0.01")), PLAIN),
                differ(
                        "a rate that a tensor's norm scales",
                        clip,
                        written("w = w - eta * g / (1 + norm(w, tensor))"),
                        clip,
                        PLAIN));
    }

    private static Arguments differ(String name, Stage first, Stage second, Stage third, Stage fourth) {
        return Arguments.of(name, new Stage[] {first, second}, new Stage[] {third, fourth});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differences")
    void whatDiffersIsFound(String name, Stage[] source, Stage[] target) {
        Comparison comparison = Comparer.compare(Recipes.of(source), Recipes.of(target));
        assertEquals(Kind.INEXACT, comparison.verdict().kind(), name);
        assertEquals(Optional.of(Cause.UPDATE), comparison.groups().get(0).cause());
        assertTrue(comparison.drift().isPresent());
        // What is below the last digit of a double drifts by nothing.
        assertTrue(comparison.drift().orElseThrow() > 0 || name.contains("1e-60"), name);
    }

    static Stream<Arguments> boundedDifferences() {
        return Stream.of(
                Arguments.of(
                        CAFFE_ADAM,
                        adam("keras/Adam", "2e-8"),
                        "differs by at most 1 % where a weight's gradients were all above 0.000031 (0.001 % above"
                                + " 0.032), and by at most 50 % below"),
                Arguments.of(
                        adam("keras/Adam", "2e-8"),
                        CAFFE_ADAM,
                        "differs by at most 1 % where a weight's gradients were all above 0.000031 (0.001 % above"
                                + " 0.032), and by at most 100 % below"),
                Arguments.of(
                        shipped("caffe/AdaGrad", "epsilon", "1e-3"),
                        shipped("keras/Adagrad", "epsilon", "1e-6", "initial_accumulator", "0"),
                        "differs by at most 1 % where the root of the second moment is above 0.099 (0.001 % above"
                                + " 100), and by at most 41.4 % below"));
    }

    @ParameterizedTest
    @MethodSource("boundedDifferences")
    void anotherEpsilonIsBounded(Stage source, Stage target, String most) {
        Stage clip = clip(Stage.Clip.Kind.VALUE, "1");
        Comparison comparison =
                Comparer.compare(Recipes.of(l2("0.1"), clip, source), Recipes.of(l2("0.1"), clip, target));
        assertEquals(new Verdict(Kind.BOUNDED, "one update " + most), comparison.verdict());
        assertTrue(comparison.drift().orElseThrow() > 0);
    }

    @Test
    void aRateOutsideOfTheVelocityIsTheSameWhileItIsConstant() {
        Recipe inside = Recipes.of(l2("0.01"), CAFFE_SGD);
        Recipe outside = Recipes.of(l2("0.01"), TORCH_SGD);
        Comparison met = Comparer.compare(inside, outside);
        assertEquals(new Verdict(Kind.EXACT_WHILE_MET, "the learning rate is constant"), met.verdict());
        assertTrue(met.isProven());
        Comparison comparison = Comparer.compare(falling(inside), falling(outside));
        assertEquals(new Verdict(Kind.EXACT_WHILE, "the learning rate is constant"), comparison.verdict());
        assertTrue(comparison.drift().orElseThrow() > 0);
    }

    @ParameterizedTest
    @CsvSource({"VALUE", "TENSOR_NORM", "GLOBAL_NORM"})
    void clippingBeforeOrBehindTheDecayIsTheSameWhileNothingIsClipped(Stage.Clip.Kind kind) {
        Stage clip = clip(kind, "1");
        Comparison comparison =
                Comparer.compare(Recipes.of(clip, l2("0.01"), CAFFE_SGD), Recipes.of(l2("0.01"), clip, CAFFE_SGD));
        assertEquals(new Verdict(Kind.EXACT_WHILE, "no gradient is clipped"), comparison.verdict());
        assertEquals(Optional.of(Cause.CLIPPING), comparison.groups().get(0).cause());
    }

    /** A decay after the clip is the decay beside the gradient, for SGD without momentum: what Keras can say. */
    @Test
    void clippingBeforeTheDecayIsTheDecoupledDecayOfPlainSgd() {
        Stage clip = clip(Stage.Clip.Kind.GLOBAL_NORM, "1");
        Recipe behind = Recipes.of(clip, l2("0.01"), PLAIN);
        assertEquals(
                Verdict.EXACT,
                Comparer.compare(behind, Recipes.of(decay("0.01"), clip, PLAIN)).verdict());
    }

    @Test
    void anotherMultiplierIsAnotherRate() {
        Recipe source = Recipes.of(kernel("1", CAFFE_SGD), parameter(Role.BIAS, "2", false, CAFFE_SGD));
        Recipe target = Recipes.of(kernel("1", KERAS_SGD), parameter(Role.BIAS, "1", false, KERAS_SGD));
        Comparison comparison = Comparer.compare(source, target);
        assertEquals(Verdict.EXACT, comparison.groups().get(0).verdict());
        assertEquals(Kind.NOT_EXPRESSIBLE, comparison.groups().get(1).verdict().kind());
        assertEquals(Optional.of(Cause.RATE), comparison.groups().get(1).cause());
        assertEquals(Kind.NOT_EXPRESSIBLE, comparison.verdict().kind());
    }

    @Test
    void whatIsFrozenOnOneSideIsAnotherRate() {
        Recipe source = Recipes.of(parameter(Role.KERNEL, "1", true, CAFFE_SGD));
        Comparison comparison = Comparer.compare(source, Recipes.of(CAFFE_SGD));
        assertEquals(Optional.of(Cause.RATE), comparison.groups().get(0).cause());
    }

    @Test
    void aParameterWithoutAPartnerIsSaid() {
        Recipe source = Recipes.of(kernel("1", PLAIN), parameter(Role.GAMMA, "1", false, PLAIN));
        Comparison comparison = Comparer.compare(source, Recipes.of(PLAIN));
        assertEquals(1, comparison.alone().size());
        assertEquals(Kind.NOT_EXPRESSIBLE, comparison.verdict().kind());
    }

    /** A clip that no stream reaches could hide any difference. */
    @Test
    void aBranchThatWasNotReachedIsNotRefutedOnly() {
        Stage clip = clip(Stage.Clip.Kind.GLOBAL_NORM, "1e30");
        assertEquals(
                Verdict.EXACT,
                Comparer.compare(Recipes.of(clip, CAFFE_SGD), Recipes.of(clip, CAFFE_SGD))
                        .verdict(),
                "the same equations with the same numbers need no stream");
        assertEquals(
                Verdict.EXACT,
                Comparer.compare(Recipes.of(clip, CAFFE_SGD), Recipes.of(clip, KERAS_SGD))
                        .verdict(),
                "induction takes both sides of the clip, on both sides of the comparison");
        Verdict verdict = Comparer.compare(Recipes.of(clip, CAFFE_SGD), Recipes.of(KERAS_SGD))
                .verdict();
        assertEquals(Kind.NOT_REFUTED, verdict.kind());
        assertTrue(verdict.condition().contains("norm(g, all)"), verdict.condition());
    }

    /** A condition does not lift the cap: a rate that is constant makes no clip fire. */
    @Test
    void aBranchThatWasNotReachedCapsConditionsToo() {
        Stage clip = clip(Stage.Clip.Kind.VALUE, "1e30");
        Comparison comparison = Comparer.compare(Recipes.of(clip, CAFFE_SGD), Recipes.of(TORCH_SGD));
        assertEquals(Kind.NOT_REFUTED, comparison.verdict().kind());
        assertTrue(comparison.verdict().condition().startsWith("the learning rate is constant; "));
        Stage sign = written("g = clip(g, -1e30, 1e30)\nw = w - eta * where(g < 0, -1, 1)");
        Comparison directed = Comparer.compare(Recipes.of(written("w = w - eta * sign(g)")), Recipes.of(sign));
        assertEquals(Kind.NOT_REFUTED, directed.verdict().kind());
    }

    @Test
    void aDifferenceOfDirectedStreamsOnlyIsAnException() {
        Stage sign = written("w = w - eta * where(g < 0, -1, 1)");
        Comparison comparison = Comparer.compare(Recipes.of(written("w = w - eta * sign(g)")), Recipes.of(sign));
        assertEquals(Kind.EXACT_WHILE, comparison.verdict().kind());
        assertTrue(
                comparison.verdict().condition().contains("zero"),
                comparison.verdict().condition());
    }

    @Test
    void anotherNumberOfMicroStepsIsAnotherUpdate() {
        Recipe source = Recipes.of(new Stage.Accumulation(2, true), CAFFE_SGD);
        Recipe target = Recipes.of(new Stage.Accumulation(3, true), CAFFE_SGD);
        assertEquals(Kind.INEXACT, Comparer.compare(source, target).verdict().kind());
    }

    /** Where neither side has a value at any step, nothing was compared. */
    @Test
    void whatIsNeverDefinedIsNotProven() {
        Stage one = written("w = w - eta * log(-1 - abs(g))");
        Stage two = written("w = w + eta * log(-2 - abs(g)) * 5");
        assertEquals(
                new Verdict(Kind.NOT_REFUTED, "no stream of free values has a value at every step"),
                Comparer.compare(Recipes.of(one), Recipes.of(two)).verdict());
    }

    @Test
    void whereADivisionByZeroIsOnOneSideOnlyIsSaid() {
        Stage guarded = written("w = w - eta * g / (abs(g) + where(g == 0, 1, 0))");
        Comparison comparison = Comparer.compare(Recipes.of(written("w = w - eta * g / abs(g)")), Recipes.of(guarded));
        assertEquals(Kind.EXACT_WHILE, comparison.verdict().kind());
    }
}
