package samestep.translate;

import java.util.List;
import java.util.Optional;
import samestep.compare.Comparison;
import samestep.compare.Difference;
import samestep.compare.ValueRow;
import samestep.compare.decay.DecayComparison;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ScheduleShift;
import samestep.compare.proof.Verdict;
import samestep.compare.setting.SettingComparison;
import samestep.finding.Finding;
import samestep.recipe.Recipe;

/**
 * Two configurations, side by side.
 *
 * @param source what the first one means
 * @param target what the second one means
 * @param partners which parameters belong together
 * @param comparison whether they are the same training
 * @param differences what makes updates different that are not the same, found by testing
 * @param rows the values of both
 * @param settings what is trained beside the update, on both sides
 * @param decay the weight decay of kernels, whatever the layers are called
 * @param decayRemedies what to write in the second file so that its kernels decay as the first one's; each was tried
 * @param unsaid what is not compared, because one of the files does not say it
 * @param remedies what would make values the same that are not; each was tried
 * @param findings what was noticed in reading both
 */
public record FileComparison(
        Recipe source,
        Recipe target,
        Partners partners,
        Comparison comparison,
        List<Difference> differences,
        List<ValueRow> rows,
        SettingComparison settings,
        DecayComparison decay,
        List<Remedy> decayRemedies,
        List<String> unsaid,
        List<Remedy> remedies,
        List<Finding> findings) {
    /** Copies the lists. */
    public FileComparison {
        differences = List.copyOf(differences);
        rows = List.copyOf(rows);
        decayRemedies = List.copyOf(decayRemedies);
        unsaid = List.copyOf(unsaid);
        remedies = List.copyOf(remedies);
        findings = List.copyOf(findings);
    }

    /** Whether the update is proven to be the same, no setting differs, and no field of the net or the data does. */
    public boolean isSameTraining() {
        return comparison.isProven() && settings.isSame();
    }

    /** That the second's learning rate is the first's curve, one update later or earlier, where they differ. */
    public Optional<ScheduleShift> shift() {
        return comparison.schedule().verdict().kind() == Verdict.Kind.INEXACT
                ? ScheduleShift.of(source.schedule(), target.schedule())
                : Optional.empty();
    }

    /** The second one with its layers called as in the first. */
    public Recipe targetRenamed() {
        return partners.renamed(target);
    }
}
