package samestep.dialect.tensorflow.graph.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import samestep.dialect.ParameterList;
import samestep.dialect.tensorflow.graph.DataLosses;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.GraphLedger;
import samestep.dialect.tensorflow.graph.GraphValues;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.TensorName;
import samestep.dialect.tensorflow.graph.UpdateOps;
import samestep.dialect.tensorflow.graph.Variables;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.setting.Settings;

/** Works out what training a graph does: from each optimizer's operation back to where its inputs come from. */
public final class TrainingReader {
    private static final String TRAINABLE = "trainable_variables";

    private final Graph graph;
    private final Variables variables;
    private final GraphValues values;
    private final List<Finding> findings = new ArrayList<>();
    private final GradientReader gradients;
    private final UpdateReader updates;
    private final DeclaredPenalties declared;
    private final Detours detours;
    private final Roles roles;
    private final RateReader rates;
    private Optional<Stage.LossScale> loss = Optional.empty();

    private TrainingReader(Graph graph) {
        this.graph = graph;
        this.variables = new Variables(graph);
        this.values = new GraphValues(graph, variables);
        this.gradients = new GradientReader(graph, variables, values);
        this.updates = new UpdateReader(graph, variables, values, findings);
        this.declared = new DeclaredPenalties(graph, values);
        this.detours = new Detours(graph, variables, values);
        this.roles = new Roles(graph);
        this.rates = new RateReader(graph, variables, values, findings);
    }

    /** Reads a graph, text of a GraphDef or MetaGraphDef. */
    public static Outcome<GraphTraining> read(samestep.text.SourceText source) {
        return GraphReader.read(source).then(graph -> new TrainingReader(graph).training());
    }

    private Outcome<GraphTraining> training() {
        Map<String, List<Node>> operations = operations();
        if (operations.isEmpty() && !findings.isEmpty()) {
            return Outcome.failed(findings);
        }
        if (operations.isEmpty()) {
            return Outcome.failed(Finding.at(
                            Place.start(graph.source()),
                            Code.SS008,
                            "no optimizer updates anything in this graph: it is one for inference, or its training"
                                    + " is in functions or in another graph")
                    .detail("Give the graph.pbtxt or the .meta that the training wrote."));
        }
        Node first = operations.values().iterator().next().get(0);
        Optional<GraphRate> rate = rates.read(input(first, UpdateOps.RATE).orElseThrow(), first);
        loss = new DataLosses(graph, values)
                .scale(operations.values().stream()
                        .flatMap(List::stream)
                        .flatMap(op -> input(op, UpdateOps.GRADIENT).stream())
                        .toList());
        List<TrainedVariable> trained = new ArrayList<>();
        for (Node variable : ordered(operations.keySet())) {
            List<Node> own = operations.getOrDefault(variable.name(), List.of());
            rate.ifPresent(r -> trained.add(variable(variable, own.stream().findFirst(), r)));
        }
        severalOperations(operations);
        gradients
                .notFollowed()
                .forEach(node -> findings.add(Finding.at(
                        graph.place(node),
                        Code.SS010,
                        "the coefficient of a penalty is not a number before the run, and cannot be read yet")));
        unreadPenalties();
        lazyRows(operations);
        Set<Node> trainedPart = TrainedPart.of(graph, variables);
        Functions functions = new Functions(graph.definition());
        List<String> unknown = unknown(trainedPart, functions);
        Settings settings = new Settings(new GraphSettings(graph, variables, values, trainedPart).read())
                .with(GraphFields.of(graph, functions, trainedPart));
        boolean failed = findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
        return new Outcome<>(
                rate.filter(r -> !failed).map(r -> new GraphTraining(trained, r, loss, settings, unknown)), counted());
    }

    /** One finding for what is the same of several operations. */
    private List<Finding> counted() {
        Map<String, List<Finding>> alike = new LinkedHashMap<>();
        findings.forEach(
                f -> alike.computeIfAbsent(f.message(), m -> new ArrayList<>()).add(f));
        return alike.values().stream()
                .map(same -> {
                    long places = same.stream().map(Finding::place).distinct().count();
                    return places < 2 ? same.get(0) : same.get(0).labelled("and " + (places - 1) + " more");
                })
                .toList();
    }

    private void severalOperations(Map<String, List<Node>> operations) {
        List<String> several = operations.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
        if (!several.isEmpty()) {
            findings.add(Finding.at(
                            graph.place(operations
                                    .getOrDefault(several.get(0), List.of())
                                    .get(1)),
                            Code.SS010,
                            "more than one operation updates " + several.get(0)
                                    + (several.size() > 1 ? " and " + (several.size() - 1) + " more variables" : "")
                                    + ": which of them the training runs is not in the graph")
                    .detail("Give a graph with one training operation."));
        }
    }

