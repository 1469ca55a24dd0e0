package samestep.compare;

import java.util.Optional;
import samestep.compare.bound.Bounds;
import samestep.compare.proof.Bound;
import samestep.compare.proof.ProofMemory;
import samestep.compare.proof.Verdict;

/** Holds a verdict to runs: the trainer's, and a search for counterexamples. */
final class PairConfirmation {
    private static final int SEARCHES = 60;
    private static final long SEED = 7;
    private static final double SLACK = 1 + 1e-9;

    private PairConfirmation() {}

    /** What speaks against the verdict; empty where nothing does. */
    static Optional<String> of(OptimizerPair pair) {
        Verdict verdict = pair.verdict();
        return switch (verdict.kind()) {
            case EXACT, EXACT_WHILE_MET, NOT_REFUTED ->
                doubt(pair.falling() < OptimizerPair.ROUNDING, "the same, and drifts " + pair.falling());
            case EXACT_WHILE ->
                doubt(
                        pair.constant() < OptimizerPair.ROUNDING
                                || !verdict.condition().equals("the learning rate is constant"),
                        "the same at a constant rate, and drifts " + pair.constant());
            case BOUNDED -> bounded(pair);
            case INEXACT, NOT_EXPRESSIBLE ->
                doubt(!(pair.falling() < OptimizerPair.ROUNDING), "not the same, and drifts only " + pair.falling());
        };
    }

    private static Optional<String> bounded(OptimizerPair pair) {
        double claimed = Bounds.ofEpsilon(pair.pair(), new ProofMemory())
                .map(Bound::largest)
                .orElse(0.0);
        double found = SideBySide.worst(pair.pair(), SEARCHES, SEED);
        return doubt(found <= claimed * SLACK, "bounded by " + claimed + ", and one update differs by " + found);
    }

    private static Optional<String> doubt(boolean confirmed, String words) {
        return confirmed ? Optional.empty() : Optional.of(words);
    }
}
