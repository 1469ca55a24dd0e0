package samestep.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import samestep.compare.induction.Induction;
import samestep.compare.induction.Question;
import samestep.compare.induction.RateKind;
import samestep.compare.proof.GradientStream;
import samestep.compare.proof.Pair;
import samestep.compare.proof.Proof;
import samestep.recipe.Parameter;
import samestep.recipe.Stage;

/** What is proven of all updates, and that nothing is that a stream of gradients refutes. */
class InductionTest {
    private static final RateKind MOVING = new RateKind.Moving();
    private static final RateKind CONSTANT = new RateKind.Constant();
    private static final long SEED = 20261128;
    private static final int BROKEN = 150;

    private static boolean proves(RateKind rate, Stage[] left, Stage[] right) {
        return proves(rate, new Pair(Recipes.kernel("1", left), Recipes.kernel("1", right)));
    }

    private static boolean proves(RateKind rate, Pair... pairs) {
        List<Parameter> source = Stream.of(pairs).map(Pair::source).toList();
        List<Parameter> target = Stream.of(pairs).map(Pair::target).toList();
        return Induction.proves(new Question(source, target, 1, rate, Proof.BATCH, Proof.OUTPUTS));
    }

    private static Stage[] of(Stage... stages) {
        return stages;
    }

    private static Stage written(String body, Object... values) {
        return Recipes.written(body, values);
    }

    private static DynamicTest claim(String name, boolean expected, RateKind rate, Stage[] left, Stage[] right) {
        return DynamicTest.dynamicTest(name, () -> assertEquals(expected, proves(rate, left, right)));
    }

    @TestFactory
    Stream<DynamicTest> velocities() {
        Stage caffe = Recipes.shipped("caffe/SGD", "momentum", "0.9");
        Stage keras = Recipes.shipped("keras/SGD", "momentum", "0.9");
        Stage torch = Recipes.shipped("pytorch/SGD", "momentum", "0.9", "dampening", "0");
        RateKind fixed = new RateKind.Fixed(new BigDecimal("0.1"));
        return Stream.of(
                claim(
                        "a negative velocity",
                        true,
                        MOVING,
                        of(Recipes.l2("0.0005"), caffe),
                        of(Recipes.l2("0.0005"), keras)),
                claim(
                        "twice the decay",
                        false,
                        MOVING,
                        of(Recipes.l2("0.0005"), caffe),
                        of(Recipes.l2("0.001"), keras)),
                claim("the rate in the velocity, constant", true, CONSTANT, of(caffe), of(torch)),
                claim("the rate in the velocity, moving", false, MOVING, of(caffe), of(torch)),
                claim("the rate in the velocity, one", true, fixed, of(caffe), of(torch)),
                claim(
                        "another momentum",
                        false,
                        CONSTANT,
                        of(caffe),
                        of(Recipes.shipped("keras/SGD", "momentum", "0.8"))));
    }

    @TestFactory
    Stream<DynamicTest> epsilonsAndPowers() {
        Stage caffe = Recipes.shipped("caffe/Adam", "beta1", "0.9", "beta2", "0.999", "epsilon", "1e-8");
        Stage keras = Recipes.shipped("keras/Adam", "beta1", "0.9", "beta2", "0.999", "epsilon", "1e-8");
        Stage torch = Recipes.shipped("pytorch/Adam", "beta1", "0.9", "beta2", "0.999", "epsilon", "1e-8");
        Stage variables = Recipes.shipped("tensorflow/Adam", "beta1", "0.9", "beta2", "0.999", "epsilon", "1e-8");
        return Stream.of(
                claim("both before the correction", true, MOVING, of(caffe), of(keras)),
                claim("one after the correction", false, CONSTANT, of(caffe), of(torch)),
                claim("powers kept in variables", true, MOVING, of(keras), of(variables)),
                claim("the other way", true, MOVING, of(variables), of(keras)),
                claim(
                        "an epsilon that is the root",
                        true,
                        MOVING,
                        of(written(
                                "hyper a\nstate v = 0\nv = a * v + g * g\nw = w - eta * g / sqrt(v + 1e-4)",
                                "a",
                                "0.9")),
                        of(written(
                                "hyper a\nstate v = 0\nv = a * v + g * g\nw = w - eta * g / sqrt(v + pow(1e-2, 2))",
                                "a",
                                "0.9"))));
    }

