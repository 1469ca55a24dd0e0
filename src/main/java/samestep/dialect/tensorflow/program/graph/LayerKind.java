package samestep.dialect.tensorflow.program.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A function that makes a layer.
 *
 * @param scope the name that it takes if none is given
 * @param parts its variables
 * @param isSlim whether it is slim's: its name is called {@code scope}, and a normalizer takes the place of the biases
 */
public record LayerKind(String scope, List<Part> parts, boolean isSlim) {

    /**
     * A variable of a layer.
     *
     * @param name the last part of its name
     * @param regularizer the argument that regularizes it
     * @param flag the argument that decides whether it is there; empty if it always is
     * @param isThere whether it is there by default
     */
    public record Part(String name, String regularizer, String flag, boolean isThere) {
        static Part always(String name, String regularizer) {
            return new Part(name, regularizer, "", true);
        }

        static Part decided(String name, String regularizer, String flag, boolean isThere) {
            return new Part(name, regularizer, flag, isThere);
        }
    }

    /** What decides about slim's biases: None for their initializer leaves them out. */
    static final String BIASES_INITIALIZER = "biases_initializer";

    private static final Part BIAS = Part.decided("bias", "bias_regularizer", "use_bias", true);
    private static final List<Part> KERNEL = List.of(Part.always("kernel", "kernel_regularizer"), BIAS);
    private static final List<Part> SEPARABLE = List.of(
            Part.always("depthwise_kernel", "depthwise_regularizer"),
            Part.always("pointwise_kernel", "pointwise_regularizer"),
            BIAS);
    private static final Part BIASES = Part.decided("biases", "biases_regularizer", BIASES_INITIALIZER, true);
    private static final List<Part> WEIGHTS = List.of(Part.always("weights", "weights_regularizer"), BIASES);

    /** Sources: tensorflow/python/layers/*.py of 1.15, tf_slim/layers/layers.py of 1.1.0. */
    private static final Map<String, LayerKind> TABLE = Map.ofEntries(
            layer("dense", KERNEL),
            layer("conv1d", KERNEL),
            layer("conv2d", KERNEL),
            layer("conv3d", KERNEL),
            layer("conv2d_transpose", KERNEL),
            layer("conv3d_transpose", KERNEL),
            layer("separable_conv1d", SEPARABLE),
            layer("separable_conv2d", SEPARABLE),
            layer(
                    "batch_normalization",
                    List.of(
                            Part.decided("gamma", "gamma_regularizer", "scale", true),
                            Part.decided("beta", "beta_regularizer", "center", true))),
            slim("conv1d", "Conv", WEIGHTS),
            slim("conv2d", "Conv", WEIGHTS),
            slim("conv3d", "Conv", WEIGHTS),
            slim("convolution", "Conv", WEIGHTS),
            slim("conv2d_transpose", "Conv2d_transpose", WEIGHTS),
            slim("conv3d_transpose", "Conv3d_transpose", WEIGHTS),
            slim("conv2d_in_plane", "ConvInPlane", WEIGHTS),
            slim("fully_connected", "fully_connected", WEIGHTS),
            slim(
                    "separable_conv2d",
                    "SeparableConv2d",
                    List.of(
                            Part.always("depthwise_weights", "weights_regularizer"),
                            Part.decided("pointwise_weights", "weights_regularizer", "num_outputs", true),
                            BIASES)),
            slim("batch_norm", "BatchNorm", norm("param_regularizers", false)),
            slim("layer_norm", "LayerNorm", norm("", true)),
            slim("instance_norm", "InstanceNorm", norm("", true)),
            slim("group_norm", "GroupNorm", norm("", true)),
            slim("bias_add", "BiasAdd", List.of(Part.always("biases", "regularizer"))));

    private static List<Part> norm(String regularizers, boolean isScaled) {
        return List.of(
                Part.decided("beta", regularizers, "center", true),
                Part.decided("gamma", regularizers, "scale", isScaled));
    }

    private static Map.Entry<String, LayerKind> layer(String name, List<Part> parts) {
        return Map.entry("tf.layers." + name, new LayerKind(name, parts, false));
    }

    private static Map.Entry<String, LayerKind> slim(String name, String scope, List<Part> parts) {
        return Map.entry("slim." + name, new LayerKind(scope, parts, true));
    }

    /** The layer that a function makes; empty of another function. */
    public static Optional<LayerKind> of(String function) {
        return Optional.ofNullable(TABLE.get(function));
    }

    /** The function of a class of {@code tf.layers}, such as {@code tf.layers.conv2d} of {@code tf.layers.Conv2D}. */
    static Optional<String> functionOf(String className) {
        return switch (className) {
            case "tf.layers.Dense" -> Optional.of("tf.layers.dense");
            case "tf.layers.Conv1D" -> Optional.of("tf.layers.conv1d");
            case "tf.layers.Conv2D" -> Optional.of("tf.layers.conv2d");
            case "tf.layers.Conv3D" -> Optional.of("tf.layers.conv3d");
            default -> Optional.empty();
        };
    }
}
