package samestep.compare.proof;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import samestep.equation.Branch;
import samestep.equation.Function;
import samestep.equation.Shape;
import samestep.equation.run.DecimalAlgebra;
import samestep.recipe.Parameter;
import samestep.recipe.Stage;
import samestep.trainer.Stepper;

/**
 * Looks for the places where an update jumps, and whether both sides jump there. A sign, or the condition of a
 * {@code where}, is constant in pieces: two updates whose jumps lie close together agree on every random gradient. So the
 * gradient of one update goes along a line; where a branch of either side changes, the change is enclosed to one part in
 * 10^18, and the weights of both sides are held against each other on both sides of it. Clips are left out: they are
 * continuous, and another threshold shows in the weights.
 */
final class Jumps {
    private static final int UPDATES = 3;
    private static final int GRID = 8;
    private static final int HALVINGS = 60;
    private static final long SEED = 20261128;
    /** Enough to enclose a change to one part in 10^18 and to see 30 digits of what it does. */
    private static final MathContext DIGITS = new MathContext(60);

    private static final BigDecimal TOLERANCE = new BigDecimal("1e-30");

    private final List<Pair> classes;
    private final int microSteps;
    private final Shape shape;
    private final boolean constantRate;
    private final boolean[] same;
    private final List<BigDecimal[]> initial = new ArrayList<>();
    private final List<List<BigDecimal[]>> from = new ArrayList<>();
    private final List<List<BigDecimal[]>> to = new ArrayList<>();

    private Jumps(List<Pair> pairs, int microSteps, Shape shape, boolean constantRate) {
        this.constantRate = constantRate;
        this.classes = pairs.stream().map(p -> p.without(Stage.Clip.class)).toList();
        this.microSteps = microSteps;
        this.shape = shape;
        this.same = new boolean[pairs.size()];
        Arrays.fill(same, true);
        Random random = new Random(SEED);
        for (int i = 0; i < pairs.size(); i++) {
            initial.add(entries(random, 1));
        }
        for (int t = 0; t < UPDATES; t++) {
            from.add(gradients(random, 1));
            to.add(gradients(random, -1));
        }
    }

    /**
     * For each class, whether both sides agree around every jump that was found; empty where no update can jump.
     *
     * @param constantRate whether the rate stays the same, as in the streams of the same proof
     */
    static Optional<boolean[]> agree(List<Pair> pairs, int microSteps, Shape shape, boolean constantRate) {
        Jumps jumps = new Jumps(pairs, microSteps, shape, constantRate);
        Trace trace = new Trace();
        jumps.stepper(true, trace);
        jumps.stepper(false, trace);
        if (!trace.branches) {
            return Optional.empty();
        }
        for (int moved = 0; moved < UPDATES - 1; moved++) {
            jumps.alongTheLine(moved);
        }
        return Optional.of(jumps.same);
    }

    private List<BigDecimal[]> gradients(Random random, int sign) {
        List<BigDecimal[]> gradients = new ArrayList<>();
        classes.forEach(c -> gradients.add(entries(random, sign)));
        return gradients;
    }

    /** Of one sign in all entries, so that no entry hides that another changes. */
    private BigDecimal[] entries(Random random, int sign) {
        BigDecimal[] entries = new BigDecimal[shape.size()];
        for (int i = 0; i < entries.length; i++) {
            long digits = 100_000_000_000_000_000L + (random.nextLong() >>> 1) % 900_000_000_000_000_000L;
            entries[i] = BigDecimal.valueOf(sign * digits, 18);
        }
        return entries;
    }

    /** What both sides make of a gradient on the line. */
    private record Point(BigDecimal at, String source, String target, List<Boolean> agree) {
        boolean isLike(Point other) {
            return source.equals(other.source) && target.equals(other.target);
        }
    }

    private void alongTheLine(int moved) {
        Optional<Point> before = Optional.empty();
        for (int i = 0; i <= GRID; i++) {
            BigDecimal at = BigDecimal.valueOf(i).divide(BigDecimal.valueOf(GRID));
            Optional<Point> here = point(moved, at);
            here.ifPresent(this::take);
            if (before.isPresent() && here.isPresent() && !before.get().isLike(here.get())) {
                enclose(moved, before.get(), here.get());
            }
            before = here;
        }
    }

