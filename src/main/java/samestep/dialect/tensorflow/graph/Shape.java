package samestep.dialect.tensorflow.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;

/**
 * A tensor's size in each direction, as far as the graph says it.
 *
 * @param sizes -1 where it is not known before the run
 */
public record Shape(List<Long> sizes) {
    /** Not known before the run. */
    static final long UNKNOWN = -1;

    public Shape {
        sizes = List.copyOf(sizes);
    }

    /** The shape of an output, from {@code _output_shapes} or from what the operation itself says. */
    public static Optional<Shape> of(Node node, int output) {
        Optional<List<PrototxtMessage>> listed = node.attribute("_output_shapes")
                .flatMap(value -> Node.message(value, "list"))
                .map(list -> list.fields("shape").stream()
                        .map(PrototxtField::value)
                        .filter(PrototxtMessage.class::isInstance)
                        .map(PrototxtMessage.class::cast)
                        .toList());
        if (listed.filter(shapes -> output < shapes.size()).isPresent()) {
            return read(listed.get().get(output));
        }
        return node.attribute("shape")
                .or(() -> node.attribute("value").flatMap(value -> Node.message(value, "tensor")))
                .flatMap(value -> Node.message(value, "shape").or(() -> Node.message(value, "tensor_shape")))
                .flatMap(Shape::read);
    }

    /** A shape's message; empty where not even the number of directions is known. */
    static Optional<Shape> read(PrototxtMessage message) {
        if (Node.text(message, "unknown_rank").equals("true")) {
            return Optional.empty();
        }
        List<Long> sizes = new ArrayList<>();
        for (PrototxtField dimension : message.fields("dim")) {
            boolean given = dimension.value() instanceof PrototxtMessage;
            sizes.add(given ? size((PrototxtMessage) dimension.value()) : UNKNOWN);
        }
        return Optional.of(new Shape(sizes));
    }

    /** Protobuf leaves a size of zero out. */
    private static long size(PrototxtMessage dimension) {
        List<PrototxtScalar> given = Node.scalars(dimension, "size");
        return given.isEmpty() ? 0 : given.get(0).integer().orElse(UNKNOWN);
    }

    /** The number of directions. */
    public int rank() {
        return sizes.size();
    }

    /** Whether it is one number. */
    boolean isScalar() {
        return sizes.isEmpty();
    }
}
