package samestep.dialect.tensorflow.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.Value.Of;
import samestep.dialect.tensorflow.graph.Value.OfWeights;
import samestep.dialect.tensorflow.graph.Value.Uniform;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.recipe.ScheduleForm;

/**
 * What can be said of a graph's tensors before it runs: which are one number, perhaps one that follows the step counter, and
 * which are penalties of a variable or their gradients. Everything else is {@link Value#UNKNOWN}, and never guessed.
 */
public final class GraphValues {
    /** A longer chain of operations is neither a schedule nor a penalty. */
    private static final int MAX_DEPTH = 400;

    private static final Set<String> PASSING_ON = Set.of(
            "Identity",
            "RefIdentity",
            "StopGradient",
            "PreventGradient",
            "CheckNumerics",
            "Snapshot",
            "EnsureShape",
            "Reshape",
            "Switch",
            "RefSwitch",
            "ReadVariableOp");
    /** Of these only a number that all entries share is kept. */
    private static final Set<String> SPREADING = Set.of("Tile", "BroadcastTo", "ExpandDims", "Squeeze");

    private final Graph graph;
    private final Variables variables;
    private final Sizes sizes;
    private final Branches branches;
    private final Map<TensorName, Expression> given = new HashMap<>();
    private final Map<TensorName, Value> known = new HashMap<>();
    private final Set<TensorName> asked = new HashSet<>();
    private int depth;

    public GraphValues(Graph graph, Variables variables) {
        this.graph = graph;
        this.variables = variables;
        this.sizes = new Sizes(graph);
        this.branches = new Branches(graph);
    }

    /** A reader of the same graph in which some tensors are numbers with names. */
    public GraphValues with(Map<TensorName, Expression> names) {
        GraphValues other = new GraphValues(graph, variables);
        other.given.putAll(names);
        return other;
    }

    /** What a tensor is. */
    public Value of(TensorName tensor) {
        Value found = known.get(tensor);
        if (found != null) {
            return found;
        }
        Expression name = given.get(tensor);
        if (name != null) {
            return new Uniform(name);
        }
        // Loops of a graph come back to a tensor that is being asked for.
        if (depth >= MAX_DEPTH || !asked.add(tensor)) {
            return Value.UNKNOWN;
        }
        depth++;
        Value value = graph.node(tensor).map(node -> of(node, tensor)).orElse(Value.UNKNOWN);
        depth--;
        asked.remove(tensor);
        known.put(tensor, value);
        return value;
    }

    /** The number that all entries of a tensor are. */
    public Optional<Expression> number(TensorName tensor) {
        return of(tensor).uniform();
    }

    private Value of(Node node, TensorName tensor) {
        if (node.op().equals("Const")) {
            return uniform(Constant.of(node).flatMap(Constant::uniform));
        }
        Optional<Node> variable = variables.behind(tensor);
        if (variable.isPresent()) {
            return read(variable.get());
        }
        if (PASSING_ON.contains(node.op()) && !node.inputs().isEmpty()) {
            return of(node.inputs().get(0));
        }
        if (SPREADING.contains(node.op())) {
            return uniform(number(node.inputs().get(0)));
        }
        return switch (node.op()) {
            case "Cast" -> rounded(node, of(node.inputs().get(0)));
            case "Fill" -> of(node.inputs().get(1));
            case "OnesLike" -> new Uniform(Expression.literal(1));
            case "ZerosLike" -> new Uniform(Expression.literal(0));
            case "Merge" -> merged(node);
            case "Sum", "Mean" -> reduced(node);
            case "Prod", "Size", "StridedSlice" -> uniform(sizes.number(node));
            case "L2Loss" -> ValueArithmetic.halfOfSquares(of(node.inputs().get(0)));
            default -> rounded(node, elementwise(node));
        };
    }

    private static Value uniform(Optional<Expression> number) {
        return number.<Value>map(Uniform::new).orElse(Value.UNKNOWN);
    }

