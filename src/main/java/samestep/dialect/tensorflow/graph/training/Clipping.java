package samestep.dialect.tensorflow.graph.training;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.Constant;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.GraphValues;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.Symbols;
import samestep.dialect.tensorflow.graph.TensorName;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.run.Exact;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * Clips and factors around a gradient. Source: tensorflow/python/ops/clip_ops.py. What a norm does to the gradient is worked
 * out as a function of the norm, so that the versions of clip_by_global_norm are all the same here.
 */
final class Clipping {
    private static final int NEAR = 4_000;
    private static final BigDecimal SMALL = new BigDecimal("1e-30");

    private final Graph graph;
    private final GraphValues values;
    private final Map<TensorName, GraphValues> withNorms = new HashMap<>();

    Clipping(Graph graph, GraphValues values) {
        this.graph = graph;
        this.values = values;
    }

    /** A gradient, and what is done to it. */
    record Changed(TensorName gradient, Stage stage, TensorName number) {}

    /** What is done to a gradient last, as far as it is a clip or a factor. */
    Optional<Changed> changed(TensorName tensor) {
        Node node = graph.node(tensor).orElseThrow();
        return switch (node.op()) {
            case "Maximum", "Minimum", "ClipByValue" -> byValue(node);
            case "Mul", "RealDiv" -> factored(tensor);
            default -> Optional.empty();
        };
    }

    private Optional<Changed> byValue(Node outer) {
        if (outer.op().equals("ClipByValue")) {
            return symmetric(
                    outer.inputs().get(0), outer.inputs().get(1), outer.inputs().get(2));
        }
        TensorName inside = Reach.through(graph, outer.inputs().get(0));
        String other = outer.op().equals("Maximum") ? "Minimum" : "Maximum";
        Optional<Node> inner = graph.node(inside).filter(n -> n.op().equals(other));
        return inner.flatMap(n -> outer.op().equals("Maximum")
                ? symmetric(n.inputs().get(0), outer.inputs().get(1), n.inputs().get(1))
                : symmetric(n.inputs().get(0), n.inputs().get(1), outer.inputs().get(1)));
    }

    private Optional<Changed> symmetric(TensorName gradient, TensorName low, TensorName high) {
        Optional<Expression> below = values.number(low);
        Optional<Expression> above = values.number(high);
        if (below.isEmpty()
                || above.isEmpty()
                || !TrainingReader.isConstant(below.get())
                || !TrainingReader.isConstant(above.get())) {
            return Optional.empty();
        }
        boolean symmetric = Exact.value(below.get()).negate().compareTo(Exact.value(above.get())) == 0;
        return symmetric
                ? Optional.of(
                        new Changed(gradient, new Stage.Clip(Stage.Clip.Kind.VALUE, quantity(above.get(), high)), high))
                : Optional.empty();
    }

    private record Factored(TensorName gradient, Expression factor, Stage.Clip.Kind kind, TensorName number) {}

    private Optional<Changed> factored(TensorName tensor) {
        Optional<Factored> found = factor(tensor);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Factored factored = found.get();
        Set<String> names = Expressions.names(factored.factor());
        if (names.isEmpty()) {
            return Optional.of(new Changed(
                    factored.gradient(), new Stage.Scale(quantity(factored.factor(), tensor)), factored.number()));
        }
        return names.equals(Set.of(Symbols.NORM))
                ? threshold(factored.factor())
                        .map(t -> new Changed(
                                factored.gradient(),
                                new Stage.Clip(factored.kind(), quantity(t, tensor)),
                                factored.number()))
                : Optional.empty();
    }

