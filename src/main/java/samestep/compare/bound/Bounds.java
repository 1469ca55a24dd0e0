package samestep.compare.bound;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import samestep.compare.SideBySide;
import samestep.compare.proof.Bound;
import samestep.compare.proof.Pair;
import samestep.compare.proof.ProofMemory;
import samestep.compare.proof.Rates;
import samestep.compare.proof.Rounded;
import samestep.recipe.IndependentDecay;
import samestep.recipe.Numbers;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;

/** Finds bounds for what was found to differ. What is claimed was first searched for counterexamples. */
public final class Bounds {
    private static final String EPSILON = "epsilon";
    /** What optimizers that decay weights by themselves call it. */
    private static final String DECAY = "weight_decay";

    private static final double SLACK = 1e-12;
    private static final int SEARCHES = 2;
    private static final long SEED = 20261125;
    private static final int DIGITS = 3;
    private static final BigDecimal NEARLY_NOTHING = new BigDecimal("1e-30");

    private Bounds() {}

    /** The same optimizer with an epsilon of zero on both sides. */
    public static Pair withoutEpsilon(Pair pair) {
        return pair.withOptimizers(o -> withZero(o, Set.of(EPSILON)));
    }

    /** An optimizer with some of its numbers zero. */
    public static Stage.Optimizer withZero(Stage.Optimizer optimizer, Set<String> names) {
        Map<String, Quantity> values = new HashMap<>(optimizer.values());
        values.replaceAll((name, value) -> names.contains(name) ? Quantity.byDefault("0", "a condition") : value);
        return new Stage.Optimizer(optimizer.equations(), values);
    }

    /**
     * For a pair that is the same with epsilons of zero.
     *
     * @return empty where no form is known, where there is no bound, or where a search finds more than it
     */
    public static Optional<Bound> ofEpsilon(Pair pair, ProofMemory memory) {
        Pair alone = pair.withEqualRates().only(Stage.Optimizer.class).withOptimizers(o -> withZero(o, Set.of(DECAY)));
        String subject = decaysBeside(pair) ? "the adaptive part of one update" : "one update";
        return memory.bound(List.of(alone.key(), subject), () -> searched(alone, subject));
    }

    /** A decay beside the adaptive part can cancel it: then the difference is bounded by that part, not by their sum. */
    private static boolean decaysBeside(Pair pair) {
        return Stream.of(pair.source(), pair.target())
                .flatMap(p -> p.stages().stream())
                .anyMatch(s -> s instanceof Stage.DecoupledDecay
                        || s instanceof IndependentDecay
                        || s instanceof Stage.Optimizer o && decaysByItself(o));
    }

    private static boolean decaysByItself(Stage.Optimizer optimizer) {
        return Optional.ofNullable(optimizer.values().get(DECAY))
                .filter(decay -> !decay.isZero())
                .isPresent();
    }

    private static Optional<Bound> searched(Pair alone, String subject) {
        Optional<EpsilonBound> form = alone.source()
                .optimizer()
                .flatMap(s -> alone.target().optimizer().flatMap(t -> EpsilonBound.of(s, t)));
        return form.flatMap(e -> e.bound(subject)).filter(bound -> {
            try {
                return SideBySide.worst(alone, SEARCHES, SEED) <= bound.largest() * (1 + SLACK) + SLACK;
            } catch (ArithmeticException e) {
                return false;
            }
        });
    }

    /**
     * For a pair that is the same under a constant rate. What the velocity carries from one update into the next has the old
     * rate in it on one side and the new one on the other.
     *
     * @param updates how many are looked at
     */
    public static Optional<Bound> ofRateAndVelocity(Pair pair, Schedule schedule, int updates) {
        Pair alone = pair.withEqualRates().only(Stage.Optimizer.class);
        double[] rates = Rates.of(schedule, updates);
        double largest = 0;
        int at = 0;
        for (int t = 1; t < rates.length; t++) {
            double change = Math.abs(1 - rates[t] / rates[t - 1]);
            // No number, or one that is infinite, counts as the largest.
            if (!(change <= largest)) {
                largest = change;
                at = t;
            }
        }
        if (largest == 0 || !Double.isFinite(largest) || !carriesTheRate(alone)) {
            return Optional.empty();
        }
        return Optional.of(new Bound(
                Bound.Kind.RATE_AND_VELOCITY,
                largest,
                "where the rate changes, one update differs by |1 - new rate / old rate| of what the velocity carries"
                        + " into it",
                "at most " + Numbers.rounded(100 * largest, DIGITS) + " % of that, at update " + at + " of "
                        + updates));
    }

