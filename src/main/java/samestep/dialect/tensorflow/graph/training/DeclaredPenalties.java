package samestep.dialect.tensorflow.graph.training;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.GraphValues;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.TensorName;
import samestep.dialect.tensorflow.graph.Value.Penalties;
import samestep.dialect.tensorflow.graph.Value.Term;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.run.Exact;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Stage.Penalty;

/**
 * The penalties that a graph has, whether or not they reach a loss: those of the collection {@code regularization_losses},
 * or, in a file without collections, every penalty of one variable that nothing else of the kind contains.
 */
final class DeclaredPenalties {
    private static final String COLLECTION = "regularization_losses";
    private static final Set<String> ENDS = Set.of("Mul", "L2Loss", "Sum", "Add", "AddV2");

    private final Graph graph;
    private final GraphValues values;
    private final Map<String, Map<Penalty.Norm, Quantity>> declared = new HashMap<>();
    private final List<Node> unread = new ArrayList<>();

    DeclaredPenalties(Graph graph, GraphValues values) {
        this.graph = graph;
        this.values = values;
        if (graph.hasCollections()) {
            graph.collection(COLLECTION).stream().distinct().forEach(this::collected);
        } else {
            graph.nodes().stream().filter(this::isWholePenalty).forEach(node -> collected(node.output()));
        }
    }

    private void collected(TensorName tensor) {
        Optional<Node> node = graph.node(tensor);
        if (node.isEmpty()) {
            return;
        }
        if (!(values.of(tensor) instanceof Penalties penalties) || !isConstant(penalties)) {
            unread.add(node.get());
            return;
        }
        for (Map.Entry<Term, Expression> part : penalties.coefficients().entrySet()) {
            Quantity coefficient = new Quantity(part.getValue(), "", new Origin.Written(graph.place(node.get())));
            declared.computeIfAbsent(part.getKey().variable(), v -> new LinkedHashMap<>())
                    .merge(part.getKey().norm(), coefficient, DeclaredPenalties::both);
        }
    }

    private static boolean isConstant(Penalties penalties) {
        return penalties.coefficients().values().stream().allMatch(TrainingReader::isConstant);
    }

    private static Quantity both(Quantity a, Quantity b) {
        return new Quantity(a.value().plus(b.value()), "", a.origin());
    }

    /**
     * Whether it is a penalty of one variable, and is not part of a larger one of that variable. A sum of squares
     * without any factor, or half of one, is a norm that is only observed.
     */
    private boolean isWholePenalty(Node node) {
        boolean norm = values.of(node.output()) instanceof Penalties penalties
                && isConstant(penalties)
                && penalties.coefficients().values().stream()
                        .map(c -> Exact.value(Expressions.withoutRounding(c)))
                        .allMatch(c -> c.compareTo(BigDecimal.ONE) == 0 || c.compareTo(BigDecimal.valueOf(2)) == 0);
        return !norm
                && variable(node).isPresent()
                && graph.uses(node).stream()
                        .noneMatch(use -> variable(use.node()).equals(variable(node)));
    }

    private Optional<String> variable(Node node) {
        if (!ENDS.contains(node.op())
                || !(values.of(node.output()) instanceof Penalties penalties)
                || !isConstant(penalties)) {
            return Optional.empty();
        }
        List<String> variables = penalties.coefficients().keySet().stream()
                .map(Term::variable)
                .distinct()
                .toList();
        return variables.size() == 1 ? Optional.of(variables.get(0)) : Optional.empty();
    }

    /** Entries of the collection that are not a penalty of a variable that is known here. */
    List<Node> unread() {
        return unread;
    }

    /** Where the penalty of a variable is declared. */
    Optional<Origin> origin(String variable, Penalty.Norm norm) {
        return Optional.ofNullable(declared.getOrDefault(variable, Map.of()).get(norm))
                .map(Quantity::origin);
    }

    /** The penalties of a variable that are not among those that its gradient has. */
    List<Penalty> missing(String variable, Map<Penalty.Norm, Expression> reached) {
        List<Penalty> missing = new ArrayList<>();
        declared.getOrDefault(variable, Map.of()).forEach((norm, coefficient) -> {
            boolean zero = coefficient.isZero();
            if (!zero && !reached.containsKey(norm)) {
                missing.add(new Penalty(norm, coefficient));
            }
        });
        return missing;
    }

    /**
     * Whether a variable's gradient has a penalty with another coefficient than the one that is declared, by itself and in
     * proportion to the data's loss.
     */
    boolean isOtherwise(String variable, Penalty.Norm norm, Expression reached, Optional<Quantity> ofData) {
        Quantity coefficient = declared.getOrDefault(variable, Map.of()).get(norm);
        if (coefficient == null) {
            return false;
        }
        BigDecimal there = Exact.value(Expressions.withoutRounding(reached));
        BigDecimal here = coefficient.decimal();
        boolean inProportion = ofData.map(weight -> here.multiply(weight.decimal()))
                .filter(product -> product.compareTo(there) == 0)
                .isPresent();
        return here.compareTo(there) != 0 && !inProportion;
    }
}
