package samestep.dialect.tensorflow.write;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.TensorflowVariable;
import samestep.recipe.Role;

/** The ways of writing a TensorFlow 1 program: whose layers it has, and how their penalties reach the loss. */
public enum ProgramApi {
    /** {@code tf.compat.v1.layers} in an Estimator's model_fn. */
    ESTIMATOR(
            "tf1-estimator",
            "tf1.layers.dense(x, units, name=",
            "loss = loss + tf.compat.v1.losses.get_regularization_loss()"),
    /** {@code tf_slim}. */
    SLIM("slim", "slim.fully_connected(x, units, scope=", "loss = tf_slim.losses.get_total_loss()"),
    /** {@code tf.keras} layers, trained by an optimizer of {@code tf.compat.v1.train}. */
    KERAS("tf.keras", "tf.keras.layers.Dense(units, name=", "loss = tf.add_n([loss] + model.losses)");

    /** Before the name of the API in a style. */
    public static final String PREFIX = "python-";

    /** The argument of {@code tf1.get_variable}, for variables that no layer makes. */
    static final String OF_VARIABLE = "regularizer";
    /** The argument of slim's normalisations: a dict. */
    public static final String OF_NORM = "param_regularizers";

    private static final String WITHOUT_MIXING = "num_outputs";

    private static final Map<Role, String> ARGUMENTS = Map.of(
            Role.KERNEL, "kernel_regularizer",
            Role.BIAS, "bias_regularizer",
            Role.GAMMA, "gamma_regularizer",
            Role.BETA, "beta_regularizer",
            Role.DEPTHWISE_KERNEL, "depthwise_regularizer");
    private static final Map<Role, String> KERAS_ARGUMENTS = Map.of(
            Role.RECURRENT_KERNEL, "recurrent_regularizer",
            Role.EMBEDDINGS, "embeddings_regularizer",
            Role.ALPHA, "alpha_regularizer");
    private static final Map<Role, String> SLIM_ARGUMENTS = Map.of(
            Role.KERNEL, "weights_regularizer",
            Role.BIAS, "biases_regularizer",
            Role.DEPTHWISE_KERNEL, "weights_regularizer");

    private final String word;
    private final String example;
    private final String lossStatement;

    ProgramApi(String word, String example, String lossStatement) {
        this.word = word;
        this.example = example;
        this.lossStatement = lossStatement;
    }

    /** The style that writes it. */
    public String style() {
        return PREFIX + word;
    }

    /** The one of a style; the first for the document that is read back. */
    public static ProgramApi of(String style) {
        for (ProgramApi api : values()) {
            if (api.style().equals(style)) {
                return api;
            }
        }
        return ESTIMATOR;
    }

    /** The start of a layer's call, up to its name. */
    String example() {
        return example;
    }

    /** The statement that puts the penalties into the loss. */
    String lossStatement() {
        return lossStatement;
    }

    /** Whether l2 has the half: slim's {@code l2_regularizer} is {@code scale * tf.nn.l2_loss}, Keras' L2 has none. */
    boolean hasHalf() {
        return this == SLIM;
    }

    /** The argument of a layer that regularizes a parameter. */
    Optional<String> argument(Role role) {
        if (this == SLIM) {
            return Optional.ofNullable(SLIM_ARGUMENTS.get(role));
        }
        Optional<String> common = Optional.ofNullable(ARGUMENTS.get(role));
        return this == KERAS ? common.or(() -> Optional.ofNullable(KERAS_ARGUMENTS.get(role))) : common;
    }

    /** The last part of a variable's name. */
    String variable(Role role) {
        return switch (role) {
            case KERNEL -> this == SLIM ? "weights" : "kernel";
            case BIAS -> this == SLIM ? "biases" : "bias";
            case DEPTHWISE_KERNEL -> this == SLIM ? "depthwise_weights" : "depthwise_kernel";
            default -> TensorflowVariable.word(role);
        };
    }

    /** Whether slim's {@code param_regularizers} regularizes it, and no argument of its own. */
    boolean isParameterOfNorm(Role role) {
        return this == SLIM && (role == Role.GAMMA || role == Role.BETA);
    }

    /** What else a layer has to be given to have such a parameter: slim's separable convolution mixes channels else. */
    List<String> besides(Role role) {
        return this == SLIM && role == Role.DEPTHWISE_KERNEL ? List.of(WITHOUT_MIXING + "=None") : List.of();
    }

    /**
     * The variables that a layer has whose table gives it these arguments, each with the argument; the inverse of
     * {@link #argument} and {@link #variable}.
     *
     * @param arguments the names of them
     * @return empty if one of them is not of these tables
     */
    public static Optional<Map<String, String>> variables(Set<String> arguments) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String argument : arguments) {
            if (argument.equals(WITHOUT_MIXING) || argument.equals(OF_NORM)) {
                continue;
            }
            Optional<String> variable = variable(argument, arguments.contains(WITHOUT_MIXING));
            if (variable.isEmpty()) {
                return Optional.empty();
            }
            variables.put(variable.get(), argument);
        }
        return Optional.of(variables);
    }

    private static Optional<String> variable(String argument, boolean isDepthwise) {
        if (argument.equals(OF_VARIABLE)) {
            return Optional.of("");
        }
        Optional<String> plain = Optional.empty();
        for (ProgramApi api : values()) {
            for (Role role : Role.values()) {
                boolean isIt = api.argument(role).equals(Optional.of(argument));
                if (isIt && isDepthwise && !api.besides(role).isEmpty()) {
                    return Optional.of(api.variable(role));
                }
                plain = isIt && plain.isEmpty() ? Optional.of(api.variable(role)) : plain;
            }
        }
        return plain;
    }
}
