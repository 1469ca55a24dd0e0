package samestep.dialect.jax.value;

import java.util.List;
import samestep.recipe.Role;

/** What Flax calls the parameters of a layer. */
public final class FlaxNames {
    private static final String KERNEL = "kernel";
    private static final String BIAS = "bias";
    private static final String SCALE = "scale";
    private static final String EMBEDDING = "embedding";
    private static final String SLOPE = "negative_slope";
    private static final String DEPTHWISE = "depthwise_kernel";
    private static final String RECURRENT = "recurrent_kernel";

    private FlaxNames() {}

    /** The name of a parameter; for some kinds Flax has no name of its own, and it is that of Keras. */
    public static String of(Role role) {
        return switch (role) {
            case KERNEL -> KERNEL;
            case DEPTHWISE_KERNEL -> DEPTHWISE;
            case RECURRENT_KERNEL -> RECURRENT;
            case BIAS, BETA -> BIAS;
            case GAMMA -> SCALE;
            case ALPHA -> SLOPE;
            case EMBEDDINGS -> EMBEDDING;
            case STATISTICS -> "mean";
            case OTHER -> "parameter";
        };
    }

    /**
     * What a parameter does in its layer.
     *
     * @param all the names of the layer's parameters: a bias beside a scale is that of a normalization
     */
    public static Role role(String name, List<String> all) {
        return switch (name) {
            case KERNEL -> Role.KERNEL;
            case DEPTHWISE -> Role.DEPTHWISE_KERNEL;
            case RECURRENT -> Role.RECURRENT_KERNEL;
            case BIAS -> all.contains(SCALE) ? Role.BETA : Role.BIAS;
            case SCALE -> Role.GAMMA;
            case SLOPE -> Role.ALPHA;
            case EMBEDDING -> Role.EMBEDDINGS;
            default -> Role.OTHER;
        };
    }
}
