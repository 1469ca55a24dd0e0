package samestep.dialect.tensorflow.graph.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.GraphLedger;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.TensorName;
import samestep.dialect.tensorflow.graph.UpdateOps;
import samestep.dialect.tensorflow.graph.Variables;
import samestep.recipe.ledger.Decides;

/**
 * The part of a graph that decides what is trained: what lies before the operations that change variables, control inputs
 * included. The numbers of an update (its rate, its momentum) are left out, because they are read. Summaries,
 * checkpoints that are written and evaluations lie before nothing of this.
 */
final class TrainedPart {
    private static final Pattern CHANGING =
            Pattern.compile("(Resource)?(Assign|Scatter|StridedSliceAssign|CountUpTo|Inplace).*");
    /** What is filled by operations that take it: queues, iterators, tables. */
    private static final Pattern FILLED = Pattern.compile(
            ".*(Queue|QueueV2|Iterator|IteratorV2|Table|TableV2|TableOfTensors|TableOfTensorsV2|Reader|ReaderV2|Barrier"
                    + "|TensorArray|TensorArrayV2|TensorArrayV3|Stack|StackV2|Accumulator)");

    /** What is filled by a name of its own, and what runs functions, which may change variables. */
    private static final Set<String> APART = Set.of(
            "Stage",
            "MapStage",
            "OrderedMapStage",
            "If",
            "Case",
            "While",
            "For",
            "PartitionedCall",
            "StatefulPartitionedCall",
            "RemoteCall",
            "SymbolicGradient",
            "PyFunc",
            "PyFuncStateless",
            "EagerPyFunc");

    private final Graph graph;
    private final Variables variables;
    private final Set<Node> found = new LinkedHashSet<>();
    private final Deque<Node> open = new ArrayDeque<>();

    private TrainedPart(Graph graph, Variables variables) {
        this.graph = graph;
        this.variables = variables;
    }

    /** Its operations, without those that decide nothing. */
    static Set<Node> of(Graph graph, Variables variables) {
        TrainedPart part = new TrainedPart(graph, variables);
        graph.nodes().stream().filter(part::isRoot).forEach(part::add);
        while (!part.open.isEmpty()) {
            part.follow(part.open.removeFirst());
        }
        return part.found;
    }

    private boolean isRoot(Node node) {
        return UpdateOps.isUpdate(node.op())
                || APART.contains(node.op())
                || GraphLedger.of(node.op()).isEmpty()
                || changes(node);
    }

    private boolean changes(Node node) {
        boolean changing =
                CHANGING.matcher(node.op()).matches() && !node.inputs().isEmpty();
        return changing
                && variables.behind(node.inputs().get(0)).isPresent()
                && !(node.inputs().size() > 1
                        && variables.comesFromCheckpoint(node.inputs().get(1)));
    }

    private void add(Node node) {
        boolean decides =
                GraphLedger.of(node.op()).filter(Decides.NOTHING::equals).isEmpty();
        if (decides && found.add(node)) {
            open.add(node);
        }
    }

    private void follow(Node node) {
        Optional<List<String>> kinds = UpdateOps.of(node.op()).map(UpdateOps.Kind::inputs);
        for (int i = 0; i < node.inputs().size(); i++) {
            TensorName input = node.inputs().get(i);
            int at = i;
            boolean number =
                    kinds.filter(k -> at < k.size() && isNumber(k.get(at))).isPresent();
            if (!number) {
                graph.node(input).ifPresent(this::add);
            }
        }
        node.before().forEach(name -> graph.node(name).ifPresent(this::add));
        if (FILLED.matcher(node.op()).matches()) {
            graph.uses(node).forEach(use -> add(use.node()));
        }
    }

    /** Whether an input of an update is one of its numbers, and no gradient, variable or state. */
    private static boolean isNumber(String kind) {
        return !kind.startsWith(".") && !Set.of("w", "-", UpdateOps.GRADIENT).contains(kind);
    }
}