    private void enclose(int moved, Point first, Point last) {
        Point low = first;
        Point high = last;
        for (int i = 0; i < HALVINGS; i++) {
            BigDecimal middle = low.at().add(high.at()).divide(BigDecimal.valueOf(2));
            Optional<Point> point = point(moved, middle);
            if (point.isEmpty()) {
                return;
            }
            if (point.get().isLike(low)) {
                low = point.get();
            } else {
                high = point.get();
            }
        }
        take(low);
        take(high);
    }

    private void take(Point point) {
        for (int i = 0; i < same.length; i++) {
            same[i] &= point.agree().get(i);
        }
    }

    private Optional<Point> point(int moved, BigDecimal at) {
        Trace here = new Trace();
        Trace there = new Trace();
        Stepper<BigDecimal[]> left = stepper(true, here);
        Stepper<BigDecimal[]> right = stepper(false, there);
        try {
            run(left, moved, at);
            run(right, moved, at);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
        List<Boolean> agree = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            agree.add(agree(left.weights(i), right.weights(i)));
        }
        return Optional.of(new Point(at, here.taken.toString(), there.taken.toString(), agree));
    }

    private Stepper<BigDecimal[]> stepper(boolean source, Trace trace) {
        List<Stepper.Binding<BigDecimal[]>> bindings = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            Parameter parameter =
                    source ? classes.get(i).source() : classes.get(i).target();
            bindings.add(new Stepper.Binding<>(parameter, shape, initial.get(i)));
        }
        return new Stepper<>(bindings, new DecimalAlgebra(DIGITS), trace, Proof.BATCH, Proof.OUTPUTS);
    }

    private void run(Stepper<BigDecimal[]> stepper, int moved, BigDecimal at) {
        BigDecimal[] rate = {new BigDecimal("0.37")};
        BigDecimal[] next = {new BigDecimal(constantRate ? "0.37" : "0.23")};
        for (int t = 0; t < UPDATES; t++) {
            BigDecimal share = t == moved ? at : BigDecimal.ZERO;
            List<List<BigDecimal[]>> gradients = new ArrayList<>();
            for (int micro = 0; micro < microSteps; micro++) {
                gradients.add(between(from.get(t), to.get(t), share));
            }
            stepper.update(t, new Stepper.Rates<>(t == 0 ? rate : next, t < 2 ? rate : next, rate, rate), gradients);
        }
    }

    private List<BigDecimal[]> between(List<BigDecimal[]> from, List<BigDecimal[]> to, BigDecimal share) {
        List<BigDecimal[]> between = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            BigDecimal[] entries = new BigDecimal[shape.size()];
            for (int k = 0; k < entries.length; k++) {
                BigDecimal way = to.get(i)[k].subtract(from.get(i)[k]);
                entries[k] = from.get(i)[k].add(way.multiply(share, DIGITS), DIGITS);
            }
            between.add(entries);
        }
        return between;
    }

    private static boolean agree(BigDecimal[] left, BigDecimal[] right) {
        BigDecimal scale = BigDecimal.ONE;
        for (int i = 0; i < left.length; i++) {
            scale = scale.max(left[i].abs()).max(right[i].abs());
        }
        BigDecimal tolerance = scale.multiply(TOLERANCE);
        for (int i = 0; i < left.length; i++) {
            if (left[i].subtract(right[i]).abs().compareTo(tolerance) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Which sides of which jumping branches were taken, in order. */
    private static final class Trace implements Branch.Observer {
        private final StringBuilder taken = new StringBuilder();
        private boolean branches;
        private int next;

        @Override
        public int register(String where, Function function) {
            if (function != Function.SIGN && function != Function.WHERE) {
                return -1;
            }
            branches = true;
            return next++;
        }

        @Override
        public void saw(int branch, int sides) {
            taken.append((char) ('a' + branch)).append(sides);
        }
    }
}
