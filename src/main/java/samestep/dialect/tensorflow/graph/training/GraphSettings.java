package samestep.dialect.tensorflow.graph.training;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.GraphLedger;
import samestep.dialect.tensorflow.graph.GraphValues;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.Operations;
import samestep.dialect.tensorflow.graph.TensorName;
import samestep.dialect.tensorflow.graph.Variables;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.ledger.Decides;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.syntax.Decimals;

/**
 * What is trained beside the update, as far as operations say it: the epsilon of fused normalisations, and moving averages
 * {@code x -= (x - value) * share} of their statistics and of the weights.
 */
final class GraphSettings {
    private static final Set<String> SUBTRACTING = Set.of("AssignSub", "AssignSubVariableOp");
    private static final Set<String> PASSING_ON = Set.of("Identity", "Squeeze", "Merge", "Reshape");
    private static final int MOST_STEPS = 20;

    private final Graph graph;
    private final Variables variables;
    private final GraphValues values;
    private final Set<Node> trained;
    private final List<Setting> settings = new ArrayList<>();

    GraphSettings(Graph graph, Variables variables, GraphValues values, Set<Node> trained) {
        this.graph = graph;
        this.variables = variables;
        this.values = values;
        this.trained = trained;
    }

    List<Setting> read() {
        Map<String, Set<Setting>> kept = new LinkedHashMap<>();
        for (Node node : trained) {
            if (GraphLedger.of(node.op(), "epsilon") == Decides.SETTING) {
                epsilon(node);
            }
            average(node)
                    .ifPresent(s -> kept.computeIfAbsent(s.kind() + s.owner(), k -> new HashSet<>())
                            .add(s));
        }
        // The mean and the variance of a layer have one share, or no setting says it; the operations are compared
        // besides.
        kept.values().stream().map(List::copyOf).filter(GraphSettings::isOne).forEach(all -> settings.add(all.get(0)));
        return settings;
    }

    private static boolean isOne(List<Setting> all) {
        return all.stream().allMatch(s -> s.value().means(all.get(0).value()));
    }

    private void epsilon(Node node) {
        String written = node.attributes().getOrDefault("epsilon", "");
        String text = written.isEmpty() ? Operations.fallback(node.op(), "epsilon") : written;
        Origin origin = written.isEmpty()
                ? new Origin.Default("TensorFlow's default of epsilon")
                : new Origin.Derived("an attribute of " + node.op(), Optional.of(graph.place(node)));
        Decimals.parse(text)
                .ifPresent(number -> settings.add(Setting.ofLayer(
                        SettingKind.NORMALISATION_EPSILON,
                        layer(node),
                        new SettingValue.Number(new Quantity(Expression.literal(number), text, origin)),
                        new Setting.Spelling("epsilon " + text, origin, Convention.AS_IS))));
    }

    /** The layer as its parameters call it: the scope of the normalisation's gamma. */
    private String layer(Node normalisation) {
        return Optional.of(normalisation.inputs())
                .filter(inputs -> inputs.size() > 1)
                .flatMap(inputs -> variables.behind(inputs.get(1)))
                .map(gamma -> scope(gamma.name()))
                .orElseGet(() -> scope(normalisation.name()));
    }

    private static String scope(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    /** What {@code x -= (x - value) * share} keeps of x. */
    private Optional<Setting> average(Node node) {
        if (!SUBTRACTING.contains(node.op()) || node.inputs().size() < 2) {
            return Optional.empty();
        }
        Optional<Node> variable = variables.behind(node.inputs().get(0)).filter(v -> !variables.isOfModel(v));
        Optional<Node> product = graph.node(Reach.through(graph, node.inputs().get(1)))
                .filter(n -> n.op().equals("Mul") && n.inputs().size() == 2);
        if (variable.isEmpty() || product.isEmpty()) {
            return Optional.empty();
        }
        return average(variable.get(), product.get());
    }

    private Optional<Setting> average(Node variable, Node product) {
        for (int i = 0; i < 2; i++) {
            Optional<TensorName> value = subtracted(product.inputs().get(i), variable);
            Optional<Expression> share = values.number(product.inputs().get(1 - i))
                    .map(Expressions::withoutRounding)
                    .filter(TrainingReader::isConstant);
            if (value.isPresent() && share.isPresent()) {
                return kept(variable, value.get(), share.get(), product);
            }
        }
        return Optional.empty();
    }

    /** The value in {@code x - value}. */
    private Optional<TensorName> subtracted(TensorName tensor, Node variable) {
        return graph.node(Reach.through(graph, tensor))
                .filter(n -> n.op().equals("Sub") && n.inputs().size() == 2)
                .filter(n -> variables
                        .behind(n.inputs().get(0))
                        .filter(variable::equals)
                        .isPresent())
                .map(n -> n.inputs().get(1));
    }

    private Optional<Setting> kept(Node variable, TensorName value, Expression share, Node product) {
        Origin origin = new Origin.Derived("1 - what is subtracted", Optional.of(graph.place(product)));
        Quantity quantity = new Quantity(Expression.literal(1).minus(share), "", origin);
        SettingValue number = new SettingValue.Number(quantity);
        Setting.Spelling spelling = new Setting.Spelling("a moving average", origin, Convention.AS_IS);
        if (variables.behind(value).filter(variables::isOfModel).isPresent()) {
            return Optional.of(Setting.ofRun(SettingKind.WEIGHT_AVERAGE, number, spelling));
        }
        return isStatistic(value)
                ? Optional.of(Setting.ofLayer(SettingKind.STATISTICS_KEPT, scope(variable.name()), number, spelling))
                : Optional.empty();
    }

    /** The mean or the variance of a batch: what a fused normalisation gives, or what {@code nn.moments} does. */
    private boolean isStatistic(TensorName tensor) {
        TensorName at = tensor;
        for (int i = 0; i < MOST_STEPS; i++) {
            Optional<Node> node = graph.node(at);
            if (node.isEmpty()) {
                return false;
            }
            if (node.get().op().startsWith("FusedBatchNorm")) {
                return at.output() == 1 || at.output() == 2;
            }
            // A mean that is squeezed first has one value for each channel; that of a loss has not.
            if (i > 0 && node.get().op().equals("Mean")) {
                return true;
            }
            if (!PASSING_ON.contains(node.get().op()) || node.get().inputs().isEmpty()) {
                return false;
            }
            at = node.get().inputs().get(0);
        }
        return false;
    }
}