    /** Tries whether the difference is what the statement says, with and without a gradient, to most digits. */
    private static boolean carriesTheRate(Pair alone) {
        try {
            BigDecimal carried =
                    secondMove(alone, BigDecimal.ONE, BigDecimal.ZERO).source();
            for (String rate : List.of("0.5", "0.1", "3")) {
                for (BigDecimal gradient : List.of(BigDecimal.ZERO, BigDecimal.TEN)) {
                    BigDecimal now = new BigDecimal(rate);
                    SideBySide.Move move = secondMove(alone, now, gradient);
                    BigDecimal found = move.source().subtract(move.target()).abs();
                    BigDecimal stated =
                            BigDecimal.ONE.subtract(now).multiply(carried).abs();
                    if (found.subtract(stated).abs().compareTo(stated.multiply(NEARLY_NOTHING)) > 0) {
                        return false;
                    }
                }
            }
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    /** How far an update moves that comes after one with a gradient and a rate of 1. */
    private static SideBySide.Move secondMove(Pair alone, BigDecimal rate, BigDecimal gradient) {
        SideBySide sides = new SideBySide(alone);
        sides.update(BigDecimal.ONE, filled(BigDecimal.ONE));
        return sides.update(rate, filled(gradient)).get(0);
    }

    private static BigDecimal[] filled(BigDecimal value) {
        BigDecimal[] all = new BigDecimal[SideBySide.SIZE];
        Arrays.fill(all, value);
        return all;
    }

    /**
     * For pairs that are clipped together and are the same without clipping: when both sides have the same clip and the same
     * penalties, in another order, the gradients after them differ by no more than the penalties' own, because a clip
     * is a projection.
     */
    public static Optional<Bound> ofClipAndDecay(List<Pair> pairs) {
        return pairs.stream().allMatch(Bounds::clipsInAnotherOrder)
                ? Optional.of(new Bound(
                        Bound.Kind.CLIP_AND_DECAY,
                        1,
                        "where a gradient is clipped, what the optimizer gets differs by at most the norm of the"
                                + " penalty's own gradient",
                        ""))
                : Optional.empty();
    }

    private static boolean clipsInAnotherOrder(Pair pair) {
        List<Stage> source = pair.source().stages();
        List<Stage> target = pair.target().stages();
        return source.size() == target.size()
                && behaviour(source).equals(behaviour(target))
                && source.stream().allMatch(Bounds::isClipPenaltyOrOptimizer)
                && pair.source().stages(Stage.Clip.class).size() == 1;
    }

    private static boolean isClipPenaltyOrOptimizer(Stage stage) {
        return stage instanceof Stage.Clip || stage instanceof Stage.Penalty || stage instanceof Stage.Optimizer;
    }

    private static Set<List<Object>> behaviour(List<Stage> stages) {
        return stages.stream()
                .filter(s -> !(s instanceof Stage.Optimizer))
                .map(Stage::behaviour)
                .collect(Collectors.toSet());
    }

    /**
     * What rounding to single precision makes of the numbers of a recipe, and of what is left of 1 beside them; empty where
     * its framework does not round them.
     */
    public static Optional<Bound> ofSinglePrecision(Recipe recipe) {
        double worst = 0;
        String where = "";
        for (Stage stage : recipe.trained().stream()
                .flatMap(p -> p.stages().stream())
                .distinct()
                .toList()) {
            for (Map.Entry<String, Quantity> value : stage.values().entrySet()) {
                for (Rounded rounded : Rounded.of(value.getKey(), value.getValue())) {
                    if (rounded.relative() > worst) {
                        worst = rounded.relative();
                        where = rounded.words();
                    }
                }
            }
        }
        return worst == 0
                ? Optional.empty()
                : Optional.of(new Bound(
                        Bound.Kind.SINGLE_PRECISION,
                        worst,
                        recipe.framework()
                                + " keeps numbers in single precision: no factor of an update is off by more than "
                                + Numbers.rounded(worst, 2) + " of itself",
                        "the worst is " + where));
    }
}
