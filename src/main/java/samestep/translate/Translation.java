package samestep.translate;

import java.util.List;
import java.util.OptionalDouble;
import samestep.compare.Comparison;
import samestep.compare.setting.SettingComparison;
import samestep.dialect.write.Proposal;
import samestep.finding.Finding;
import samestep.recipe.Recipe;

/**
 * A configuration in another framework, and how much it is the same training.
 *
 * @param source what was translated
 * @param proposal what is written
 * @param written it, read back
 * @param comparison of the source with what was written and read back
 * @param settings what is trained beside the update, in the source and in what was written and read back
 * @param checklist the settings that are left to be set
 * @param verbatimDrift what copying every number would have drifted; empty when the translation is proven, or nothing
 *     could be measured
 * @param findings everything that was noticed, in the order of reading and writing
 */
public record Translation(
        Recipe source,
        Proposal proposal,
        Recipe written,
        Comparison comparison,
        SettingComparison settings,
        Checklist checklist,
        OptionalDouble verbatimDrift,
        List<Finding> findings) {
    /** Copies the findings. */
    public Translation {
        findings = List.copyOf(findings);
    }

    /** Whether the update is proven to be the same, and no setting differs. */
    public boolean isSameTraining() {
        return comparison.isProven() && !settings.differs();
    }
}
