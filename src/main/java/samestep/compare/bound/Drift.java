package samestep.compare.bound;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import samestep.compare.proof.ProofMemory;
import samestep.compare.proof.Trainees;
import samestep.recipe.Recipe;
import samestep.trainer.Problem;
import samestep.trainer.Problems;
import samestep.trainer.Trajectory;

/** Measures how far two recipes drift apart on the reference perceptron. A measurement, never a bound. */
public final class Drift {
    /** How many updates are run. */
    public static final int UPDATES = 100;

    /** After which updates the weights are compared, which recordings of frameworks have too. */
    public static final Set<Integer> SNAPSHOTS = new TreeSet<>(List.of(1, 2, 3, 5, 10, 20, 50, UPDATES));

    private Drift() {}

    /**
     * The largest difference of any weight over the run, with the decimals as they are written on both sides.
     *
     * @return empty when the recipes have no kernels in common, when the rate of every update is not known, or when a
     *     side diverges
     */
    public static OptionalDouble measure(Recipe source, Recipe target) {
        return measure(source, target, new ProofMemory());
    }

    /** The same, with what was measured already. */
    public static OptionalDouble measure(Recipe source, Recipe target, ProofMemory memory) {
        // How many updates an epoch has is not known: no single run stands for both.
        boolean alike = source.schedule().countsLike(target.schedule());
        if (!source.schedule().isKnown() || !target.schedule().isKnown() || !alike) {
            return OptionalDouble.empty();
        }
        Problem problem = Problems.builtIn("mlp");
        Optional<Trainees> both = Trainees.of(List.of(source, target), problem);
        return both.isEmpty()
                ? OptionalDouble.empty()
                : memory.drift(both.get().key(), () -> {
                    Trajectory here = both.get().run(0, problem, UPDATES, SNAPSHOTS);
                    Trajectory there = both.get().run(1, problem, UPDATES, SNAPSHOTS);
                    double drift = here.largestDifference(there);
                    return Double.isFinite(drift) ? OptionalDouble.of(drift) : OptionalDouble.empty();
                });
    }
}
