package samestep.dialect.tensorflow.graph;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which condition decides what a {@code Merge} passes on. Source: tensorflow/python/ops/cond.py, cond: what a branch takes from
 * outside goes through a {@code Switch} with the condition, and the merge takes the branch of False first.
 */
final class Branches {
    private static final int MAX_DEPTH = 100;

    private final Graph graph;

    Branches(Graph graph) {
        this.graph = graph;
    }

    /** The condition of a merge; empty where it closes a loop, or none is found. */
    Optional<TensorName> condition(Node merge) {
        for (TensorName input : merge.inputs()) {
            Optional<TensorName> found = behind(input, new HashSet<>(), 0);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<TensorName> behind(TensorName tensor, Set<String> seen, int depth) {
        Optional<Node> found = graph.node(tensor);
        if (found.isEmpty() || depth > MAX_DEPTH || !seen.add(found.get().name())) {
            return Optional.empty();
        }
        Node node = found.get();
        switch (node.op()) {
            case "Switch", "RefSwitch" -> {
                return Optional.of(node.inputs().get(1));
            }
            // What an inner merge passes on belongs to the branch that its own condition belongs to.
            case "Merge" -> {
                return condition(node).flatMap(inner -> behind(inner, seen, depth + 1));
            }
            case "NextIteration", "Enter", "RefEnter" -> {
                return Optional.empty();
            }
            default -> {
                for (TensorName input : node.inputs()) {
                    Optional<TensorName> inside = behind(input, seen, depth + 1);
                    if (inside.isPresent()) {
                        return inside;
                    }
                }
                return Optional.empty();
            }
        }
    }

    /** Whether a condition only asks if a variable has a value yet, which all have while training. */
    boolean asksForInitialization(TensorName condition) {
        Optional<Node> node = graph.node(condition);
        while (node.filter(n -> n.op().equals("Identity")).isPresent()) {
            node = graph.node(node.get().inputs().get(0));
        }
        return node.filter(n -> n.op().equals("IsVariableInitialized") || n.op().equals("VarIsInitializedOp"))
                .isPresent();
    }
}
