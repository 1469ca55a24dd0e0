package samestep.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.compare.bound.Drift;
import samestep.compare.proof.Pair;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.proof.Trainees;
import samestep.compare.proof.Verdict;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.trainer.Problem;
import samestep.trainer.Problems;
import samestep.trainer.Trajectory;

/**
 * An optimizer and the nearest that another framework's optimizer comes to it, with what was found of the two.
 *
 * @param values the target's numbers
 * @param verdict for a rate that changes
 * @param difference what makes the difference, where that was looked for
 * @param constant drift at a constant rate
 * @param falling drift at a rate that falls
 */
record OptimizerPair(
        OptimizerVariant source,
        OptimizerVariant target,
        Map<String, String> values,
        Verdict verdict,
        Optional<Difference> difference,
        double constant,
        double falling) {
    /** Drifts of what is the same and computed otherwise are below, in double precision. */
    static final double ROUNDING = 1e-11;

    /** How many of the nearest are judged. */
    private static final int JUDGED = 3;

    private record Candidate(Map<String, String> values, double constant, double falling) {
        /** No number is farthest. */
        double order() {
            return Double.isNaN(falling) ? Double.MAX_VALUE : falling;
        }
    }

    /** Whether people would take one for the other. */
    boolean isOfOneFamily() {
        return source.equations().family().equals(target.equations().family());
    }

    /**
     * What is remembered from pair to pair.
     *
     * @param runs of first optimizers, which are many pairs'
     */
    record Memory(ProofMemory proofs, Map<List<Object>, Trajectory> runs) {
        private static final Problem NET = Problems.builtIn("mlp");

        Trajectory run(boolean falling, Stage.Optimizer optimizer) {
            return runs.computeIfAbsent(List.of(falling, optimizer.behaviour()), k -> fresh(falling, optimizer));
        }

        static Trajectory fresh(boolean falling, Stage.Optimizer optimizer) {
            return Trainees.of(List.of(OptimizerVariant.recipe(falling, optimizer)), NET)
                    .orElseThrow()
                    .run(0, NET, Drift.UPDATES, Drift.SNAPSHOTS);
        }
    }

    static OptimizerPair of(OptimizerVariant source, OptimizerVariant target, Memory memory) {
        Map<String, String> ours = source.ordinaryValues();
        Stage.Optimizer left = source.stage(ours);
        List<Candidate> candidates = new ArrayList<>();
        for (Map<String, String> values : target.valuesLike(ours)) {
            Stage.Optimizer right = target.stage(values);
            candidates.add(new Candidate(values, drift(false, left, right, memory), drift(true, left, right, memory)));
        }
        candidates.sort(Comparator.comparingDouble(Candidate::order));
        Candidate nearest = candidates.get(0);
        boolean ofOneFamily =
                source.equations().family().equals(target.equations().family());
        Verdict best = new Verdict(Verdict.Kind.INEXACT, "");
        for (Candidate candidate : candidates.subList(0, Math.min(JUDGED, candidates.size()))) {
            if (!best.isProven() && (ofOneFamily || candidate.constant < ROUNDING)) {
                Verdict verdict = judge(left, target.stage(candidate.values), memory.proofs());
                if (isBetter(verdict, best)) {
                    best = verdict;
                    nearest = candidate;
                }
            }
        }
        Optional<Difference> difference = best.isProven() || !ofOneFamily
                ? Optional.empty()
                : difference(left, target.stage(nearest.values), memory.proofs());
        return new OptimizerPair(source, target, nearest.values, best, difference, nearest.constant, nearest.falling);
    }

    private static boolean isBetter(Verdict one, Verdict other) {
        return one.kind().compareTo(other.kind()) < 0;
    }

    private static Verdict judge(Stage left, Stage right, ProofMemory memory) {
        Recipe source = OptimizerVariant.recipe(true, left);
        Recipe target = OptimizerVariant.recipe(true, right);
        return Comparer.judge(source, target, Partners.byName(), memory).verdict();
    }

    private static Optional<Difference> difference(Stage left, Stage right, ProofMemory memory) {
        return Differences.of(
                        OptimizerVariant.recipe(true, left),
                        OptimizerVariant.recipe(true, right),
                        Partners.byName(),
                        memory)
                .stream()
                .findFirst();
    }

    private static double drift(boolean falling, Stage.Optimizer left, Stage.Optimizer right, Memory memory) {
        double drift = memory.run(falling, left).largestDifference(Memory.fresh(falling, right));
        return Double.isFinite(drift) ? drift : Double.NaN;
    }

    /** The pair for a search. */
    Pair pair() {
        return new Pair(
                Recipes.kernel("1", source.stage(source.ordinaryValues())), Recipes.kernel("1", target.stage(values)));
    }

    /** The target's numbers that the source does not have, or has otherwise. */
    String written() {
        Map<String, String> ours = source.ordinaryValues();
        Map<String, String> others = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            boolean square = name.equals("epsilon") && value.equals("1e-8");
            boolean root = name.equals("epsilon") && value.equals("1e-2");
            if (square || root) {
                others.put(name, square ? "its square" : "its root");
            } else if (!value.equals(ours.get(name))) {
                others.put(name, value);
            }
        });
        return String.join(
                ", ",
                others.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .toList());
    }
}
