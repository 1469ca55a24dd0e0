package samestep.dialect.tensorflow.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables of a graph, old ones by reference and newer ones by a handle. */
public final class Variables {
    private static final Set<String> OPERATIONS = Set.of("VariableV2", "Variable", "VarHandleOp");
    private static final Set<String> PASSING_ON =
            Set.of("Identity", "RefIdentity", "ReadVariableOp", "RefSwitch", "Enter", "RefEnter");
    private static final Set<String> ASSIGNING = Set.of("Assign", "AssignVariableOp");
    private static final Set<String> ADDING = Set.of("AssignAdd", "AssignAddVariableOp");
    private static final Set<String> RESTORING = Set.of("RestoreV2", "Restore", "RestoreSlice");
    private static final int MOST_STEPS = 20;

    private final Graph graph;
    private final Map<String, Node> variables = new LinkedHashMap<>();
    private final Set<String> model = new HashSet<>();

    public Variables(Graph graph) {
        this.graph = graph;
        for (Node node : graph.nodes()) {
            if (OPERATIONS.contains(node.op())) {
                variables.put(node.name(), node);
            }
        }
        graph.collection("trainable_variables").forEach(tensor -> model.add(tensor.node()));
        for (Node node : graph.nodes()) {
            if (UpdateOps.isUpdate(node.op()) && !node.inputs().isEmpty()) {
                behind(node.inputs().get(0)).ifPresent(variable -> model.add(variable.name()));
            }
        }
    }

    /** Whether it is one that is trained: it is in the collection, or an optimizer's operation updates it. */
    public boolean isOfModel(Node variable) {
        return model.contains(variable.name());
    }

    /** Whether an operation is a variable. */
    public boolean isVariable(Node node) {
        return variables.containsKey(node.name());
    }

    /** All of them. */
    public List<Node> all() {
        return List.copyOf(variables.values());
    }

    /** The variable whose value or reference a tensor is, through reads and identities. */
    public Optional<Node> behind(TensorName tensor) {
        TensorName at = tensor;
        for (int i = 0; i < MOST_STEPS; i++) {
            Optional<Node> node = graph.node(at);
            if (node.isEmpty()) {
                return Optional.empty();
            }
            if (variables.containsKey(node.get().name())) {
                return node;
            }
            boolean passes =
                    PASSING_ON.contains(node.get().op()) && !node.get().inputs().isEmpty();
            if (!passes) {
                return Optional.empty();
            }
            at = node.get().inputs().get(0);
        }
        return Optional.empty();
    }

    /** What a variable starts with: what is assigned to it and comes from no checkpoint. */
    public Optional<TensorName> initial(Node variable) {
        List<TensorName> assigned = assigned(variable);
        return assigned.isEmpty() ? Optional.empty() : Optional.of(assigned.get(0));
    }

    /** Whether something besides its start and a checkpoint is assigned to it. */
    public boolean isAssignedLater(Node variable) {
        return assigned(variable).size() > 1
                || graph.uses(variable).stream()
                        .anyMatch(use -> use.input() == 0
                                && (ADDING.contains(use.node().op())
                                        || use.node().op().startsWith("AssignSub")));
    }

    private List<TensorName> assigned(Node variable) {
        List<TensorName> assigned = new ArrayList<>();
        for (Graph.Use use : graph.uses(variable)) {
            boolean assigns = use.input() == 0 && ASSIGNING.contains(use.node().op());
            if (assigns && use.node().inputs().size() > 1) {
                TensorName value = use.node().inputs().get(1);
                if (!comesFromCheckpoint(value)) {
                    assigned.add(value);
                }
            }
        }
        return assigned;
    }

    /** Whether a value is read from a file. */
    public boolean comesFromCheckpoint(TensorName tensor) {
        TensorName at = tensor;
        for (int i = 0; i < MOST_STEPS; i++) {
            Optional<Node> node = graph.node(at);
            if (node.filter(n -> RESTORING.contains(n.op())).isPresent()) {
                return true;
            }
            if (node.isEmpty() || !node.get().op().equals("Identity")) {
                return false;
            }
            at = node.get().inputs().get(0);
        }
        return false;
    }

    /** What is added to a variable, where something is. */
    public List<TensorName> additions(Node variable) {
        return graph.uses(variable).stream()
                .filter(use -> use.input() == 0 && ADDING.contains(use.node().op()))
                .filter(use -> use.node().inputs().size() > 1)
                .map(use -> use.node().inputs().get(1))
                .toList();
    }
}