    /** The tensor that is multiplied by one number, which may depend on a norm of gradients. */
    private Optional<Factored> factor(TensorName tensor) {
        Node node = graph.node(tensor).orElseThrow();
        for (int i = 0; i < (node.op().equals("Mul") ? 2 : 1); i++) {
            TensorName gradient = Reach.through(graph, node.inputs().get(i));
            TensorName number = node.inputs().get(1 - i);
            Optional<Norms.Found> norms = new Norms(graph).behind(number, gradient, innermost(gradient), NEAR);
            GraphValues reader = norms.map(n -> withNorms.computeIfAbsent(n.key(), k -> values.with(n.names())))
                    .orElse(values);
            Optional<Expression> factor = reader.number(number);
            if (factor.isPresent()) {
                Expression own = node.op().equals("Mul")
                        ? factor.get()
                        : Expression.literal(1).over(factor.get());
                Optional<Factored> inner = graph.node(gradient)
                        .filter(n ->
                                norms.isPresent() && Set.of("Mul", "RealDiv").contains(n.op()))
                        .flatMap(n -> constantInside(n, reader));
                Stage.Clip.Kind kind = norms.map(Norms.Found::kind).orElse(Stage.Clip.Kind.TENSOR_NORM);
                return Optional.of(
                        inner.map(f -> new Factored(f.gradient(), f.factor().times(own), kind, number))
                                .orElse(new Factored(gradient, own, kind, number)));
            }
        }
        return Optional.empty();
    }

    /** clip_by_norm multiplies by the threshold first. */
    private Optional<Factored> constantInside(Node product, GraphValues reader) {
        for (int i = 0; product.op().equals("Mul") && i < 2; i++) {
            Optional<Expression> number = reader.number(product.inputs().get(1 - i));
            if (number.isPresent()) {
                return Optional.of(new Factored(
                        Reach.through(graph, product.inputs().get(i)),
                        number.get(),
                        Stage.Clip.Kind.TENSOR_NORM,
                        product.inputs().get(1 - i)));
            }
        }
        return Optional.empty();
    }

    private TensorName innermost(TensorName gradient) {
        return graph.node(gradient)
                .flatMap(n -> constantInside(n, values))
                .map(Factored::gradient)
                .orElse(gradient);
    }

    /** The threshold of which a factor is {@code min(1, threshold / norm)}. */
    private static Optional<Expression> threshold(Expression factor) {
        BigDecimal far = new BigDecimal("1e12");
        BigDecimal threshold = at(factor, far).multiply(far);
        for (Expression literal : literals(factor, new HashSet<>())) {
            BigDecimal candidate = Exact.value(literal);
            boolean isIt = candidate.signum() > 0 && near(threshold, candidate);
            if (isIt
                    && near(at(factor, candidate.multiply(new BigDecimal("0.5"))), BigDecimal.ONE)
                    && near(at(factor, candidate.multiply(BigDecimal.valueOf(2))), new BigDecimal("0.5"))) {
                return Optional.of(literal);
            }
        }
        return Optional.empty();
    }

    private static Set<Expression> literals(Expression expression, Set<Expression> into) {
        boolean rounded = expression instanceof Expression.Call call
                && call.function() == samestep.equation.Function.F32
                && call.arguments().get(0) instanceof Expression.Literal;
        if (expression instanceof Expression.Literal || rounded) {
            into.add(expression);
        } else {
            Expressions.children(expression).forEach(part -> literals(part, into));
        }
        return into;
    }

    private static boolean near(BigDecimal a, BigDecimal b) {
        return a.subtract(b).abs().compareTo(SMALL) < 0;
    }

    private static BigDecimal at(Expression factor, BigDecimal norm) {
        Expression ideal = Expressions.withoutRounding(factor);
        return Exact.value(Expressions.substitute(ideal, Map.of(Symbols.NORM, Expression.literal(norm))));
    }

    /** The number, at the constant that has it where there is one. */
    private Quantity quantity(Expression value, TensorName tensor) {
        Optional<Node> written = Reach.backwards(graph, List.of(tensor), NEAR).stream()
                .filter(node -> node.op().equals("Const"))
                .filter(node -> Constant.of(node).flatMap(Constant::uniform).equals(Optional.of(value)))
                .findFirst()
                .or(() -> graph.node(tensor));
        return new Quantity(
                value,
                "",
                written.<Origin>map(node -> new Origin.Written(graph.place(node)))
                        .orElse(new Origin.Default("the graph")));
    }
}
