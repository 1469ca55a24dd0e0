package samestep.dialect.tensorflow.graph.training;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.Constant;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.GraphValues;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.TensorName;
import samestep.dialect.tensorflow.graph.Variables;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;

/** Reads what an optimizer's operation is given as its learning rate: a number, or a formula of the step counter. */
final class RateReader {
    private static final int NEAR = 2_000;
    private static final int[] STEPS = {0, 1, 2, 7, 100, 1_001, 31_337};

    private final Graph graph;
    private final Variables variables;
    private final GraphValues values;
    private final List<Finding> findings;

    RateReader(Graph graph, Variables variables, GraphValues values, List<Finding> findings) {
        this.graph = graph;
        this.variables = variables;
        this.values = values;
        this.findings = findings;
    }

    /** The rate; empty, with a finding, where it cannot be understood. */
    Optional<GraphRate> read(TensorName tensor, Node operation) {
        TensorName behind = Reach.through(graph, tensor);
        Node node = graph.node(behind).orElse(operation);
        Optional<Expression> formula = formula(tensor);
        if (formula.isEmpty()) {
            findings.add(Finding.at(
                            graph.place(node),
                            Code.SS010,
                            "the learning rate " + node.name() + " (" + node.op()
                                    + ") is neither a number nor a formula of the step that can be read")
                    .detail("It is fed, or made by operations that are not followed."));
            return Optional.empty();
        }
        List<Quantity> constants = new ArrayList<>();
        for (Node part : Reach.backwards(graph, List.of(tensor), NEAR)) {
            if (part.op().equals("Const")) {
                Constant.of(part)
                        .flatMap(Constant::uniform)
                        .ifPresent(number ->
                                constants.add(new Quantity(number, "", new Origin.Written(graph.place(part)))));
            }
        }
        return Optional.of(new GraphRate(formula.get(), graph.place(node), constants));
    }

    private Optional<Expression> formula(TensorName tensor) {
        Optional<Expression> number =
                values.number(tensor).filter(e -> Set.of(Builtin.T).containsAll(Expressions.names(e)));
        Optional<Node> variable = variables
                .behind(Reach.through(graph, tensor))
                .filter(v -> variables.additions(v).isEmpty());
        return variable.isPresent() ? ofVariable(variable.get()) : number;
    }

    /** A rate that is set from outside: only its first value is known. */
    private Optional<Expression> ofVariable(Node variable) {
        Optional<Expression> start = variables
                .initial(variable)
                .flatMap(values::number)
                .filter(e -> Expressions.names(e).isEmpty());
        boolean changes = variables.isAssignedLater(variable);
        start.ifPresent(s -> findings.add(Finding.at(
                        graph.place(variable),
                        Code.SS441,
                        "the learning rate is the variable " + variable.name()
                                + ", taken as constant at what it starts with"
                                + (changes ? "; the graph has operations that change it, and does not say when" : ""))
                .as(changes ? Severity.WARNING : Severity.NOTE)));
        return start;
    }

    /** What the first rate is multiplied by for another operation. */
    Quantity multiplier(TensorName tensor, GraphRate first, Node operation) {
        Quantity one = Quantity.byDefault("1", "the graph: every variable has the same rate");
        Optional<Expression> formula = formula(tensor);
        if (formula.equals(Optional.of(first.formula()))) {
            return one;
        }
        Optional<BigDecimal> factor = formula.flatMap(f -> factor(f, first.formula()));
        if (factor.isEmpty()) {
            findings.add(Finding.at(
                    graph.place(operation),
                    Code.SS010,
                    "the learning rate of " + operation.name() + " is not a multiple of the first one's"));
            return one;
        }
        return new Quantity(Expression.literal(factor.get()), "", new Origin.Written(graph.place(operation)));
    }

    private static Optional<BigDecimal> factor(Expression a, Expression b) {
        BigDecimal factor = null;
        for (int step : STEPS) {
            BigDecimal below = at(b, step);
            if (below.signum() == 0) {
                return Optional.empty();
            }
            BigDecimal quotient =
                    at(a, step).divide(below, new java.math.MathContext(40)).stripTrailingZeros();
            if (factor != null && factor.compareTo(quotient) != 0) {
                return Optional.empty();
            }
            factor = quotient;
        }
        return Optional.ofNullable(factor);
    }

    private static BigDecimal at(Expression formula, int step) {
        Expression ideal = Expressions.withoutRounding(formula);
        return Exact.value(Expressions.substitute(ideal, Map.of(Builtin.T, Expression.literal(step))));
    }
}
