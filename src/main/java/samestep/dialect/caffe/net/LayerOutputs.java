package samestep.dialect.caffe.net;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;

/** What the layers of a net put out, as far as it is seen without computing shapes. */
public final class LayerOutputs {
    /** They put out as many numbers as they take, each of its own place. */
    private static final Set<String> ELEMENTWISE = Set.of(
            "AbsVal",
            "BatchNorm",
            "Bias",
            "BNLL",
            "Dropout",
            "ELU",
            "Exp",
            "Log",
            "Power",
            "PReLU",
            "ReLU",
            "Scale",
            "Sigmoid",
            "Softmax",
            "Swish",
            "TanH");

    private final List<NetLayer> layers;

    /** For the layers that train, in the order of the file. */
    public LayerOutputs(List<NetLayer> layers) {
        this.layers = List.copyOf(layers);
    }

    /** Whether a sample has one output for each class, and not one at each place of a picture. */
    boolean isOfOnePlace(NetLayer reader) {
        return producer(reader)
                .map(layer -> layer.type().equals("InnerProduct")
                                && number(layer, "axis").orElse(1) == 1
                        || layer.type().equals("Pooling") && isGlobal(layer))
                .orElse(false);
    }

    /** Outputs of a sample, where the layer before says so. */
    OptionalLong perSample(NetLayer reader) {
        return producer(reader)
                .filter(layer -> layer.type().equals("InnerProduct"))
                .map(layer -> number(layer, "num_output").stream().boxed().findFirst())
                .flatMap(found -> found)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** The layer that makes what another reads first, seen through layers that change no shape. */
    private Optional<NetLayer> producer(NetLayer reader) {
        String blob = bottom(reader);
        for (int i = layers.indexOf(reader) - 1; i >= 0 && !blob.isEmpty(); i--) {
            NetLayer layer = layers.get(i);
            if (!tops(layer).contains(blob)) {
                continue;
            }
            if (!ELEMENTWISE.contains(layer.type())) {
                return Optional.of(layer);
            }
            blob = bottom(layer);
        }
        return Optional.empty();
    }

    private static String bottom(NetLayer layer) {
        return bottoms(layer).stream().findFirst().orElse("");
    }

    /** What a layer reads. */
    static List<String> bottoms(NetLayer layer) {
        return blobs(layer, "bottom");
    }

    /** What a layer makes. */
    static List<String> tops(NetLayer layer) {
        return blobs(layer, "top");
    }

    /** In the oldest format, the inputs and outputs are given around the layer. */
    private static List<String> blobs(NetLayer layer, String field) {
        return layer.rules().fields(field).stream()
                .flatMap(f -> scalar(f).stream())
                .map(PrototxtScalar::value)
                .toList();
    }

    /** The scalar that a field has; empty where it is a message. */
    static Optional<PrototxtScalar> scalar(PrototxtField field) {
        return Optional.of(field.value())
                .filter(PrototxtScalar.class::isInstance)
                .map(PrototxtScalar.class::cast);
    }

    private static boolean isGlobal(NetLayer layer) {
        return parameters(layer, "pooling_param")
                .last("global_pooling")
                .flatMap(LayerOutputs::scalar)
                .flatMap(PrototxtScalar::bool)
                .orElse(false);
    }

    private static OptionalLong number(NetLayer layer, String field) {
        return parameters(layer, "inner_product_param")
                .last(field)
                .flatMap(LayerOutputs::scalar)
                .map(PrototxtScalar::integer)
                .orElse(OptionalLong.empty());
    }

    /** A layer's own message; in the oldest format its fields are the layer's. */
    static PrototxtMessage parameters(NetLayer layer, String name) {
        return layer.message()
                .last(name)
                .map(PrototxtField::value)
                .filter(PrototxtMessage.class::isInstance)
                .map(PrototxtMessage.class::cast)
                .orElse(layer.message());
    }
}
