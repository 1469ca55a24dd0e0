package samestep.dialect.tensorflow.graph.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.DataType;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.GraphLedger;
import samestep.dialect.tensorflow.graph.GraphValues;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.TensorName;
import samestep.dialect.tensorflow.graph.UpdateOps;
import samestep.dialect.tensorflow.graph.Value.Of;
import samestep.dialect.tensorflow.graph.Value.OfWeights;
import samestep.dialect.tensorflow.graph.Variables;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.ledger.Decides;

/**
 * Ways of gradients and of variables that are not followed. What is not followed must not look as if it did not exist:
 * the loss may contain a penalty that arrives by such a way.
 */
final class Detours {
    private static final int NEAR = 400;
    private static final Set<String> CHANGING = Set.of(
            "AssignSub",
            "AssignSubVariableOp",
            "AssignAdd",
            "AssignAddVariableOp",
            "ScatterSub",
            "ScatterAdd",
            "ScatterUpdate",
            "ResourceScatterSub",
            "ResourceScatterAdd",
            "ResourceScatterUpdate");

    private final Graph graph;
    private final Variables variables;
    private final GraphValues values;

    Detours(Graph graph, Variables variables, GraphValues values) {
        this.graph = graph;
        this.variables = variables;
        this.values = values;
    }

    /** A gradient that comes from outside of the graph, or from a sum that is kept in a variable. */
    Optional<Finding> ofGradient(TensorName gradient) {
        for (Node node : Reach.backwards(graph, List.of(gradient), NEAR)) {
            boolean kept = variables.isVariable(node)
                    && !variables.isOfModel(node)
                    && !DataType.isWhole(node.type())
                    && !variables.additions(node).isEmpty();
            if (kept || isElsewhere(node)) {
                return Optional.of(Finding.at(
                        graph.place(node),
                        Code.SS010,
                        "gradients come from " + (kept ? "a variable that sums them" : node.op())
                                + ": what is in them cannot be followed"));
            }
        }
        return Optional.empty();
    }

    /** Whether what comes from an operation is not in the graph, or is in a function. */
    private static boolean isElsewhere(Node node) {
        return !UpdateOps.isUpdate(node.op())
                && GraphLedger.of(node.op()).filter(Decides.NOT_READ::equals).isPresent();
    }

    /** A place in a gradient that has a multiple of the variable, or of its sign: a penalty that was not recognised. */
    Optional<Finding> ofPenalty(TensorName gradient, Node variable) {
        for (Node node : Reach.backwards(graph, List.of(gradient), NEAR)) {
            boolean product = node.op().equals("Mul") || node.op().equals("Sign");
            boolean own = product
                    && values.of(node.output()) instanceof OfWeights weights
                    && weights.variable().equals(variable.name())
                    && !weights.only(Of.WEIGHT).equals(Optional.of(Expression.literal(1)));
            if (own) {
                return Optional.of(Finding.at(
                        graph.place(node),
                        Code.SS010,
                        "a penalty seems to arrive in the gradient of " + variable.name()
                                + " by a way that cannot be followed"));
            }
        }
        return Optional.empty();
    }

    /**
     * Operations besides the optimizer's that change a variable and are not a decay.
     *
     * @param updated whether an optimizer's operation changes it at all
     */
    List<Finding> ofVariable(Node variable, boolean updated) {
        List<Finding> findings = new ArrayList<>();
        for (Graph.Use use : graph.uses(variable)) {
            boolean changes = use.input() == 0 && CHANGING.contains(use.node().op());
            if (changes && HandDecay.share(use.node(), variable, values).isEmpty()) {
                findings.add(Finding.at(
                                graph.place(use.node()),
                                Code.SS010,
                                "variables of the model are changed by "
                                        + use.node().op()
                                        + (updated
                                                ? " too; that is not in the result"
                                                : " and by no optimizer's operation, which cannot be read yet"))
                        .as(updated ? Severity.WARNING : Severity.ERROR));
            }
        }
        return findings;
    }
}
