package samestep.dialect.tensorflow.garden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.ledger.LedgerRow;
import samestep.recipe.ledger.SettingRule;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.InitialWeights;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;

/**
 * What an experiment of the Model Garden says beside the update. A field that a file does not give has the value of the
 * experiment's own code, which is not in the file: nothing is said of it. Sources: official/core/config_definitions.py,
 * official/vision/configs/*.py, official/nlp/configs/encoders.py.
 */
final class GardenSettings {
    private final List<Setting> settings = new ArrayList<>();

    private GardenSettings() {}

    /** Those of an experiment. */
    static List<Setting> of(YamlSection root) {
        GardenSettings found = new GardenSettings();
        found.runtime(root.section("runtime"));
        YamlSection average =
                root.section("trainer").section("optimizer_config").section("ema");
        if (average.given()) {
            found.number(average, "average_decay", SettingKind.WEIGHT_AVERAGE);
        }
        found.walk(root.section("task"), "");
        found.walk(root.section("model"), "");
        return found.settings;
    }

    private void runtime(YamlSection runtime) {
        String type = runtime.word("mixed_precision_dtype");
        if (!type.isEmpty()) {
            String format = type.startsWith("mixed_") ? type.substring("mixed_".length()) : type;
            word(runtime, "mixed_precision_dtype", SettingKind.NUMBER_FORMAT, format);
        }
        String scale = runtime.word("loss_scale");
        if (scale.equals("dynamic")) {
            word(runtime, "loss_scale", SettingKind.LOSS_SCALING, scale);
        } else if (!scale.isEmpty()) {
            number(runtime, "loss_scale", SettingKind.LOSS_SCALING);
        }
    }

    private void word(YamlSection section, String field, SettingKind kind, String word) {
        settings.add(Setting.ofRun(
                kind,
                new SettingValue.Word(word),
                new Setting.Spelling(field + " " + word, new Origin.Written(section.place(field)), Convention.AS_IS)));
    }

    private void walk(YamlSection section, String owner) {
        for (YamlEntry entry : section.mapping().visible()) {
            Optional<SettingKind> kind = kind(section, entry.name());
            boolean number = entry.value().resolved() instanceof YamlScalar scalar
                    && (scalar.isNumber() || scalar.style() == YamlScalar.Style.PLAIN)
                    && scalar.castDecimal().isPresent();
            if (kind.isPresent() && number) {
                one(section, entry.name(), kind.get(), owner);
            } else if (entry.value().resolved() instanceof YamlMapping && !isOfEvaluation(entry.name())) {
                walk(section.section(entry.name()), owner.isEmpty() ? entry.name() : owner + "." + entry.name());
            }
        }
    }

    /** Which setting the ledger has a field for. */
    private static Optional<SettingKind> kind(YamlSection section, String name) {
        return GardenLedger.ledger()
                .row(section.path() + "." + name, "")
                .flatMap(LedgerRow::setting)
                .filter(SettingRule::companion)
                .map(SettingRule::kind);
    }

    private static boolean isOfEvaluation(String name) {
        return name.equals("validation_data") || name.equals("optimizer_config");
    }

    private void number(YamlSection section, String field, SettingKind kind) {
        section.number(field).ifPresent(number -> add(kind, "", "", new SettingValue.Number(number), field, number));
    }

    private void one(YamlSection section, String field, SettingKind kind, String owner) {
        Optional<Quantity> number = section.number(field);
        if (number.isEmpty()) {
            return;
        }
        Quantity value = number.get();
        switch (kind.scope()) {
            case RUN -> add(kind, "", "", new SettingValue.Number(value), field, value);
            case LAYER -> add(kind, owner, part(field), new SettingValue.Number(value), field, value);
            case PARAMETER ->
                add(
                        kind,
                        owner,
                        "kernel",
                        InitialWeights.truncatedNormal(Quantity.byDefault("0", "TruncatedNormal's mean"), value),
                        field,
                        value);
        }
    }

    /** Distinguishes the dropouts of one encoder. */
    private static String part(String field) {
        return Stream.of("attention", "intermediate")
                .filter(field::startsWith)
                .findFirst()
                .orElse("");
    }

    private void add(SettingKind kind, String layer, String part, SettingValue value, String field, Quantity number) {
        String words = field + " " + number.text();
        settings.add(
                new Setting(kind, layer, part, value, new Setting.Spelling(words, number.origin(), Convention.AS_IS)));
    }
}
