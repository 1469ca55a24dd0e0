package samestep.dialect.tensorflow.graph;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.equation.Expression;
import samestep.equation.run.Exact;

/** How many entries tensors have: numbers where the graph says them, and the batch's size where it is one. */
final class Sizes {
    private static final Set<String> KEEPING_SHAPE = Set.of(
            "Cast",
            "Identity",
            "Mul",
            "Neg",
            "Fill",
            "ZerosLike",
            "OnesLike",
            "RealDiv",
            "DivNoNan",
            "Sub",
            "AddV2",
            "Reshape");
    private static final int MOST_STEPS = 20;

    private final Graph graph;

    Sizes(Graph graph) {
        this.graph = graph;
    }

    /** The shape of a tensor, as far as the graph says it. */
    Optional<Shape> shape(TensorName tensor) {
        return graph.node(tensor).flatMap(node -> Shape.of(node, tensor.output()));
    }

    /** The axes over which a gradient is summed because its tensor was spread over them. */
    private Optional<TensorName> broadcast(Node node) {
        return node.inputs().stream()
                .skip(1)
                .findFirst()
                .filter(axes -> graph.node(axes)
                        .filter(n -> n.op().equals("BroadcastGradientArgs"))
                        .isPresent());
    }

    /** Whether a tensor has the larger shape of the two that were put together. */
    private boolean isNotSpread(TensorName axes) {
        Node both = graph.node(axes).orElseThrow();
        Optional<Shape> own = described(both.inputs().get(axes.output()));
        Optional<Shape> other = described(both.inputs().get(1 - axes.output()));
        if (own.isEmpty() || other.isEmpty() || own.get().rank() < other.get().rank()) {
            return false;
        }
        int shift = own.get().rank() - other.get().rank();
        for (int i = 0; i < other.get().rank(); i++) {
            long here = own.get().sizes().get(i + shift);
            long there = other.get().sizes().get(i);
            if (here == 1 && there != 1) {
                return false;
            }
        }
        return true;
    }

    /** The shape that is a tensor's value. */
    private Optional<Shape> described(TensorName tensor) {
        Optional<Node> node = graph.node(tensor);
        if (node.filter(n -> n.op().equals("Shape")).isPresent()) {
            return shape(node.get().inputs().get(0));
        }
        return node.filter(n -> n.op().equals("Const")).flatMap(Sizes::sizes);
    }

    private static Optional<Shape> sizes(Node constant) {
        if (Shape.of(constant, 0).map(s -> s.sizes().equals(List.of(0L))).orElse(false)) {
            return Optional.of(new Shape(List.of()));
        }
        return Constant.of(constant)
                .map(c -> new Shape(
                        c.values().stream().map(v -> Exact.value(v).longValue()).toList()));
    }

    /** Whether an operation gives one number. */
    boolean isScalar(Node node) {
        Optional<TensorName> axes = broadcast(node);
        if (axes.isPresent()) {
            return graph.node(axes.get())
                    .flatMap(n -> described(n.inputs().get(axes.get().output())))
                    .map(Shape::isScalar)
                    .orElse(false);
        }
        return shape(node.output()).map(Shape::isScalar).orElse(false);
    }

    /** Whether a sum or mean leaves its input as it is, as those do that undo a broadcast which did not happen. */
    boolean keepsShape(Node node) {
        Optional<TensorName> axes = broadcast(node);
        if (axes.isPresent()) {
            return isNotSpread(axes.get());
        }
        Optional<Shape> before = shape(node.inputs().get(0));
        Optional<Shape> after = shape(node.output());
        if (before.isPresent() && before.get().isScalar()) {
            return true;
        }
        return before.isPresent()
                && before.equals(after)
                && before.get().sizes().stream().noneMatch(size -> size == Shape.UNKNOWN);
    }

