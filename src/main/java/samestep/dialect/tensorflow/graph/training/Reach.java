package samestep.dialect.tensorflow.graph.training;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.TensorName;

/** What tensors depend on. */
public final class Reach {
    private static final Set<String> PASSING_ON = Set.of(
            "Identity", "PreventGradient", "StopGradient", "CheckNumerics", "Reshape", "Snapshot", "EnsureShape");
    private static final int MOST_STEPS = 100;

    private Reach() {}

    /** All operations that tensors depend on. */
    public static Set<Node> backwards(Graph graph, Collection<TensorName> from) {
        return backwards(graph, from, Integer.MAX_VALUE);
    }

    /** So many of the operations that tensors depend on, the nearest first. */
    public static Set<Node> backwards(Graph graph, Collection<TensorName> from, int most) {
        Set<String> seen = new LinkedHashSet<>();
        Set<Node> found = new LinkedHashSet<>();
        Deque<TensorName> open = new ArrayDeque<>(from);
        while (!open.isEmpty() && found.size() < most) {
            TensorName tensor = open.removeFirst();
            if (seen.add(tensor.node())) {
                graph.node(tensor).ifPresent(node -> {
                    found.add(node);
                    open.addAll(node.inputs());
                });
            }
        }
        return found;
    }

    /** The tensor that goes into operations that give what they take. */
    public static TensorName through(Graph graph, TensorName tensor) {
        TensorName at = tensor;
        for (int i = 0; i < MOST_STEPS; i++) {
            Optional<Node> node = graph.node(at);
            if (node.isEmpty() || !PASSING_ON.contains(node.get().op())) {
                return at;
            }
            List<TensorName> inputs = node.get().inputs();
            at = inputs.get(0);
        }
        return at;
    }
}