    @TestFactory
    Stream<DynamicTest> branches() {
        return Stream.of(
                claim(
                        "absolute value and root",
                        true,
                        MOVING,
                        of(written("w = w - eta * abs(g)")),
                        of(written("w = w - eta * sqrt(g * g)"))),
                claim(
                        "absolute value and the number",
                        false,
                        MOVING,
                        of(written("w = w - eta * abs(g)")),
                        of(written("w = w - eta * g"))),
                claim(
                        "a number that decides, and is zero for once",
                        false,
                        MOVING,
                        of(written("w = w - eta * where(g, 1, 2)")),
                        of(written("w = w - eta"))),
                claim(
                        "another threshold",
                        false,
                        MOVING,
                        of(written("w = w - eta * clip(g, -2, 2)")),
                        of(written("w = w - eta * clip(g, -2, 3)"))),
                claim(
                        "signs of other arguments",
                        false,
                        MOVING,
                        of(written("w = w - eta * sign(g + 0.001 * w)")),
                        of(written("w = w - eta * sign(g + 0.1 * w)"))),
                claim(
                        "a jump, of whatever argument",
                        false,
                        MOVING,
                        of(written("w = w - eta * sign(g + 0.5 * w)")),
                        of(written("w = w - eta * sign(2 * g + w)"))),
                claim(
                        "no sign of zero",
                        false,
                        MOVING,
                        of(written("w = w - eta * sign(g)")),
                        of(written("w = w - eta * where(g > 0, 1, -1)"))),
                claim(
                        "a quotient without a value at zero",
                        false,
                        MOVING,
                        of(written("w = w - eta * g")),
                        of(written("w = w - eta * g * g / g"))),
                claim(
                        "a largest value",
                        true,
                        MOVING,
                        of(written("state m = 0\nm = max(m, g * g)\nw = w - eta * g / (m + 1)")),
                        of(written("state m = 0\nm = (m + g * g + abs(m - g * g)) / 2\nw = w - eta * g / (m + 1)"))));
    }

    /** Fifty thousand updates do not show it, and no stream is as long. */
    /** The question has a tensor of one size, the proof is of every size: so Adafactor factors some matrices and not others. */
    @TestFactory
    Stream<DynamicTest> howManyEntriesATensorHas() {
        String factored = "w = w - eta * where(min(sum(1 + 0 * w, rows), sum(1 + 0 * w, columns)) > %s, g / 2, g)";
        return Stream.of(
                claim(
                        "another size decides",
                        false,
                        MOVING,
                        of(written(factored.formatted("16"))),
                        of(written(factored.formatted("128")))),
                claim(
                        "the size is not asked",
                        false,
                        MOVING,
                        of(written(factored.formatted("16"))),
                        of(written("w = w - eta * g"))));
    }

    @Test
    void whatDiffersLateIsNotProven() {
        Stage early = written("w = w - eta * g");
        Stage late = written("w = w - eta * where(k > 50000, 2 * g, g)");

        assertFalse(proves(MOVING, of(early), of(late)));
    }

    @Test
    void aNormOfAllGradientsTakesAllTensors() {
        Stage clip = Recipes.clip(Stage.Clip.Kind.GUARDED_GLOBAL_NORM, "0.5");
        Stage perTensor = Recipes.clip(Stage.Clip.Kind.GUARDED_TENSOR_NORM, "0.5");
        Stage sgd = Recipes.shipped("caffe/SGD", "momentum", "0.9");
        Stage keras = Recipes.shipped("keras/SGD", "momentum", "0.9");
        Pair same = new Pair(Recipes.kernel("1", clip, sgd), Recipes.kernel("1", clip, keras));
        Pair other = new Pair(Recipes.kernel("1", clip, sgd), Recipes.kernel("1", perTensor, keras));

        assertTrue(proves(MOVING, same, same));
        assertFalse(proves(MOVING, other, other));
    }

    /** Whatever is broken in an optimizer, the induction and the streams are of one mind. */
    @Test
    void noStreamRefutesWhatIsProven() throws Exception {
        Random random = new Random(SEED);
        List<OptimizerVariant> variants = OptimizerVariant.all();
        List<String> wrong = new ArrayList<>();
        int proven = 0;
        for (int i = 0; i < BROKEN; i++) {
            OptimizerVariant one = variants.get(random.nextInt(variants.size()));
            List<OptimizerVariant> family = variants.stream()
                    .filter(v -> v.equations().family().equals(one.equations().family()))
                    .toList();
            OptimizerVariant other = family.get(random.nextInt(family.size()));
            List<Map<String, String>> values = other.valuesLike(one.ordinaryValues());
            Pair pair = new Pair(
                    Recipes.kernel("1", one.stage(one.ordinaryValues())),
                    Recipes.kernel("1", other.stage(values.get(random.nextInt(values.size())))));
            boolean moving = random.nextBoolean();
            if (proves(moving ? MOVING : CONSTANT, pair)) {
                proven++;
                List<GradientStream> streams = GradientStream.ALL.stream()
                        .map(s -> moving ? s : s.withConstantRate())
                        .toList();
                if (!new Proof(List.of(pair), 1, 1).differences(streams).get(0).isEmpty()) {
                    wrong.add(one.name() + " is not " + other.name());
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(proven > BROKEN / 10, "only " + proven + " were proven");
    }
}
