package samestep.dialect.tensorflow;

import java.util.Map;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;

/** What a variable is to its layer, by the last part of its name, as TensorFlow's layers name their variables. */
public final class TensorflowVariable {
    private static final Map<String, Role> ROLES = Map.ofEntries(
            Map.entry("kernel", Role.KERNEL),
            Map.entry("weights", Role.KERNEL),
            Map.entry("kernels", Role.KERNEL),
            Map.entry("W", Role.KERNEL),
            Map.entry("b", Role.BIAS),
            Map.entry("depthwise_kernel", Role.DEPTHWISE_KERNEL),
            Map.entry("depthwise_weights", Role.DEPTHWISE_KERNEL),
            Map.entry("pointwise_kernel", Role.KERNEL),
            Map.entry("pointwise_weights", Role.KERNEL),
            Map.entry("recurrent_kernel", Role.RECURRENT_KERNEL),
            Map.entry("bias", Role.BIAS),
            Map.entry("biases", Role.BIAS),
            Map.entry("gamma", Role.GAMMA),
            Map.entry("beta", Role.BETA),
            Map.entry("alpha", Role.ALPHA),
            Map.entry("alphas", Role.ALPHA),
            Map.entry("embeddings", Role.EMBEDDINGS),
            Map.entry("embedding_weights", Role.EMBEDDINGS),
            Map.entry("moving_mean", Role.STATISTICS),
            Map.entry("moving_variance", Role.STATISTICS));

    private TensorflowVariable() {}

    /** The parameter that a variable of that name is. */
    public static ParameterName name(String variable) {
        int slash = variable.lastIndexOf('/');
        String last = variable.substring(slash + 1);
        Role role = ROLES.getOrDefault(last, Role.OTHER);
        String layer = slash < 0 || role == Role.OTHER ? variable : variable.substring(0, slash);
        return new ParameterName(layer, role);
    }

    /** The last part of the name of a variable of that role, as tf.layers and tf.keras have it; empty where there is none. */
    public static String word(Role role) {
        return switch (role) {
            case OTHER -> "";
            case STATISTICS -> "moving_mean";
            default -> role.word().replace(' ', '_');
        };
    }
}
