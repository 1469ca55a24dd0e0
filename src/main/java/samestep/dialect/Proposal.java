package samestep.dialect;

import java.util.List;
import java.util.Map;
import samestep.finding.Finding;

/**
 * A configuration that might be the one.
 *
 * @param texts the configuration in each style; the reader reads the dialect's first style
 * @param findings what was changed and why, and what could not be said
 */
public record Proposal(Map<String, String> texts, List<Finding> findings) {
    /** Copies the collections. */
    public Proposal {
        texts = Map.copyOf(texts);
        findings = List.copyOf(findings);
    }
}
