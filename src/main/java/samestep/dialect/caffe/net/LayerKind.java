package samestep.dialect.caffe.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.caffe.schema.CaffeSchema;
import samestep.dialect.schema.Schema;
import samestep.recipe.Role;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;

/**
 * Which parameters a layer owns, in the order of its blobs. Source: the LayerSetUp of each layer type, and
 * src/caffe/util/upgrade_proto.cpp for the old type names.
 */
public final class LayerKind {
    private LayerKind() {}

    /**
     * The roles of a layer's blobs.
     *
     * @param type in the form of today, see {@link #modernType}
     * @param layer the message that holds the layer's own parameters
     * @return empty for a type that is not known to own parameters
     */
    public static Optional<List<Role>> roles(String type, PrototxtMessage layer) {
        return switch (type) {
            case "Convolution", "Deconvolution" ->
                Optional.of(withBias(Role.KERNEL, Role.BIAS, layer, "convolution_param"));
            case "DepthwiseConvolution", "ConvolutionDepthwise" ->
                Optional.of(withBias(Role.DEPTHWISE_KERNEL, Role.BIAS, layer, "convolution_param"));
            case "InnerProduct" -> Optional.of(withBias(Role.KERNEL, Role.BIAS, layer, "inner_product_param"));
            // Embeddings of other frameworks have no bias.
            case "Embed" -> Optional.of(withBias(Role.EMBEDDINGS, Role.OTHER, layer, "embed_param"));
            case "Scale" -> Optional.of(scale(layer));
            case "Bias" -> Optional.of(layer.fields("bottom").size() > 1 ? List.of() : List.of(Role.BIAS));
            case "BatchNorm" -> Optional.of(List.of(Role.STATISTICS, Role.STATISTICS, Role.STATISTICS));
            case "PReLU" -> Optional.of(List.of(Role.ALPHA));
            case "LSTM" -> Optional.of(recurrent(layer, List.of()));
            case "RNN" -> Optional.of(recurrent(layer, List.of(Role.OTHER, Role.OTHER)));
            case "Parameter" -> Optional.of(List.of(Role.OTHER));
            default -> Optional.empty();
        };
    }

    /**
     * A type as it is written today: {@code INNER_PRODUCT}, {@code 14} and {@code innerproduct} are
     * {@code InnerProduct}. A type that no format has stays as it is.
     */
    static String modernType(String type) {
        return CaffeSchema.schema().enumeration("V1LayerParameter.LayerType").constants().values().stream()
                .filter(c -> !c.modern().isEmpty())
                .filter(c -> c.name().equals(type)
                        || c.oldest().equals(type)
                        || Integer.toString(c.number()).equals(type))
                .findFirst()
                .map(Schema.Constant::modern)
                .orElse(type);
    }

    private static List<Role> withBias(Role weights, Role added, PrototxtMessage layer, String message) {
        return flag(layer, message, "bias_term", true) ? List.of(weights, added) : List.of(weights);
    }

    /** A second bottom is the scale itself; then only the offset is a parameter. */
    private static List<Role> scale(PrototxtMessage layer) {
        List<Role> roles = new ArrayList<>();
        if (layer.fields("bottom").size() < 2) {
            roles.add(Role.GAMMA);
        }
        if (flag(layer, "scale_param", "bias_term", false)) {
            roles.add(Role.BETA);
        }
        return roles;
    }

    /** Input weights and bias, those of a static input if there is a third bottom, the recurrent ones, the output's. */
    private static List<Role> recurrent(PrototxtMessage layer, List<Role> output) {
        List<Role> roles = new ArrayList<>(List.of(Role.KERNEL, Role.BIAS));
        if (layer.fields("bottom").size() >= 3) {
            roles.add(Role.OTHER);
        }
        roles.add(Role.RECURRENT_KERNEL);
        roles.addAll(output);
        return roles;
    }

    /** A boolean of the layer's own message; in the oldest nets it is in the layer itself, as {@code biasterm}. */
    private static boolean flag(PrototxtMessage layer, String message, String field, boolean byDefault) {
        Optional<PrototxtField> written = layer.last(message)
                .map(PrototxtField::value)
                .filter(PrototxtMessage.class::isInstance)
                .map(PrototxtMessage.class::cast)
                .map(own -> own.last(field))
                .orElseGet(() -> layer.last(field.replace("_", "")));
        return written.map(PrototxtField::value)
                .filter(PrototxtScalar.class::isInstance)
                .flatMap(value -> ((PrototxtScalar) value).bool())
                .orElse(byDefault);
    }
}
