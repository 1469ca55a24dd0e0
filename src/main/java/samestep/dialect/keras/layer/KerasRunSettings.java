package samestep.dialect.keras.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.keras.document.KerasObject;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** What an optimizer and {@code compile()} say beside the update: average of the weights, loss scaling, label smoothing. */
public final class KerasRunSettings {
    private static final List<String> SMOOTHED = List.of(
            "categoricalcrossentropy", "binarycrossentropy", "categoricalfocalcrossentropy", "binaryfocalcrossentropy");

    private KerasRunSettings() {}

    /** The settings of an optimizer. */
    public static List<Setting> ofOptimizer(KerasObject optimizer, KerasGeneration generation) {
        List<Setting> settings = new ArrayList<>();
        if (generation == KerasGeneration.KERAS_3 || generation == KerasGeneration.KERAS_2_15) {
            boolean averaged = optimizer.flag("use_ema", false);
            Quantity kept =
                    averaged ? optimizer.number("ema_momentum", "0.99") : optimizer.flagAsNumber("use_ema", "0");
            settings.add(number(SettingKind.WEIGHT_AVERAGE, averaged ? "ema_momentum" : "use_ema", kept));
        }
        if (generation == KerasGeneration.KERAS_3) {
            settings.add(optimizer
                    .number("loss_scale_factor")
                    .map(factor -> number(SettingKind.LOSS_SCALING, "loss_scale_factor", factor))
                    .orElseGet(
                            () -> word(SettingKind.LOSS_SCALING, "none", KerasDefaults.origin("loss_scale_factor"))));
        }
        return settings;
    }

    /** The setting of an optimizer that scales the loss for another one. */
    public static Optional<Setting> ofLossScale(SourceText source, JsonValue value, List<Finding> findings) {
        return KerasObject.of(source, value, findings)
                .filter(o -> o.className().equals("LossScaleOptimizer"))
                .map(o -> {
                    boolean dynamic = o.flag("dynamic", true);
                    Optional<Quantity> initial = o.number("initial_scale");
                    return !dynamic && initial.isPresent()
                            ? number(SettingKind.LOSS_SCALING, "initial_scale", initial.get())
                            : word(
                                    SettingKind.LOSS_SCALING,
                                    "dynamic",
                                    new Origin.Written(
                                            new Place(source, o.whole().span())));
                });
    }

    /** The label smoothing of one loss; nothing where several are said, or none. */
    public static Optional<Setting> ofLoss(SourceText source, JsonObject compile, List<Finding> findings) {
        JsonValue loss = compile.get("loss").filter(v -> !v.isNull()).orElse(null);
        if (loss instanceof JsonArray array && array.elements().size() == 1) {
            loss = array.elements().get(0);
        }
        if (loss instanceof JsonString name && isSmoothed(name.value())) {
            return Optional.of(number(
                    SettingKind.LABEL_SMOOTHING,
                    "label_smoothing",
                    Quantity.byDefault(
                            "0", KerasDefaults.origin("label_smoothing").of())));
        }
        return loss == null
                ? Optional.empty()
                : KerasObject.of(source, loss, findings)
                        .filter(o -> isSmoothed(o.className()))
                        .map(o -> number(
                                SettingKind.LABEL_SMOOTHING, "label_smoothing", o.number("label_smoothing", "0")));
    }

    private static boolean isSmoothed(String loss) {
        return SMOOTHED.contains(loss.replace("_", "").toLowerCase(java.util.Locale.ROOT));
    }

    private static Setting number(SettingKind kind, String argument, Quantity number) {
        String words = number.text().isEmpty() ? "default" : argument + " " + number.text();
        return Setting.ofRun(
                kind, new SettingValue.Number(number), new Setting.Spelling(words, number.origin(), Convention.AS_IS));
    }

    private static Setting word(SettingKind kind, String word, Origin origin) {
        return Setting.ofRun(kind, new SettingValue.Word(word), new Setting.Spelling(word, origin, Convention.AS_IS));
    }
}
