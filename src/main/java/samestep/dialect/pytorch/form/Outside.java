package samestep.dialect.pytorch.form;

import java.util.ArrayList;
import java.util.List;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.ledger.LedgerRemainder;
import samestep.recipe.setting.Settings;
import samestep.recipe.setting.Unjudged;

/** What a file says beside what was read of it, by the ledger of its form. */
public final class Outside {
    private Outside() {}

    /**
     * Makes the settings, sorts the fields that were not asked for, and says what they are.
     *
     * @param place the whole file
     * @return the configuration with its settings, and with what else is done to it
     */
    public static PytorchConfiguration note(
            PytorchConfiguration configuration, Fields fields, Place place, List<Finding> findings) {
        Settings settings = new Settings(FormSettings.of(fields, configuration))
                .with(Unjudged.of(fields.ledger().library(), fields::outside));
        PytorchConfiguration whole = configuration.withSettings(settings);
        LedgerRemainder remainder = LedgerRemainder.of(fields.ledger(), fields, place);
        findings.addAll(remainder.findings());
        findings.addAll(VersionNotes.of(fields, place));
        List<BeforeStep> before = new ArrayList<>(whole.beforeStep());
        remainder.stages().forEach(stage -> before.add(BeforeStep.all(stage)));
        return whole.withBeforeStep(before).withUnknown(remainder.unknown());
    }
}
