package samestep.translate;

import java.util.List;
import java.util.OptionalDouble;
import samestep.compare.Comparison;
import samestep.dialect.Proposal;
import samestep.finding.Finding;
import samestep.recipe.Recipe;

/**
 * A configuration in another framework, and how much it is the same training.
 *
 * @param source what was translated
 * @param proposal what is written
 * @param comparison of the source with what was written and read back
 * @param verbatimDrift what copying every number would have drifted; empty when the translation is proven, or nothing
 *     could be measured
 * @param findings everything that was noticed, in the order of reading and writing
 */
public record Translation(
        Recipe source, Proposal proposal, Comparison comparison, OptionalDouble verbatimDrift, List<Finding> findings) {
    /** Copies the findings. */
    public Translation {
        findings = List.copyOf(findings);
    }
}
