package samestep.dialect.keras.layer;

import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingValue;

/** How a program says the settings that no document of Samestep holds: arguments of {@code fit}, {@code compile}. */
public final class KerasSettingWords {
    private KerasSettingWords() {}

    /** The call or the argument; empty where Keras has no one word for it. */
    public static String of(Setting setting) {
        String value = setting.value().words();
        return switch (setting.kind()) {
            case SAMPLES_PER_UPDATE -> "model.fit(batch_size=...) times gradient_accumulation_steps";
            case UPDATES -> "model.fit(epochs=..., steps_per_epoch=...)";
            case EPOCHS -> "model.fit(epochs=" + value + ")";
            case LOSS -> loss(value);
            case LOSS_REDUCTION ->
                value.equals("sum")
                        ? "reduction=\"sum\""
                        : value.equals("batch") ? "reduction=\"sum_over_batch_size\", the default" : "";
            case LABEL_SMOOTHING -> "keras.losses.CategoricalCrossentropy(label_smoothing=" + value + ")";
            case NUMBER_FORMAT -> format(value);
            case LOSS_SCALING ->
                value.equals("dynamic") ? "keras.optimizers.LossScaleOptimizer(optimizer)" : "loss_scale_factor";
            case STATISTICS_KEPT ->
                setting.value().means(SettingValue.NOT_MOVED)
                        ? "trainable=False of the layer"
                        : "keras.layers.BatchNormalization(momentum=" + value + ")";
            case NORMALISATION_EPSILON -> setting.value() instanceof SettingValue.Number ? "epsilon=" + value : "";
            case DROPOUT -> setting.part().isEmpty() ? "keras.layers.Dropout(" + value + ")" : "";
            case WEIGHT_AVERAGE -> "use_ema=True, ema_momentum=" + value;
            default -> "";
        };
    }

    private static String loss(String kind) {
        return switch (kind) {
            case "softmax cross-entropy" ->
                "keras.losses.SparseCategoricalCrossentropy(from_logits=True), or CategoricalCrossentropy of one-hot"
                        + " labels";
            case "sigmoid cross-entropy" -> "keras.losses.BinaryCrossentropy(from_logits=True)";
            case "squared error" -> "keras.losses.MeanSquaredError()";
            default -> "";
        };
    }

    private static String format(String format) {
        return switch (format) {
            case "float16", "bfloat16" -> "keras.mixed_precision.set_global_policy(\"mixed_" + format + "\")";
            case "float32", "float64" -> "keras.mixed_precision.set_global_policy(\"" + format + "\")";
            default -> "";
        };
    }
}
