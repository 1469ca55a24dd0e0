package samestep.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Proofs that were made already, for callers that compare many configurations: most files share few settings. The key
 * is everything that a proof reads, the numbers included, so a remembered answer is the one that the proof would give
 * again. Owned by the caller; safe for several threads.
 */
public final class ProofMemory {
    private static final int MOST = 4096;

    private final Map<List<Object>, Answer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, Answer> eldest) {
            return size() > MOST;
        }
    };

    /** What a proof found: for each class the streams on which the sides differ, and what was not reached. */
    record Answer(List<List<GradientStream>> differences, Optional<String> reservation) {}

    /**
     * The answer to a question; found out once.
     *
     * @param key everything that the proof reads
     */
    Answer of(List<Object> key, Supplier<Answer> proof) {
        synchronized (answers) {
            Answer known = answers.get(key);
            if (known != null) {
                return known;
            }
        }
        Answer found = proof.get();
        synchronized (answers) {
            answers.put(key, found);
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
