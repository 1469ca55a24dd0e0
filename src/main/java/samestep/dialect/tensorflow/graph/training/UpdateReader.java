package samestep.dialect.tensorflow.graph.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.GraphValues;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.TensorName;
import samestep.dialect.tensorflow.graph.UpdateOps;
import samestep.dialect.tensorflow.graph.Variables;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;

/** Reads the operation that updates a variable: its optimizer, the numbers that it is given, what its states start with. */
final class UpdateReader {
    private static final Map<String, String> FLAGS = Map.of("use_nesterov", "nesterov");

    private final Graph graph;
    private final Variables variables;
    private final GraphValues values;
    private final List<Finding> findings;

    UpdateReader(Graph graph, Variables variables, GraphValues values, List<Finding> findings) {
        this.graph = graph;
        this.variables = variables;
        this.values = values;
        this.findings = findings;
    }

    /** Reads an operation; empty, with a finding, where it cannot be understood. */
    Optional<Update> read(Node node) {
        Optional<UpdateOps.Kind> kind = UpdateOps.of(node.op());
        if (kind.isEmpty()) {
            return failed(node, "the optimizer's operation " + node.op() + " cannot be read yet");
        }
        Map<String, Quantity> numbers = new HashMap<>();
        Map<String, Quantity> starts = new HashMap<>();
        for (int i = 0; i < Math.min(node.inputs().size(), kind.get().inputs().size()); i++) {
            String name = kind.get().inputs().get(i);
            TensorName input = node.inputs().get(i);
            if (name.startsWith(".")) {
                start(input).ifPresent(q -> starts.put(name.substring(1), q));
            } else if (!List.of("w", UpdateOps.RATE, UpdateOps.GRADIENT, "-").contains(name)) {
                Optional<Quantity> number = number(input);
                if (number.isEmpty()) {
                    return failed(node, name + " of this " + node.op() + " is not a number before the run");
                }
                numbers.put(name, number.get());
            }
        }
        FLAGS.forEach((attribute, flag) ->
                numbers.put(flag, flag(node.word(attribute, "b").equals("true"), node)));
        numbers.put("centered", flag(node.op().contains("Centered"), node));
        if (node.word("multiply_linear_by_lr", "b").equals("true")) {
            return failed(node, node.op() + " with multiply_linear_by_lr cannot be read yet");
        }
        if (node.op().contains("Adam") && node.word("use_nesterov", "b").equals("true")) {
            return failed(node, "Adam with use_nesterov cannot be read yet");
        }
        return Optional.of(new Update(kind.get().equations(), numbers, starts, graph.place(node)));
    }

    private Optional<Update> failed(Node node, String message) {
        findings.add(Finding.at(graph.place(node), Code.SS010, message));
        return Optional.empty();
    }

    private Optional<Quantity> number(TensorName tensor) {
        Optional<Expression> number =
                values.number(tensor).filter(e -> Expressions.names(e).isEmpty());
        return number.map(
                e -> written(e, graph.node(Reach.through(graph, tensor)).orElseThrow()));
    }

    private Optional<Quantity> start(TensorName state) {
        return variables
                .behind(state)
                .flatMap(v -> variables
                        .initial(v)
                        .flatMap(initial -> values.number(initial)
                                .filter(e -> Expressions.names(e).isEmpty())
                                .map(e -> written(e, v))));
    }

    private Quantity flag(boolean on, Node node) {
        return on ? written(Expression.literal(1), node) : Quantity.byDefault("0", "the operation " + node.op());
    }

    private Quantity written(Expression value, Node node) {
        return new Quantity(value, "", new Origin.Written(graph.place(node)));
    }
}
