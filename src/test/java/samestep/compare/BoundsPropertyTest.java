package samestep.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static samestep.compare.Recipes.clip;
import static samestep.compare.Recipes.kernel;
import static samestep.compare.Recipes.l2;
import static samestep.compare.Recipes.shipped;
import static samestep.compare.Recipes.written;
import static samestep.trainer.EquationRun.array;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import samestep.compare.bound.Bounds;
import samestep.compare.bound.EpsilonBound;
import samestep.compare.proof.Bound;
import samestep.compare.proof.Pair;
import samestep.compare.proof.ProofMemory;
import samestep.compare.proof.Rounded;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.trainer.EquationRun;

/** Tries to break what docs/bounds.md derives: random numbers, and those at which a bound is nearly reached. */
class BoundsPropertyTest {
    private static final double SLACK = 1 + 1e-9;

    /** Written with the line that gives the place of epsilon, as in an equation file. */
    private static Stage adamBehindTheCorrection(double epsilon) {
        return written("""
            trait epsilon: outside the root
            hyper beta1
            hyper beta2
            hyper epsilon
            state m = 0
            state v = 0
            m = beta1 * m + (1 - beta1) * g
            v = beta2 * v + (1 - beta2) * g * g
            w = w - eta * m / (1 - pow(beta1, k)) / (sqrt(v / (1 - pow(beta2, k))) + epsilon)
            """, "beta1", "0.9", "beta2", "0.999", "epsilon", plain(epsilon));
    }

    private static Stage adam(double epsilon) {
        return shipped("keras/Adam", "beta1", "0.9", "beta2", "0.999", "epsilon", plain(epsilon));
    }

    private static Stage caffeAdaGrad(double epsilon) {
        return shipped("caffe/AdaGrad", "epsilon", plain(epsilon));
    }

