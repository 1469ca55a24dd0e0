package samestep.dialect.pytorch.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Run;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.recipe.Stage;
import samestep.recipe.ledger.LedgerRow;
import samestep.recipe.ledger.LedgerSettings;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.Settings;

/** The settings of a file: those of its ledger's rows, and the batch where only the library says it. */
public final class FormSettings {
    private FormSettings() {}

    /** Devices that are known and in no field: each takes a batch of its own. */
    public static List<Setting> devices(Run run) {
        return run.devices().isPresent() ? List.of(devices(run.devices().getAsInt(), Run.GIVEN)) : List.of();
    }

    /**
     * Devices that each take a batch of their own.
     *
     * @param how where the number is from
     */
    public static Setting devices(long number, String how) {
        return Settings.devices(number, how);
    }

    /** All of a file; what a recipe knows anyway, such as a batch that is written, is not among them. */
    static List<Setting> of(Fields fields, PytorchConfiguration configuration) {
        List<Setting> settings = new ArrayList<>(configuration.settings().all());
        settings.addAll(LedgerSettings.of(fields.ledger(), fields));
        if (configuration.batchSize().isEmpty()) {
            long devices = SettingFields.isOfAllDevices(fields.ledger()) ? 1 : new Settings(settings).devices();
            batch(fields)
                    .map(field -> Settings.ofRun(
                            Optional.of(fields.fallback(field)),
                            microSteps(configuration),
                            devices,
                            OptionalLong.empty()))
                    .ifPresent(settings::addAll);
        }
        return settings;
    }

    /** The field that says how large a batch is, if the library has a default of it. */
    private static Optional<String> batch(Fields fields) {
        return fields.ledger().rows().stream()
                .filter(row -> row.setting()
                        .filter(rule -> rule.kind() == SettingKind.SAMPLES_PER_UPDATE)
                        .isPresent())
                .filter(row -> !row.fallback().isEmpty())
                .map(LedgerRow::fields)
                .map(names -> names.get(0))
                .findFirst();
    }

    private static int microSteps(PytorchConfiguration configuration) {
        return configuration.beforeStep().stream()
                .map(BeforeStep::stage)
                .filter(Stage.Accumulation.class::isInstance)
                .mapToInt(stage -> ((Stage.Accumulation) stage).microSteps())
                .max()
                .orElse(1);
    }
}
