package samestep.dialect.tensorflow.graph.training;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.Symbols;
import samestep.dialect.tensorflow.graph.TensorName;
import samestep.equation.Expression;
import samestep.recipe.Stage.Clip.Kind;

/** The norms of gradients that a number depends on: of all together, or of one. */
final class Norms {
    private static final Expression NORM = Expression.name(Symbols.NORM);

    private final Graph graph;

    Norms(Graph graph) {
        this.graph = graph;
    }

    /**
     * A norm.
     *
     * @param names what is a function of it
     * @param kind whose norm it is
     */
    record Found(Map<TensorName, Expression> names, Kind kind) {
        Found {
            names = Map.copyOf(names);
        }

        /** The same for the same norm. */
        TensorName key() {
            return names.keySet().stream()
                    .min(java.util.Comparator.comparing(TensorName::toString))
                    .orElseThrow();
        }
    }

    /**
     * The norm that a number depends on.
     *
     * @param number the number
     * @param gradient what it multiplies
     * @param inner the same before a constant factor
     * @param near how many operations are looked at
     */
    Optional<Found> behind(TensorName number, TensorName gradient, TensorName inner, int near) {
        Set<TensorName> measured = new HashSet<>();
        Map<TensorName, Expression> squares = new HashMap<>();
        Optional<TensorName> root = Optional.empty();
        for (Node node : Reach.backwards(graph, List.of(number), near)) {
            boolean half = node.op().equals("L2Loss");
            boolean full = node.op().equals("Sum") && isSquare(node.inputs().get(0));
            if (half || full) {
                TensorName of = half
                        ? through(node.inputs().get(0))
                        : squared(node.inputs().get(0));
                measured.add(of);
                Expression square = NORM.times(NORM);
                squares.put(node.output(), half ? square.over(Expression.literal(2)) : square);
            } else if (node.op().equals("Sqrt") && root.isEmpty()) {
                root = Optional.of(node.output());
            }
        }
        boolean own = measured.contains(gradient) || measured.contains(inner);
        if (!own) {
            return Optional.empty();
        }
        return measured.size() == 1
                ? Optional.of(new Found(squares, Kind.TENSOR_NORM))
                : root.map(r -> new Found(Map.of(r, NORM), Kind.GLOBAL_NORM));
    }

    private boolean isSquare(TensorName tensor) {
        Optional<Node> node = graph.node(Reach.through(graph, tensor));
        return node.filter(n -> n.op().equals("Square")
                        || (n.op().equals("Mul")
                                && through(n.inputs().get(0))
                                        .equals(through(n.inputs().get(1)))))
                .isPresent();
    }

    private TensorName squared(TensorName tensor) {
        return through(
                graph.node(Reach.through(graph, tensor)).orElseThrow().inputs().get(0));
    }

    private TensorName through(TensorName tensor) {
        return Reach.through(graph, tensor);
    }
}