    /** A step counter is the step; a variable of the model its own weight; any other changes as it will. */
    private Value read(Node variable) {
        List<TensorName> additions = variables.additions(variable);
        if (!additions.isEmpty() && DataType.isWhole(variable.type())) {
            boolean byOne = additions.stream().allMatch(a -> isOne(number(a)));
            Optional<Expression> start = variables.initial(variable).flatMap(this::number);
            return byOne && start.isPresent()
                    ? ValueArithmetic.sum(new Uniform(ScheduleForm.T), new Uniform(start.get()))
                    : Value.UNKNOWN;
        }
        return setting(variable)
                .<Value>map(Uniform::new)
                .orElse(new OfWeights(variable.name(), Map.of(Of.WEIGHT, Expression.literal(1))));
    }

    /** Keras' optimizers have their hyper-parameters in variables, which nothing in the graph changes. */
    private Optional<Expression> setting(Node variable) {
        boolean one = Shape.of(variable, 0).map(Shape::isScalar).orElse(false);
        return one && !variables.isOfModel(variable) && !variables.isAssignedLater(variable)
                ? variables.initial(variable).flatMap(this::number)
                : Optional.empty();
    }

    private static boolean isOne(Optional<Expression> number) {
        return number.equals(Optional.of(Expression.literal(1)));
    }

    private Value merged(Node node) {
        Optional<TensorName> condition = branches.condition(node);
        if (condition.isEmpty() || node.inputs().size() != 2) {
            return Value.UNKNOWN;
        }
        if (branches.asksForInitialization(condition.get())) {
            return of(node.inputs().get(1));
        }
        return uniform(number(condition.get())
                .flatMap(asked -> number(node.inputs().get(1))
                        .flatMap(yes -> number(node.inputs().get(0)).map(no -> ElementwiseOps.where(asked, yes, no)))));
    }

    private Value reduced(Node node) {
        TensorName input = node.inputs().get(0);
        Value value = of(input);
        if (sizes.keepsShape(node)) {
            return value;
        }
        boolean mean = node.op().equals("Mean");
        Optional<Expression> count = sizes.count(input);
        if (value instanceof Uniform uniform) {
            boolean all = sizes.isScalar(node);
            return mean
                    ? value
                    : uniform(count.filter(c -> all).map(c -> uniform.number().times(c)));
        }
        if (!(value instanceof OfWeights weights) || !sizes.isScalar(node)) {
            return Value.UNKNOWN;
        }
        Value total = ValueArithmetic.total(weights);
        return !mean
                ? total
                : count.map(c -> ValueArithmetic.changed(total, e -> e.over(c))).orElse(Value.UNKNOWN);
    }

    private Value elementwise(Node node) {
        List<Value> values = new ArrayList<>();
        for (TensorName input : node.inputs()) {
            values.add(ElementwiseOps.knows(node.op()) ? of(input) : Value.UNKNOWN);
        }
        return divides(node, values).orElseGet(() -> ElementwiseOps.apply(node.op(), node.type(), values));
    }

    /**
     * In single precision the place of the rounding decides where a staircase or a fall ends: TensorFlow's optimizer of graphs
     * makes of a division by a constant a product with the reciprocal. The recording tf1-momentum-polynomial-cycle-l2 shows it.
     */
    private static Optional<Value> divides(Node node, List<Value> values) {
        boolean division = node.op().equals("RealDiv") && node.type().equals(DataType.FLOAT);
        Optional<Expression> dividend = division ? values.get(0).uniform() : Optional.empty();
        Optional<Expression> divisor = division ? values.get(1).uniform() : Optional.empty();
        boolean follows = dividend.filter(d -> !Expressions.names(d).isEmpty()).isPresent();
        boolean constant = divisor.filter(d -> Expressions.names(d).isEmpty()).isPresent();
        return follows && constant
                ? Optional.of(new Uniform(dividend.get()
                        .times(Expression.literal(1).over(divisor.get()).rounded())))
                : Optional.empty();
    }

    /** What TensorFlow computes in single precision is rounded after each operation. */
    private static Value rounded(Node node, Value value) {
        boolean single = node.type().equals(DataType.FLOAT);
        return single ? ValueArithmetic.changed(value, GraphValues::rounded) : value;
    }

    private static Expression rounded(Expression number) {
        boolean already = number instanceof Expression.Call call && call.function() == samestep.equation.Function.F32;
        boolean exact = number instanceof Expression.Literal literal
                && literal.value().precision() < 8
                && literal.value().scale() <= 0;
        return already || exact ? number : number.rounded();
    }
}
