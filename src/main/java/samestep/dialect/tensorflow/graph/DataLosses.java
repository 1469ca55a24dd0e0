package samestep.dialect.tensorflow.graph;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.training.Reach;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.run.Exact;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Stage.LossScale;

/**
 * What the loss of the data is multiplied by: the mean over the batch, its sum, a weight. It is read off the gradients: what
 * arrives at each sample's cross-entropy, of a softmax or of a sigmoid, or at its squared difference.
 */
public final class DataLosses {
    private static final Set<String> CROSS_ENTROPIES =
            Set.of("SparseSoftmaxCrossEntropyWithLogits", "SoftmaxCrossEntropyWithLogits");
    /** sigmoid_cross_entropy_with_logits is max(x, 0) - x z + log1p(exp(-abs(x))). */
    private static final String LOGISTIC = "Log1p";

    private static final String SQUARES = "SquaredDifference";

    private static final BigDecimal SMALL = new BigDecimal("1e-60");

    private final Graph graph;
    private final GraphValues values;

    public DataLosses(Graph graph, GraphValues values) {
        this.graph = graph;
        this.values = values;
    }

    /** Whether an operation gives a loss for each sample. */
    static boolean isOfSamples(Node node) {
        return CROSS_ENTROPIES.contains(node.op())
                || node.op().equals(SQUARES)
                || node.op().equals(LOGISTIC);
    }

    /**
     * The loss's factor, as a stage that may be the plain mean.
     *
     * @param gradients what optimizers are given
     * @return empty where the loss is another one, or its reduction is not followed
     */
    public Optional<LossScale> scale(List<TensorName> gradients) {
        Set<Node> behind = Reach.backwards(graph, gradients);
        // Batch normalisation has squared differences too, but they are not a loss.
        Optional<LossScale> entropies = scale(behind, false);
        boolean any = behind.stream().anyMatch(n -> factor(n, false).isPresent());
        return any ? entropies : scale(behind, true);
    }

    private Optional<LossScale> scale(Set<Node> behind, boolean squares) {
        Set<LossScale> scales = new LinkedHashSet<>();
        Set<String> losses = new LinkedHashSet<>();
        for (Node node : behind) {
            Optional<Arriving> arriving = factor(node, squares);
            if (arriving.isPresent()) {
                Optional<LossScale> scale =
                        values.number(arriving.get().factor()).flatMap(f -> scale(f, node));
                if (scale.isEmpty()) {
                    return Optional.empty();
                }
                losses.add(arriving.get().loss());
                scales.add(scale.get());
            }
        }
        // Of several losses, each with a factor, no one factor of all can be told.
        return losses.size() == 1 && scales.size() == 1 ? scales.stream().findFirst() : Optional.empty();
    }

    /**
     * What arrives at the samples' losses.
     *
     * @param loss the operation of theirs
     */
    private record Arriving(TensorName factor, String loss) {}

    /** What arrives at the samples, where this is the product that sends it on. */
    private Optional<Arriving> factor(Node node, boolean squares) {
        if (!node.op().equals("Mul") || node.inputs().size() != 2) {
            return Optional.empty();
        }
        for (int i = 0; i < 2; i++) {
            TensorName other = Reach.through(graph, node.inputs().get(i));
            boolean samples = graph.node(other)
                    .filter(n -> squares
                            ? isDifference(n)
                            : (CROSS_ENTROPIES.contains(n.op()) && other.output() == 1) || isSlopeOfLogistic(n))
                    .isPresent();
            if (samples) {
                return Optional.of(new Arriving(node.inputs().get(1 - i), other.node()));
            }
        }
        return Optional.empty();
    }

    private boolean isDifference(Node node) {
        return node.op().equals("Sub")
                && graph.node(node.inputs().get(0)).stream()
                        .flatMap(a -> graph.uses(a).stream())
                        .anyMatch(use -> use.node().op().equals(SQUARES)
                                && use.node().inputs().equals(node.inputs()));
    }

    /** {@code 1 / (1 + y)}, where there is a {@code log1p(y)}. */
    private boolean isSlopeOfLogistic(Node node) {
        Optional<Node> sum = node.op().equals("Reciprocal") || node.op().equals("Inv")
                ? graph.node(Reach.through(graph, node.inputs().get(0)))
                : Optional.empty();
        return sum.stream()
                .flatMap(s -> s.inputs().stream())
                .flatMap(input -> graph.node(input).stream())
                .flatMap(n -> graph.uses(n).stream())
                .anyMatch(use -> use.node().op().equals(LOGISTIC));
    }

    private Optional<LossScale> scale(Expression rounded, Node product) {
        Expression factor = Expressions.withoutRounding(rounded);
        long rows = Shape.of(product, 0)
                .filter(s -> s.rank() > 0)
                .map(s -> s.sizes().get(0))
                .orElse(Shape.UNKNOWN);
        if (rows > 0
                && isConstant(factor)
                && at(factor, 1)
                                .multiply(BigDecimal.valueOf(rows))
                                .subtract(BigDecimal.ONE)
                                .abs()
                                .compareTo(SMALL)
                        < 0) {
            return Optional.of(new LossScale(LossScale.Form.WEIGHTED, weight(Expression.literal(1))));
        }
        Expression forMean = factor.times(Expression.name(Symbols.BATCH));
        if (isConstant(forMean)) {
            return Optional.of(new LossScale(LossScale.Form.WEIGHTED, weight(forMean)));
        }
        return isConstant(factor)
                ? Optional.of(new LossScale(LossScale.Form.SUMMED, weight(factor)))
                : Optional.empty();
    }

    private static boolean isConstant(Expression expression) {
        return Set.of(Symbols.BATCH).containsAll(Expressions.names(expression))
                && at(expression, 2).subtract(at(expression, 5)).abs().compareTo(SMALL) < 0;
    }

    private static BigDecimal at(Expression expression, long batch) {
        return Exact.value(Expressions.substitute(expression, Map.of(Symbols.BATCH, Expression.literal(batch))));
    }

    private static Quantity weight(Expression expression) {
        Expression value = Expressions.substitute(expression, Map.of(Symbols.BATCH, Expression.literal(1)));
        Expression short17 = Exact.decimal(value).map(Expression::literal).orElse(value);
        return new Quantity(short17, "", new Origin.Derived("what arrives at each sample", Optional.empty()));
    }
}
