package samestep.dialect.tensorflow.garden;

import java.util.ArrayList;
import java.util.List;
import samestep.recipe.Origin;
import samestep.recipe.ParameterName;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;

/**
 * What a file of the Garden's older image classification says beside the update. A field that it does not give is not
 * reported. Sources: official/vision/image_classification/classifier_trainer.py, efficientnet/efficientnet_model.py.
 */
final class ClassifierSettings {
    private final List<Setting> settings = new ArrayList<>();

    private ClassifierSettings() {}

    /** Those of a file. */
    static List<Setting> of(YamlSection root) {
        ClassifierSettings found = new ClassifierSettings();
        YamlSection data = root.section("train_dataset");
        found.format(data);
        found.scaling(root.section("runtime"));
        YamlSection model = root.section("model");
        found.number(model.section("loss"), "label_smoothing", SettingKind.LABEL_SMOOTHING);
        found.number(model.section("optimizer"), "moving_average_decay", SettingKind.WEIGHT_AVERAGE);
        YamlSection net = model.section("model_params").section("overrides");
        found.number(net, "dropout_rate", SettingKind.DROPOUT);
        found.number(net, "drop_connect_rate", SettingKind.DROP_PATH);
        found.number(net, "bn_momentum", SettingKind.STATISTICS_KEPT);
        found.number(net, "bn_epsilon", SettingKind.NORMALISATION_EPSILON);
        return found.settings;
    }

    private void number(YamlSection section, String field, SettingKind kind) {
        section.number(field)
                .ifPresent(number -> add(kind, new SettingValue.Number(number), field, number.text(), number.origin()));
    }

    /** The type of the data is that of the training: it sets the policy of mixed precision. */
    private void format(YamlSection data) {
        String type = data.word("dtype");
        if (!type.isEmpty()) {
            String format = type.equals("fp32") ? "float32" : type.equals("bf16") ? "bfloat16" : type;
            word(data, "dtype", SettingKind.NUMBER_FORMAT, format);
        }
    }

    private void scaling(YamlSection runtime) {
        if (runtime.word("loss_scale").equals("dynamic")) {
            word(runtime, "loss_scale", SettingKind.LOSS_SCALING, "dynamic");
        } else {
            number(runtime, "loss_scale", SettingKind.LOSS_SCALING);
        }
    }

    private void word(YamlSection section, String field, SettingKind kind, String word) {
        add(kind, new SettingValue.Word(word), field, section.word(field), new Origin.Written(section.place(field)));
    }

    private void add(SettingKind kind, SettingValue value, String field, String written, Origin origin) {
        String layer = kind.scope() == SettingKind.Scope.LAYER ? ParameterName.ANY_LAYER : "";
        Setting.Spelling spelling = new Setting.Spelling(field + " " + written, origin, Convention.AS_IS);
        settings.add(new Setting(kind, layer, "", value, spelling));
    }
}