    /** The number of a tensor's entries; one size that is not known is the batch's, where the tensor is a loss of samples. */
    Optional<Expression> count(TensorName tensor) {
        Optional<Shape> shape = shape(tensor);
        if (shape.isEmpty()) {
            return Optional.empty();
        }
        Expression count = Expression.literal(1);
        boolean batch = false;
        for (long size : shape.get().sizes()) {
            boolean second = size == Shape.UNKNOWN && batch;
            if (second || (size == Shape.UNKNOWN && !isOfSamples(tensor))) {
                return Optional.empty();
            }
            batch |= size == Shape.UNKNOWN;
            count = count.times(size == Shape.UNKNOWN ? Expression.name(Symbols.BATCH) : Expression.literal(size));
        }
        return Optional.of(count);
    }

    private boolean isOfSamples(TensorName tensor) {
        TensorName at = tensor;
        for (int i = 0; i < MOST_STEPS; i++) {
            Optional<Node> node = graph.node(at);
            if (node.isEmpty() || DataLosses.isOfSamples(node.get()) || isSumOfSamples(node.get())) {
                return node.isPresent();
            }
            Optional<TensorName> next = keptFrom(node.get());
            if (next.isEmpty()) {
                return false;
            }
            at = next.get();
        }
        return false;
    }

    private boolean isSumOfSamples(Node node) {
        return node.op().startsWith("Add")
                && node.inputs().stream()
                        .flatMap(input -> graph.node(input).stream())
                        .anyMatch(DataLosses::isOfSamples);
    }

    /** The input whose shape an operation's output has. */
    private Optional<TensorName> keptFrom(Node node) {
        if (!KEEPING_SHAPE.contains(node.op()) || node.inputs().isEmpty()) {
            return Optional.empty();
        }
        if (node.op().equals("Fill")) {
            return graph.node(node.inputs().get(0))
                    .filter(n -> n.op().equals("Shape"))
                    .map(n -> n.inputs().get(0));
        }
        return node.inputs().stream()
                .filter(input -> shape(input).map(s -> !s.isScalar()).orElse(true))
                .findFirst();
    }

    /** The value of an operation on shapes: their product, a count, one of their sizes. */
    Optional<Expression> number(Node node) {
        TensorName input = node.inputs().get(0);
        if (node.op().equals("Size")) {
            return count(input);
        }
        Optional<Node> shape = graph.node(input);
        if (shape.filter(n -> n.op().equals("Const")).isPresent()) {
            return node.op().equals("Prod") ? product(shape.get()) : Optional.empty();
        }
        if (shape.filter(n -> n.op().startsWith("Gather")).isPresent()) {
            return node.op().equals("Prod") ? ofAllSizes(shape.get()) : Optional.empty();
        }
        if (shape.filter(n -> n.op().equals("Shape")).isEmpty()) {
            return Optional.empty();
        }
        TensorName measured = shape.get().inputs().get(0);
        if (node.op().equals("Prod")) {
            return count(measured);
        }
        boolean first = node.inputs().size() > 1
                && graph.node(node.inputs().get(1))
                        .flatMap(Constant::of)
                        .flatMap(Constant::uniform)
                        .equals(Optional.of(Expression.literal(0)));
        return first && shape(measured).map(s -> s.rank() == 1).orElse(false) ? count(measured) : Optional.empty();
    }

    /** All sizes of a tensor one by one: the gradient of a mean takes those over which the mean goes. */
    private Optional<Expression> ofAllSizes(Node gathered) {
        Optional<Node> shape = graph.node(gathered.inputs().get(0)).filter(n -> n.op().equals("Shape"));
        Optional<TensorName> measured = shape.map(n -> n.inputs().get(0));
        Optional<Long> taken = shape(gathered.output())
                .filter(s -> s.rank() == 1)
                .map(s -> s.sizes().get(0));
        boolean all = measured.flatMap(this::shape)
                .filter(s -> taken.equals(Optional.of((long) s.rank())))
                .isPresent();
        return all ? measured.flatMap(this::count) : Optional.empty();
    }

    private static Optional<Expression> product(Node constant) {
        boolean empty =
                Shape.of(constant, 0).map(s -> s.sizes().equals(List.of(0L))).orElse(false);
        return empty
                ? Optional.of(Expression.literal(1))
                : Constant.of(constant).map(c -> c.values().stream().reduce(Expression.literal(1), Expression::times));
    }
}