    /** The operations that update each variable. */
    private Map<String, List<Node>> operations() {
        Map<String, List<Node>> operations = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            if (UpdateOps.isUpdate(node.op()) && !node.inputs().isEmpty()) {
                variables
                        .behind(node.inputs().get(0))
                        .ifPresent(v -> operations
                                .computeIfAbsent(v.name(), n -> new ArrayList<>())
                                .add(node));
            }
        }
        // For unknown operations, only the name is reported.
        operations.values().stream()
                .flatMap(List::stream)
                .filter(op -> UpdateOps.of(op.op()).isEmpty())
                .findFirst()
                .ifPresent(updates::read);
        operations
                .values()
                .removeIf(
                        ops -> ops.stream().anyMatch(op -> UpdateOps.of(op.op()).isEmpty()));
        return operations;
    }

    private static Optional<TensorName> input(Node operation, String name) {
        return UpdateOps.of(operation.op())
                .map(kind -> kind.inputs().indexOf(name))
                .filter(i -> i >= 0 && i < operation.inputs().size())
                .map(i -> operation.inputs().get(i));
    }

    /** The model's variables as the collection has them, then those that are updated all the same. */
    private List<Node> ordered(Set<String> updated) {
        Set<Node> all = new LinkedHashSet<>();
        for (TensorName tensor : graph.collection(TRAINABLE)) {
            variables.behind(tensor).ifPresent(all::add);
        }
        for (Node variable : variables.all()) {
            if (updated.contains(variable.name())) {
                all.add(variable);
            }
        }
        return List.copyOf(all);
    }

    private TrainedVariable variable(Node variable, Optional<Node> operation, GraphRate rate) {
        Optional<TensorName> given = operation.flatMap(op -> input(op, UpdateOps.GRADIENT));
        given.flatMap(detours::ofGradient).ifPresent(findings::add);
        findings.addAll(detours.ofVariable(variable, operation.isPresent()));
        Gradient gradient = given.map(g -> gradients.read(g, variable)).orElse(Gradient.OF_DATA);
        List<Stage.Penalty> penalties = new ArrayList<>();
        gradient.penalties().forEach((norm, coefficient) -> {
            Origin origin = declared.origin(variable.name(), norm)
                    .orElseGet(() -> new Origin.Derived("its part in the gradient", operation.map(graph::place)));
            penalties.add(new Stage.Penalty(norm, new Quantity(coefficient, "", origin)));
            if (declared.isOtherwise(variable.name(), norm, coefficient, loss.map(Stage.LossScale::weight))) {
                findings.add(Finding.at(
                        origin.where().orElseGet(() -> graph.place(variable)),
                        Code.SS203,
                        "a penalty is in the gradient with another coefficient ("
                                + penalties
                                        .get(penalties.size() - 1)
                                        .coefficient()
                                        .written()
                                + ") than in the collection; the gradient's is used"));
            }
        });
        List<Stage.Penalty> missing = declared.missing(variable.name(), gradient.penalties());
        if (!missing.isEmpty()) {
            given.flatMap(g -> detours.ofPenalty(g, variable)).ifPresent(findings::add);
        }
        HandDecay decay = new HandDecay(graph, values, findings);
        operation.ifPresent(op -> decay.read(variable, op));
        return new TrainedVariable(
                variable.name(),
                roles.name(variable),
                graph.place(variable),
                penalties,
                missing,
                gradient.after(),
                decay.before(),
                decay.behind(),
                operation.flatMap(updates::read),
                operation
                        .flatMap(op -> input(op, UpdateOps.RATE))
                        .map(r -> rates.multiplier(r, rate, operation.orElseThrow()))
                        .orElseGet(() -> Quantity.byDefault("1", "no operation updates it")));
    }

    private void unreadPenalties() {
        for (Node node : declared.unread()) {
            findings.add(Finding.at(
                            graph.place(node),
                            Code.SS010,
                            "the penalty " + node.name() + " cannot be read: it is neither L1 nor L2 of a variable")
                    .as(Severity.WARNING)
                    .detail("The result leaves out what it adds to gradients."));
        }
    }

    /** Operations of libraries beside TensorFlow: what they do, to weights too, is not known. */
    private List<String> unknown(Set<Node> trainedPart, Functions functions) {
        List<Node> nodes = trainedPart.stream()
                .filter(node -> GraphLedger.of(node.op()).isEmpty() && !functions.has(node.op()))
                .toList();
        List<String> names = nodes.stream().map(Node::op).distinct().sorted().toList();
        if (!names.isEmpty()) {
            findings.add(Finding.at(
                            graph.place(nodes.get(0)),
                            Code.SS044,
                            "operations that TensorFlow does not have, and that are not checked: "
                                    + ParameterList.some(names))
                    .detail("One that changes an update would be missed: no verdict is exact."));
        }
        return names.stream().map(name -> "the operation " + name).toList();
    }

    private void lazyRows(Map<String, List<Node>> operations) {
        List<String> sparse = operations.values().stream()
                .flatMap(List::stream)
                .filter(op -> UpdateOps.isSparse(op.op()))
                .map(op -> variables.behind(op.inputs().get(0)).map(Node::name).orElse(""))
                .toList();
        if (!sparse.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS222,
                            "only the rows that a batch looks up are updated of: "
                                    + ParameterList.some(List.copyOf(new TreeSet<>(sparse))))
                    .detail("The equations hold for those rows; the state of the others does not change."));
        }
    }

    /** Whether a number is the same at every step. */
    static boolean isConstant(Expression expression) {
        return samestep.equation.Expressions.names(expression).isEmpty();
    }
}
