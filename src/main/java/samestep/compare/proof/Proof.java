package samestep.compare.proof;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import samestep.equation.Branch;
import samestep.equation.Shape;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;
import samestep.recipe.Parameter;
import samestep.recipe.Stage;
import samestep.trainer.Stepper;

/**
 * Tests whether two sides take the same steps, in arithmetic of a hundred digits: the equations are run on gradient
 * streams that are made to find a difference. Two different rational or algebraic updates agree on random values of a
 * hundred digits to eighty of them with a chance that is nothing.
 *
 * <p>All classes of parameters are run together, because a global norm joins them.
 */
public final class Proof {
    private static final BigDecimal TOLERANCE = new BigDecimal("1e-80");
    private static final Shape SHAPE = new Shape(2, 2);
    private static final long SEED = 20261123;

    /** Numbers that no weight of a loss is written as: a sum must not be taken for a weight, nor a mean. */
    public static final int BATCH = 7919;

    /** Outputs of a sample, such a number too. */
    public static final int OUTPUTS = 6007;

    private final List<Pair> classes;
    private final int sourceMicroSteps;
    private final int targetMicroSteps;
    private final Coverage sourceCoverage = new Coverage();
    private final Coverage targetCoverage = new Coverage();
    private final int[] agreeing;
    private boolean defined;
    private Optional<String> otherDecider = Optional.empty();

    /** Prepares to run one pair for each class. */
    public Proof(List<Pair> classes, int sourceMicroSteps, int targetMicroSteps) {
        this.classes = classes;
        this.sourceMicroSteps = sourceMicroSteps;
        this.targetMicroSteps = targetMicroSteps;
        this.agreeing = new int[classes.size()];
        Arrays.fill(agreeing, Integer.MAX_VALUE);
    }

    /** For each class, the names of the streams on which the two sides differ. */
    public List<List<GradientStream>> differences(List<GradientStream> streams) {
        List<List<GradientStream>> differences = new ArrayList<>();
        classes.forEach(c -> differences.add(new ArrayList<>()));
        // Side by side, for at a start nothing else takes as long; each run has its own state and its own random
        // numbers.
        List<Run> runs = streams.parallelStream().map(this::run).toList();
        for (int s = 0; s < runs.size(); s++) {
            Run run = runs.get(s);
            for (int i = 0; i < run.same.length; i++) {
                if (!run.same[i]) {
                    differences.get(i).add(streams.get(s));
                    agreeing[i] = Math.min(agreeing[i], run.agreeing[i]);
                }
            }
            defined |= run.ended && !streams.get(s).directed();
            sourceCoverage.add(run.source);
            targetCoverage.add(run.target);
        }
        atJumps(differences, streams.stream().allMatch(GradientStream::constantRate));
        for (int i = 0; i < classes.size() && otherDecider.isEmpty(); i++) {
            boolean proven = differences.get(i).stream().allMatch(GradientStream::directed);
            otherDecider = proven ? otherDecider(classes.get(i), streams) : Optional.empty();
        }
        return differences;
    }

    /**
     * A branch that jumps, and that the two sides do not decide by the same number. No run says then that they always jump
     * together: the gradients between the two places may never have come. Clips do not jump.
     */
    private Optional<String> otherDecider(Pair whole, List<GradientStream> streams) {
        Pair pair = whole.without(Stage.Clip.class);
        if (sourceMicroSteps != targetMicroSteps || pair.isIdentical()) {
            return Optional.empty();
        }
        Deciders here = new Deciders();
        Deciders there = new Deciders();
        List<GradientStream> free = streams.stream().filter(s -> !s.directed()).toList();
        for (int s = 0; s < free.size(); s++) {
            if (!decide(pair, s, free.get(s), here, there)) {
                return Optional.empty();
            }
        }
        return here.withoutPartner(there)
                .or(() -> there.withoutPartner(here))
                .map(place -> "the two sides do not decide " + place + " by the same number");
    }

    /** Runs a stream with an eye on what decides; false where nothing jumps. */
    private boolean decide(Pair pair, int number, GradientStream stream, Deciders here, Deciders there) {
        Deciders left = new Deciders();
        Deciders right = new Deciders();
        Random random = new Random(SEED + number);
        List<BigDecimal[]> initial = List.<BigDecimal[]>of(stream.initial(random, SHAPE.size()));
        Stepper<BigDecimal[]> source = stepper(List.of(pair.source()), initial, left);
        Stepper<BigDecimal[]> target = stepper(List.of(pair.target()), initial, right);
        if (left.isEmpty() && right.isEmpty()) {
            return false;
        }
        BigDecimal[] rates = stream.rates(random);
        for (int t = 0; t < rates.length; t++) {
            left.at(number, t);
            right.at(number, t);
            List<List<BigDecimal[]>> gradients = gradients(stream, random, t, 1);
            Stepper.Rates<BigDecimal[]> rate = rates(rates, t);
            if (!step(source, t, rate, gradients) || !step(target, t, rate, gradients)) {
                break;
            }
        }
        here.add(left);
        there.add(right);
        return true;
    }

