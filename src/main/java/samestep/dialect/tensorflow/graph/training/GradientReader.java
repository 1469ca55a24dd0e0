package samestep.dialect.tensorflow.graph.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.GraphValues;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.TensorName;
import samestep.dialect.tensorflow.graph.Value.Of;
import samestep.dialect.tensorflow.graph.Value.OfWeights;
import samestep.dialect.tensorflow.graph.Variables;
import samestep.equation.Expression;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty.Norm;

/**
 * What a gradient is made of, from its end back to the sum of its parts. The graph itself says which penalties the loss has:
 * those whose gradients arrive here.
 */
final class GradientReader {
    private static final Set<String> SUMS = Set.of("AddN", "Add", "AddV2");
    private static final Set<String> PRODUCTS = Set.of("Mul", "RealDiv");
    private static final int MAX_DEPTH = 40;

    private final Graph graph;
    private final GraphValues values;
    private final Variables variables;
    private final Clipping clipping;
    private final List<Node> notFollowed = new ArrayList<>();

    GradientReader(Graph graph, Variables variables, GraphValues values) {
        this.graph = graph;
        this.variables = variables;
        this.values = values;
        this.clipping = new Clipping(graph, values);
    }

    /** Where a penalty's coefficient is not a number before the run: it follows the step, or the batch's size. */
    List<Node> notFollowed() {
        return notFollowed;
    }

    /** The gradient of a variable. */
    Gradient read(TensorName tensor, Node variable) {
        return read(tensor, variable, 0);
    }

    private Gradient read(TensorName given, Node variable, int depth) {
        TensorName tensor = Reach.through(graph, given);
        Optional<Map<Norm, Expression>> penalty = penalty(tensor, variable);
        if (penalty.isPresent()) {
            return new Gradient(penalty.get(), List.of());
        }
        Optional<Node> node = graph.node(tensor);
        if (node.isEmpty() || depth > MAX_DEPTH) {
            return Gradient.OF_DATA;
        }
        if (SUMS.contains(node.get().op())) {
            Map<Norm, Expression> penalties = new LinkedHashMap<>();
            collect(node.get(), variable, penalties, depth);
            return new Gradient(penalties, List.of());
        }
        if (node.get().op().equals("Mean")) {
            return mean(node.get(), variable, depth);
        }
        if (node.get().op().equals("Cast")) {
            return read(node.get().inputs().get(0), variable, depth + 1);
        }
        Optional<Clipping.Changed> changed = clipping.changed(tensor);
        if (changed.isEmpty()) {
            return Gradient.OF_DATA;
        }
        Gradient inner = read(changed.get().gradient(), variable, depth + 1);
        Stage stage = changed.get().stage();
        boolean scale = inner.isOfData() && stage instanceof Stage.Scale;
        return scale && isOfModel(changed.get().number(), variable) ? Gradient.OF_DATA : inner.then(stage);
    }

    /** Whether the model itself multiplies the weight by a number: then the gradient's last product is its own. */
    private boolean isOfModel(TensorName number, Node variable) {
        return graph.node(Reach.through(graph, number)).stream()
                .flatMap(n -> graph.uses(n).stream())
                .filter(use -> PRODUCTS.contains(use.node().op()))
                .flatMap(use -> use.node().inputs().stream())
                .anyMatch(input -> variables
                        .behind(Reach.through(graph, input))
                        .filter(variable::equals)
                        .isPresent());
    }

    /** The mean of the gradients of several copies of a model, each for a part of the batch. */
    private Gradient mean(Node mean, Node variable, int depth) {
        Optional<Node> together = graph.node(Reach.through(graph, mean.inputs().get(0)))
                .filter(n -> n.op().equals("Pack") || n.op().startsWith("Concat"));
        List<Node> copies = together.stream()
                .flatMap(n -> n.inputs().stream())
                .flatMap(input -> graph.node(Reach.through(graph, input)).stream())
                .filter(n -> !n.op().equals("Const"))
                .toList();
        Map<Norm, Expression> sum = new LinkedHashMap<>();
        for (Node copy : copies) {
            TensorName own = copy.op().equals("ExpandDims") ? copy.inputs().get(0) : copy.output();
            Gradient gradient = read(own, variable, depth + 1);
            if (!gradient.after().isEmpty()) {
                return Gradient.OF_DATA;
            }
            gradient.penalties().forEach((norm, c) -> sum.merge(norm, c, Expression::plus));
        }
        Expression count = Expression.literal(Math.max(1, copies.size()));
        sum.replaceAll((norm, c) -> c.over(count));
        return new Gradient(sum, List.of());
    }

    /** The penalties among the parts of a sum, and of sums in it. */
    private void collect(Node sum, Node variable, Map<Norm, Expression> into, int depth) {
        for (TensorName input : sum.inputs()) {
            TensorName part = Reach.through(graph, input);
            Optional<Map<Norm, Expression>> penalty = penalty(part, variable);
            Optional<Node> inner = graph.node(part).filter(n -> SUMS.contains(n.op()));
            if (penalty.isPresent()) {
                penalty.get().forEach((norm, coefficient) -> into.merge(norm, coefficient, Expression::plus));
            } else if (inner.isPresent() && depth < MAX_DEPTH) {
                collect(inner.get(), variable, into, depth + 1);
            }
        }
    }

    /** The gradient of penalties: numbers times the weight, or its sign. */
    private Optional<Map<Norm, Expression>> penalty(TensorName tensor, Node variable) {
        if (!(values.of(tensor) instanceof OfWeights weights)
                || !weights.variable().equals(variable.name())
                || !Set.of(Of.WEIGHT, Of.SIGN)
                        .containsAll(weights.coefficients().keySet())) {
            return Optional.empty();
        }
        if (!weights.coefficients().values().stream().allMatch(TrainingReader::isConstant)) {
            graph.node(tensor).ifPresent(notFollowed::add);
            return Optional.empty();
        }
        Map<Norm, Expression> penalties = new LinkedHashMap<>();
        Optional.ofNullable(weights.coefficients().get(Of.SIGN)).ifPresent(c -> penalties.put(Norm.L1, c));
        Optional.ofNullable(weights.coefficients().get(Of.WEIGHT)).ifPresent(c -> penalties.put(Norm.L2, c));
        return Optional.of(penalties);
    }
}
