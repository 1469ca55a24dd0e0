package samestep.compare.proof;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Proofs and measurements that were made already, for callers that compare many configurations: most files share few settings. The key
 * is everything that a proof reads, the numbers included, so a remembered answer is the one that the proof would give
 * again. Owned by the caller; safe for several threads.
 */
public final class ProofMemory {
    private static final int MOST = 4096;

    private final Map<List<Object>, Answer> answers = new Latest<>();
    private final Map<List<Object>, OptionalDouble> drifts = new Latest<>();
    private final Map<List<Object>, Optional<Bound>> bounds = new Latest<>();

    private static final class Latest<V> extends LinkedHashMap<List<Object>, V> {
        private static final long serialVersionUID = 1L;

        Latest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, V> eldest) {
            return size() > MOST;
        }
    }

    /**
     * What a proof found: for each class the streams on which the sides differ, and how many updates at the start agree
     * on all of them; and what was not reached.
     */
    public record Answer(List<List<GradientStream>> differences, List<Integer> agreeing, Optional<String> reservation) {
        /** What needs no run: both sides of every class are the same equations with the same numbers. */
        public static Answer ofTheSame(int classes) {
            return new Answer(
                    Collections.nCopies(classes, List.of()),
                    Collections.nCopies(classes, Integer.MAX_VALUE),
                    Optional.empty());
        }
    }

    /**
     * The answer to a question; found out once.
     *
     * @param key everything that the proof reads
     */
    public Answer of(List<Object> key, Supplier<Answer> proof) {
        return once(answers, key, proof);
    }

    /**
     * A measured drift; measured once.
     *
     * @param key everything that the runs read
     */
    public OptionalDouble drift(List<Object> key, Supplier<OptionalDouble> measurement) {
        return once(drifts, key, measurement);
    }

    /**
     * A bound; searched for counterexamples once.
     *
     * @param key everything that it depends on
     */
    public Optional<Bound> bound(List<Object> key, Supplier<Optional<Bound>> search) {
        return once(bounds, key, search);
    }

    /** Outside of the lock, so that others need not wait; then two may find out the same, which does no harm. */
    private static <V> V once(Map<List<Object>, V> known, List<Object> key, Supplier<V> question) {
        synchronized (known) {
            V answer = known.get(key);
            if (answer != null) {
                return answer;
            }
        }
        V found = question.get();
        synchronized (known) {
            known.put(key, found);
        }
        return found;
    }

    /** How many different proofs are remembered. */
    public int size() {
        synchronized (answers) {
            return answers.size();
        }
    }
}