    private static Stage kerasAdagrad(double epsilon) {
        return shipped("keras/Adagrad", "epsilon", plain(epsilon), "initial_accumulator", "0");
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).toPlainString();
    }

    private static Pair pair(Stage source, Stage target) {
        return new Pair(kernel("1", source), kernel("1", target));
    }

    private static EpsilonBound form(Stage source, Stage target) {
        return EpsilonBound.of((Stage.Optimizer) source, (Stage.Optimizer) target)
                .orElseThrow();
    }

    /** Gradients of the size at which epsilon decides, for both sides' epsilons. */
    private static void doesNotBreak(Stage source, Stage target, Random random) {
        EpsilonBound form = form(source, target);
        double largest = form.bound("one update").orElseThrow().largest();
        for (double size : new double[] {form.source().scale(), form.target().scale(), 1e-30}) {
            SideBySide sides = new SideBySide(pair(source, target));
            for (int update = 0; update < 4; update++) {
                BigDecimal[] gradient = new BigDecimal[SideBySide.SIZE];
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] = BigDecimal.valueOf(size * Math.pow(10, random.nextDouble(-2, 2)));
                }
                for (SideBySide.Move move : sides.update(BigDecimal.ONE, gradient)) {
                    assertTrue(move.relative() <= largest * SLACK, move + " against " + largest);
                }
            }
        }
    }

    @Property(tries = 60)
    void epsilonInsideAndOutside(
            @ForAll @DoubleRange(min = -10, max = -1) @Scale(6) double one,
            @ForAll @DoubleRange(min = -12, max = -1) @Scale(6) double other,
            @ForAll Random random) {
        double outside = Math.pow(10, one);
        double inside = Math.pow(10, other);
        doesNotBreak(caffeAdaGrad(outside), kerasAdagrad(inside), random);
        doesNotBreak(kerasAdagrad(inside), caffeAdaGrad(outside), random);
        doesNotBreak(caffeAdaGrad(outside), kerasAdagrad(outside * outside), random);
    }

    @Property(tries = 40)
    void epsilonBeforeAndBehindTheCorrection(
            @ForAll @DoubleRange(min = -10, max = -1) @Scale(6) double one,
            @ForAll @DoubleRange(min = -10, max = -1) @Scale(6) double other,
            @ForAll Random random) {
        double first = Math.pow(10, one);
        double second = Math.pow(10, other);
        doesNotBreak(adam(first), adamBehindTheCorrection(second), random);
        doesNotBreak(adamBehindTheCorrection(first), adam(second), random);
        doesNotBreak(adam(first), adam(second), random);
    }

    @Property(tries = 20)
    void theLargestIsReached(@ForAll @DoubleRange(min = -8, max = -2) @Scale(6) double exponent) {
        double outside = Math.pow(10, exponent);
        Stage source = kerasAdagrad(outside * outside);
        Stage target = caffeAdaGrad(outside);
        BigDecimal[] gradient = new BigDecimal[SideBySide.SIZE];
        Arrays.fill(gradient, BigDecimal.valueOf(outside));
        double relative = new SideBySide(pair(target, source))
                .update(BigDecimal.ONE, gradient)
                .get(0)
                .relative();
        assertEquals(Math.sqrt(2) - 1, form(target, source).largest(), 1e-12);
        assertEquals(Math.sqrt(2) - 1, relative, 1e-9);
    }

    /** Epsilon-hat of Adam is 31.6 times as large at the first update; where it decides, so is the other's update. */
    @Property(tries = 1)
    void whatIsMoreThanDoubleIsSaidAsAFactor() {
        Bound more = form(adam(1e-8), adamBehindTheCorrection(1e-8))
                .bound("one update")
                .orElseThrow();
        Bound less = form(adamBehindTheCorrection(1e-8), adam(1e-8))
                .bound("one update")
                .orElseThrow();
        assertEquals(
                "one update differs by at most 1 % where a weight's gradients were all above 0.000031 (0.001 % above"
                        + " 0.031), and is at most 31.6 times as large below",
                more.words());
        assertEquals(
                "one update differs by at most 1 % where a weight's gradients were all above 0.00003 (0.001 % above"
                        + " 0.031), and by at most 96.8 % below",
                less.words());
    }

    @Property(tries = 60)
    void aboveTheRootThatIsNamedItIsNegligible(
            @ForAll @DoubleRange(min = -10, max = -1) @Scale(6) double one,
            @ForAll @DoubleRange(min = -10, max = -1) @Scale(6) double other,
            @ForAll @DoubleRange(min = 0, max = 12) @Scale(6) double above) {
        for (EpsilonBound form : new EpsilonBound[] {
            form(caffeAdaGrad(Math.pow(10, one)), kerasAdagrad(Math.pow(10, other))),
            form(adam(Math.pow(10, one)), adamBehindTheCorrection(Math.pow(10, other)))
        }) {
            double root = form.rootAbove(1e-5) * Math.pow(10, above);
            for (double factor : new double[] {
                1, 3, Math.max(form.source().correction(), form.target().correction())
            }) {
                if (factor <= Math.max(form.source().correction(), form.target().correction())) {
                    assertTrue(form.relative(root, factor) <= 1e-5 * SLACK, form + " at " + root);
                }
            }
        }
    }

    @Property(tries = 60)
    void whatTheVelocityCarriesDiffersByTheChangeOfTheRate(
            @ForAll @DoubleRange(min = 0.01, max = 0.999) @Scale(6) double momentum,
            @ForAll @DoubleRange(min = 0.001, max = 2) @Scale(6) double before,
            @ForAll @DoubleRange(min = 0, max = 2) @Scale(6) double after,
            @ForAll @DoubleRange(min = -5, max = 5) @Scale(6) double gradient,
            @ForAll boolean nesterov) {
        Object flag = nesterov ? "1" : "0";
        EquationRun inside =
                EquationRun.of(Recipes.equations("keras/SGD"), "momentum", plain(momentum), "nesterov", flag);
        String lookAhead = nesterov ? "g + momentum * b" : "b";
        EquationRun outside = EquationRun.of(
                "hyper momentum\nstate b = 0\nb = momentum * b + g\nw = w - eta * (" + lookAhead + ")",
                "momentum",
                plain(momentum));
        double velocity = 0;
        for (EquationRun run : new EquationRun[] {inside, outside}) {
            run.tensor(0).updates(before, 1, -2, gradient);
        }
        for (double g : new double[] {1, -2, gradient}) {
            velocity = momentum * velocity + before * g;
        }
        double carried = velocity * (nesterov ? momentum * momentum : momentum);
        double left = inside.weight();
        double right = outside.weight();
        inside.updates(after, 3);
        outside.updates(after, 3);
        double difference = Math.abs((inside.weight() - left) - (outside.weight() - right));
        assertEquals(Math.abs(1 - after / before) * Math.abs(carried), difference, 1e-9 * (1 + Math.abs(carried)));
    }

    /** With a rate of 1 and nothing else, the weight moves by what the optimizer gets. */
    @Property(tries = 200)
    void clippingBeforeOrBehindTheDecay(
            @ForAll @IntRange(max = 2) int kind,
            @ForAll @DoubleRange(min = 0.001, max = 3) @Scale(6) double threshold,
            @ForAll @DoubleRange(min = 0.001, max = 3) @Scale(6) double decay,
            @ForAll Random random) {
        Stage clip = clip(Stage.Clip.Kind.values()[kind], plain(threshold));
        Stage plain = written("w = w - eta * g");
        EquationRun before = new EquationRun().stages(clip, l2(plain(decay)), plain);
        EquationRun behind = new EquationRun().stages(l2(plain(decay)), clip, plain);
        double[][] gradients = new double[2][];
        double[][] weights = new double[2][];
        double size = 0;
        for (int tensor = 0; tensor < 2; tensor++) {
            gradients[tensor] = array(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
            weights[tensor] = array(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
            for (double w : weights[tensor]) {
                size += w * w;
            }
            before.tensor(weights[tensor]);
            behind.tensor(weights[tensor]);
        }
        before.update(1, gradients);
        behind.update(1, gradients);
        double difference = 0;
        for (int tensor = 0; tensor < 2; tensor++) {
            for (int i = 0; i < 3; i++) {
                double one = before.weights(tensor)[i] - behind.weights(tensor)[i];
                difference += one * one;
            }
        }
        assertTrue(Math.sqrt(difference) <= decay * Math.sqrt(size) * SLACK);
    }

    @Property(tries = 200)
    void numbersInSinglePrecision(
            @ForAll @DoubleRange(min = 0.5, max = 0.9999) @Scale(6) double rho,
            @ForAll @DoubleRange(min = 0, max = 100) @Scale(6) double moment,
            @ForAll @DoubleRange(min = -10, max = 10) @Scale(6) double gradient) {
        double largest = Rounded.of("rho", Recipes.decimalQuantity(plain(rho)).rounded()).stream()
                .mapToDouble(Rounded::relative)
                .max()
                .orElse(0);
        double kept = (float) rho;
        double ideal = rho * moment + (1 - rho) * gradient * gradient;
        double rounded = kept * moment + (1 - kept) * gradient * gradient;
        assertTrue(Math.abs(rounded - ideal) <= largest * ideal * SLACK + 1e-14 * ideal, largest + " is broken");
        assertTrue(largest <= 0x1p-24 * Math.max(1, rho / (1 - rho)) * (1 + 1e-6), largest + " is more than rounding");
    }

    @Property(tries = 1)
    void aClaimThatASearchBreaksIsNotMade() {
        // The line at the top is wrong: epsilon is inside.
        Stage wrong = written(
                "trait epsilon: outside the root\n"
                        + "hyper epsilon\n"
                        + "state h = 0\n"
                        + "h = h + g * g\n"
                        + "w = w - eta * g / sqrt(h + epsilon)",
                "epsilon",
                "1e-3");
        assertEquals(Optional.empty(), Bounds.ofEpsilon(pair(caffeAdaGrad(1e-3), wrong), new ProofMemory()));
    }

    private static Stage decay() {
        return new Stage.DecoupledDecay(Quantity.byDefault("0.5", "a test"));
    }

    /**
     * Where decay and step cancel, no bound of the whole update holds: real Keras moves by 3.1e-9 where real PyTorch moves
     * by 2.08e-2. The bound speaks of the adaptive part, and that is not broken by the same gradients.
     */
    @Property(tries = 30)
    void aBoundBesideADecayIsOfTheAdaptivePart(@ForAll @DoubleRange(min = 3, max = 9) @Scale(6) double closeness) {
        double epsilon = 1.0 / 1024;
        Stage hat = shipped("keras/Adam", "beta1", "0.5", "beta2", "0.75", "epsilon", plain(epsilon));
        Stage outside = shipped("pytorch/Adam", "beta1", "0.5", "beta2", "0.75", "epsilon", plain(epsilon));
        Pair whole = new Pair(kernel("1", decay(), hat), kernel("1", decay(), outside));
        Bound bound = Bounds.ofEpsilon(whole, new ProofMemory()).orElseThrow();
        assertTrue(bound.words().startsWith("the adaptive part of one update differs"), bound.words());
        BigDecimal[] gradient = new BigDecimal[SideBySide.SIZE];
        Arrays.fill(gradient, BigDecimal.valueOf(-2 * epsilon * (1 + Math.pow(10, -closeness))));
        BigDecimal rate = new BigDecimal("0.125");
        SideBySide.Move move = new SideBySide(whole).update(rate, gradient).get(0);
        assertTrue(move.relative() > Math.pow(10, closeness - 1), "the whole update: " + move);
        Pair adaptive = new Pair(kernel("1", hat), kernel("1", outside));
        SideBySide.Move part = new SideBySide(adaptive).update(rate, gradient).get(0);
        assertTrue(part.relative() <= bound.largest() * SLACK, "its adaptive part: " + part);
    }
}
