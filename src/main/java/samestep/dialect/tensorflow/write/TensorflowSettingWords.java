package samestep.dialect.tensorflow.write;

import java.util.Optional;
import samestep.recipe.Numbers;
import samestep.recipe.Quantity;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.InitialWeights;
import samestep.recipe.setting.InitialWeights.Scaling;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.SettingValue.Distribution;

/**
 * How a program of TensorFlow 1 says settings: arguments of layers, and calls. Numbers are in the convention of the layer.
 * {@code tf1} is {@code tf.compat.v1}, as in the programs that are written.
 */
public final class TensorflowSettingWords {
    /** Running statistics of these layers move only if the program runs the operations that they collect. */
    private static final String COLLECTED = ", and run tf1.get_collection(tf1.GraphKeys.UPDATE_OPS)";

    private TensorflowSettingWords() {}

    /**
     * The call or the argument; empty where TensorFlow 1 has no one word for it.
     *
     * @param api whose layers the program has
     */
    public static String of(Setting setting, ProgramApi api) {
        String value = setting.value().words();
        return switch (setting.kind()) {
            case SAMPLES_PER_UPDATE -> "dataset.batch(...) times the batches of an update, times devices";
            case UPDATES -> "tf1.estimator.TrainSpec(max_steps=" + value + ")";
            case EPOCHS -> "dataset.repeat(" + value + ")";
            case LOSS -> loss(value);
            case LOSS_REDUCTION ->
                value.equals("sum")
                        ? "reduction=tf1.losses.Reduction.SUM"
                        : value.equals("batch") ? "reduction=tf1.losses.Reduction.SUM_BY_NONZERO_WEIGHTS" : "";
            case LABEL_SMOOTHING -> "tf1.losses.softmax_cross_entropy(label_smoothing=" + value + ") of one-hot labels";
            case STATISTICS_KEPT -> statistics(setting.value(), api);
            case NORMALISATION_EPSILON -> setting.value() instanceof SettingValue.Number ? "epsilon=" + value : "";
            case DROPOUT -> setting.part().isEmpty() ? dropout(setting.value(), api) : "";
            case WEIGHT_AVERAGE -> "tf1.train.ExponentialMovingAverage(" + value + ")";
            case INITIAL_WEIGHTS -> setting.value() instanceof Distribution distribution ? initial(distribution) : "";
            default -> "";
        };
    }

    private static String loss(String kind) {
        return switch (kind) {
            case "softmax cross-entropy" -> "tf1.losses.sparse_softmax_cross_entropy(labels, logits)";
            case "sigmoid cross-entropy" -> "tf1.losses.sigmoid_cross_entropy(labels, logits)";
            case "squared error" -> "tf1.losses.mean_squared_error(labels, predictions)";
            default -> "";
        };
    }

    private static String statistics(SettingValue value, ProgramApi api) {
        if (!(value instanceof SettingValue.Number)) {
            return value.means(SettingValue.NOT_MOVED) ? "training=False, in training too" : "";
        }
        return switch (api) {
            case ESTIMATOR -> "tf1.layers.batch_normalization(momentum=" + value.words() + ")" + COLLECTED;
            case SLIM -> "slim.batch_norm(decay=" + value.words() + ")" + COLLECTED;
            case KERAS -> "tf.keras.layers.BatchNormalization(momentum=" + value.words() + "), and run model.updates";
        };
    }

    /** The probability of slim's dropout is the one to be kept. */
    private static String dropout(SettingValue value, ProgramApi api) {
        if (!(value instanceof SettingValue.Number dropped)) {
            return "";
        }
        return switch (api) {
            case ESTIMATOR -> "tf1.layers.dropout(rate=" + value.words() + ", training=True)";
            case SLIM -> "slim.dropout(keep_prob=" + number(Convention.COMPLEMENT.turned(dropped.quantity())) + ")";
            case KERAS -> "tf.keras.layers.Dropout(" + value.words() + ")";
        };
    }

    private static String initial(Distribution distribution) {
        Optional<Scaling> scaling = InitialWeights.scaling(distribution);
        if (scaling.isPresent()) {
            return scaling.get().counting().isEmpty() ? scaling(scaling.get()) : "";
        }
        return switch (distribution.family()) {
            case InitialWeights.CONSTANT -> "tf1.constant_initializer(" + number(distribution, "value") + ")";
            case InitialWeights.NORMAL ->
                "tf1.random_normal_initializer(" + number(distribution, "mean") + ", "
                        + number(distribution, "deviation") + ")";
            case InitialWeights.UNIFORM ->
                "tf1.random_uniform_initializer(" + number(distribution, "low") + ", " + number(distribution, "high")
                        + ")";
            case InitialWeights.TRUNCATED_NORMAL ->
                "tf1.truncated_normal_initializer(" + number(distribution, "mean") + ", "
                        + number(distribution, "deviation") + ")";
            case InitialWeights.ORTHOGONAL -> "tf1.orthogonal_initializer(" + number(distribution, "gain") + ")";
            default -> "";
        };
    }

    /** Source: tensorflow/python/ops/init_ops.py, VarianceScaling. "normal" is the truncated one there. */
    private static String scaling(Scaling scaling) {
        String mode = switch (scaling.fan()) {
            case IN -> "fan_in";
            case OUT -> "fan_out";
            case AVERAGE -> "fan_avg";
        };
        String shape = switch (scaling.shape()) {
            case NORMAL -> "untruncated_normal";
            case TRUNCATED_NORMAL -> "truncated_normal";
            case UNIFORM -> "uniform";
        };
        return "tf1.variance_scaling_initializer(" + number(scaling.scale()) + ", \"" + mode + "\", \"" + shape + "\")";
    }

    private static String number(Distribution distribution, String name) {
        return number(distribution.number(name));
    }

    private static String number(Quantity quantity) {
        return Numbers.rounded(quantity.doubleValue(), SettingValue.DIGITS);
    }
}