    /** What no random gradient shows: whether both sides jump at the same gradients. */
    private void atJumps(List<List<GradientStream>> differences, boolean constantRate) {
        if (sourceMicroSteps != targetMicroSteps || classes.stream().allMatch(Pair::isIdentical)) {
            return;
        }
        Jumps.agree(classes, sourceMicroSteps, SHAPE, constantRate).ifPresent(same -> {
            for (int i = 0; i < same.length; i++) {
                if (!same[i] && differences.get(i).stream().allMatch(GradientStream::directed)) {
                    differences.get(i).add(GradientStream.NEAR_A_JUMP);
                    agreeing[i] = 0;
                }
            }
        });
    }

    /** For each class, how many updates at the start agree on every stream; as many as there are, if all do. */
    public List<Integer> agreeing() {
        return Arrays.stream(agreeing).boxed().toList();
    }

    /** What a stream showed: whether each class agreed, whether it came to its end, which branches were reached. */
    private static final class Run {
        private final boolean[] same;
        private final int[] agreeing;
        private final Coverage source = new Coverage();
        private final Coverage target = new Coverage();
        private boolean ended = true;

        private Run(int classes) {
            same = new boolean[classes];
            agreeing = new int[classes];
        }
    }

    /** Why the streams that were run prove less than everything, if so. */
    public Optional<String> reservation() {
        if (!defined) {
            return Optional.of("no stream of free values has a value at every step");
        }
        List<String> gaps = new ArrayList<>(sourceCoverage.gaps());
        gaps.addAll(targetCoverage.gaps());
        return gaps.isEmpty()
                ? otherDecider
                : Optional.of("no stream reached every side of "
                        + String.join(" and ", gaps.stream().distinct().toList()));
    }

    private Run run(GradientStream stream) {
        Run run = new Run(classes.size());
        Random random = new Random(SEED);
        List<BigDecimal[]> initial = new ArrayList<>();
        classes.forEach(c -> initial.add(stream.initial(random, SHAPE.size())));
        Stepper<BigDecimal[]> left = stepper(classes.stream().map(Pair::source).toList(), initial, run.source);
        Stepper<BigDecimal[]> right = stepper(classes.stream().map(Pair::target).toList(), initial, run.target);
        boolean[] same = run.same;
        Arrays.fill(same, sourceMicroSteps == targetMicroSteps);
        BigDecimal[] rates = stream.rates(random);
        for (int t = 0; t < rates.length; t++) {
            List<List<BigDecimal[]>> gradients = gradients(stream, random, t, classes.size());
            Stepper.Rates<BigDecimal[]> rate = rates(rates, t);
            boolean leftDefined = step(left, t, rate, gradients);
            boolean rightDefined = step(right, t, rate, gradients);
            if (!leftDefined || !rightDefined) {
                // Nothing can be compared after a division by zero; both sides must divide by zero at the same update.
                for (int i = 0; i < same.length; i++) {
                    same[i] &= leftDefined == rightDefined;
                }
                run.ended = false;
                break;
            }
            for (int i = 0; i < same.length; i++) {
                same[i] &= agree(left.weights(i), right.weights(i), initial.get(i));
                run.agreeing[i] += same[i] ? 1 : 0;
            }
        }
        return run;
    }

    private static Stepper<BigDecimal[]> stepper(
            List<Parameter> parameters, List<BigDecimal[]> initial, Branch.Observer observer) {
        List<Stepper.Binding<BigDecimal[]>> bindings = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            bindings.add(new Stepper.Binding<>(parameters.get(i), SHAPE, initial.get(i)));
        }
        return new Stepper<>(bindings, new DecimalAlgebra(Exact.DIGITS), observer, BATCH, OUTPUTS);
    }

    private List<List<BigDecimal[]>> gradients(GradientStream stream, Random random, int t, int tensors) {
        int exponent = stream.exponent(random, t);
        List<List<BigDecimal[]>> all = new ArrayList<>();
        for (int micro = 0; micro < sourceMicroSteps; micro++) {
            List<BigDecimal[]> gradients = new ArrayList<>();
            for (int i = 0; i < tensors; i++) {
                gradients.add(stream.gradient(random, t, SHAPE.size(), exponent));
            }
            all.add(gradients);
        }
        return all;
    }

    private static Stepper.Rates<BigDecimal[]> rates(BigDecimal[] rates, int t) {
        BigDecimal largest = rates[0];
        for (BigDecimal rate : rates) {
            largest = largest.max(rate);
        }
        return new Stepper.Rates<>(
                new BigDecimal[] {rates[t]},
                new BigDecimal[] {rates[Math.max(0, t - 1)]},
                new BigDecimal[] {rates[0]},
                new BigDecimal[] {largest});
    }

    private static boolean step(
            Stepper<BigDecimal[]> stepper,
            int t,
            Stepper.Rates<BigDecimal[]> rates,
            List<List<BigDecimal[]>> gradients) {
        try {
            stepper.update(t, rates, gradients);
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    /** To eighty digits of the largest weight. */
    private static boolean agree(BigDecimal[] left, BigDecimal[] right, BigDecimal[] initial) {
        BigDecimal scale = BigDecimal.ZERO;
        for (int i = 0; i < left.length; i++) {
            scale = scale.max(left[i].abs()).max(right[i].abs()).max(initial[i].abs());
        }
        BigDecimal tolerance = scale.multiply(TOLERANCE);
        for (int i = 0; i < left.length; i++) {
            if (left[i].subtract(right[i]).abs().compareTo(tolerance) > 0) {
                return false;
            }
        }
        return true;
    }
}
