package samestep.dialect.tensorflow.graph.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.Shape;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;

/** What variables are to their layers, by the operations that take them: names may say anything. */
final class Roles {
    private static final Map<String, Map<Integer, Role>> TAKING = Map.ofEntries(
            Map.entry("MatMul", Map.of(0, Role.KERNEL, 1, Role.KERNEL)),
            Map.entry("BatchMatMulV2", Map.of(1, Role.KERNEL)),
            Map.entry("SparseTensorDenseMatMul", Map.of(3, Role.KERNEL)),
            Map.entry("Conv1D", Map.of(1, Role.KERNEL)),
            Map.entry("Conv2D", Map.of(1, Role.KERNEL)),
            Map.entry("Conv3D", Map.of(1, Role.KERNEL)),
            Map.entry("Conv2DBackpropInput", Map.of(1, Role.KERNEL)),
            Map.entry("DepthwiseConv2dNative", Map.of(1, Role.DEPTHWISE_KERNEL)),
            Map.entry("BiasAdd", Map.of(1, Role.BIAS)),
            Map.entry("Gather", Map.of(0, Role.EMBEDDINGS)),
            Map.entry("GatherV2", Map.of(0, Role.EMBEDDINGS)),
            Map.entry("ResourceGather", Map.of(0, Role.EMBEDDINGS)),
            Map.entry("FusedBatchNorm", Map.of(1, Role.GAMMA, 2, Role.BETA, 3, Role.STATISTICS, 4, Role.STATISTICS)),
            Map.entry("FusedBatchNormV2", Map.of(1, Role.GAMMA, 2, Role.BETA, 3, Role.STATISTICS, 4, Role.STATISTICS)),
            Map.entry("FusedBatchNormV3", Map.of(1, Role.GAMMA, 2, Role.BETA, 3, Role.STATISTICS, 4, Role.STATISTICS)));

    private static final Set<String> PASSING_ON =
            Set.of("Identity", "ReadVariableOp", "RefSwitch", "Switch", "Enter", "RefEnter", "Cast", "ConcatV2");
    private static final Set<String> PRODUCTS = Set.of("MatMul", "Conv2D", "BatchMatMulV2", "SparseTensorDenseMatMul");
    private static final int MOST = 200;

    private final Graph graph;
    private final Set<ParameterName> taken = new HashSet<>();

    Roles(Graph graph) {
        this.graph = graph;
    }

    /** The parameter that a variable is; each has a name of its own. */
    ParameterName name(Node variable) {
        Role role = role(variable);
        int slash = variable.name().lastIndexOf('/');
        String layer = slash < 0 || role == Role.OTHER
                ? variable.name()
                : variable.name().substring(0, slash);
        ParameterName name = new ParameterName(layer, role);
        ParameterName unique = taken.add(name) ? name : new ParameterName(variable.name(), role);
        taken.add(unique);
        return unique;
    }

    private Role role(Node variable) {
        Deque<Node> open = new ArrayDeque<>();
        Set<Node> seen = new HashSet<>();
        open.add(variable);
        while (!open.isEmpty() && seen.size() < MOST) {
            Node node = open.removeFirst();
            for (Graph.Use use : graph.uses(node)) {
                Optional<Role> role = role(use, variable);
                if (role.isPresent()) {
                    return role.get();
                }
                if (PASSING_ON.contains(use.node().op()) && seen.add(use.node())) {
                    open.add(use.node());
                }
            }
        }
        return Role.OTHER;
    }

    private Optional<Role> role(Graph.Use use, Node variable) {
        String op = use.node().op();
        Optional<Role> known =
                Optional.ofNullable(TAKING.getOrDefault(op, Map.of()).get(use.input()));
        return known.or(() -> isAddedToProduct(use, variable) ? Optional.of(Role.BIAS) : Optional.empty());
    }

    private boolean isAddedToProduct(Graph.Use use, Node variable) {
        boolean sum = use.node().op().equals("Add") || use.node().op().equals("AddV2");
        boolean vector = Shape.of(variable, 0).map(s -> s.rank() == 1).orElse(false);
        if (!sum || !vector || use.node().inputs().size() != 2) {
            return false;
        }
        return graph.node(Reach.through(graph, use.node().inputs().get(1 - use.input())))
                .filter(n -> PRODUCTS.contains(n.op()))
                .isPresent();
    }
}
