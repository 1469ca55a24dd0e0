package samestep.dialect.tensorflow.graph.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.GraphValues;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.Value.Of;
import samestep.dialect.tensorflow.graph.Value.OfWeights;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.IndependentDecay;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/** A decay beside the optimizer: a share of the variable is subtracted from it, as contrib's DecoupledWeightDecayExtension does. */
final class HandDecay {
    private static final int NEAR = 3_000;
    private static final Set<String> SUBTRACTING = Set.of("AssignSub", "AssignSubVariableOp");

    private final Graph graph;
    private final GraphValues values;
    private final List<Finding> findings;
    private final List<Stage> before = new ArrayList<>();
    private final List<Stage> behind = new ArrayList<>();

    HandDecay(Graph graph, GraphValues values, List<Finding> findings) {
        this.graph = graph;
        this.values = values;
        this.findings = findings;
    }

    List<Stage> before() {
        return before;
    }

    List<Stage> behind() {
        return behind;
    }

    /** Finds those of a variable, and whether they come before its update. */
    void read(Node variable, Node update) {
        for (Graph.Use use : graph.uses(variable)) {
            Optional<Expression> share = use.input() == 0 ? share(use.node(), variable, values) : Optional.empty();
            if (share.isEmpty()) {
                continue;
            }
            boolean first = waitsFor(update, use.node());
            if (!first && !waitsFor(use.node(), update)) {
                findings.add(Finding.at(
                        graph.place(use.node()),
                        Code.SS010,
                        "the graph does not say whether a variable is made smaller before or after its update"));
            }
            (first ? before : behind).add(stage(share.get(), use.node()));
        }
    }

    /** The share of the variable that an operation subtracts from it. */
    static Optional<Expression> share(Node node, Node variable, GraphValues values) {
        boolean subtracts = SUBTRACTING.contains(node.op()) && node.inputs().size() > 1;
        return subtracts
                        && values.of(node.inputs().get(1)) instanceof OfWeights weights
                        && weights.variable().equals(variable.name())
                ? weights.only(Of.WEIGHT).filter(c -> Set.of(Builtin.T).containsAll(Expressions.names(c)))
                : Optional.empty();
    }

    private Stage stage(Expression share, Node node) {
        Quantity quantity = new Quantity(
                TrainingReader.isConstant(share) ? share : Expression.literal(0),
                "",
                new Origin.Written(graph.place(node)));
        return new IndependentDecay(quantity, TrainingReader.isConstant(share) ? Optional.empty() : Optional.of(share));
    }

    private boolean waitsFor(Node later, Node earlier) {
        Set<String> seen = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>(List.of(later));
        while (!open.isEmpty() && seen.size() < NEAR) {
            Node node = open.removeFirst();
            if (node.equals(earlier)) {
                return true;
            }
            List<String> names = new ArrayList<>(node.before());
            node.inputs().forEach(input -> names.add(input.node()));
            names.stream().filter(seen::add).forEach(n -> graph.node(n).ifPresent(open::add));
        }
        return false;
    }
}
