package samestep.dialect.tensorflow.program.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import samestep.dialect.tensorflow.program.call.NameText;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.dialect.tensorflow.program.call.Signatures;
import samestep.dialect.tensorflow.write.ProgramDefinitions;
import samestep.program.KnownTexts;
import samestep.program.World;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * What TensorFlow 1 does while a program is followed: scopes, variables, collections and gradients are kept as the graph keeps
 * them, so that loops over variables take their turns and conditions on names are decided.
 */
public final class GraphWorld implements World {
    private static final Set<String> MAKE_VARIABLES = Set.of("tf.get_variable", "slim.variable", "slim.model_variable");
    private static final Set<String> NO_LOSSES = Set.of(
            "get_losses",
            "get_regularization_losses",
            "get_regularization_loss",
            "get_total_loss",
            "add_loss",
            "Reduction");
    private static final Set<String> SAME_OPTIMIZER = Set.of(
            "tf.train.SyncReplicasOptimizer",
            "slim.MovingAverageOptimizer",
            "contrib.opt.MovingAverageOptimizer",
            "tf.contrib.tpu.CrossShardOptimizer",
            "tf.tpu.CrossShardOptimizer",
            "tf.train.experimental.enable_mixed_precision_graph_rewrite");

    private final Problems problems = new Problems();
    private final VariableScopes scopes = new VariableScopes();
    private final ArgumentScopes argumentScopes = new ArgumentScopes(problems);
    private final GraphCollections collections = new GraphCollections();
    private final Variables variables = new Variables(collections, problems);
    private final Gradients gradients = new Gradients(variables);
    private final LayerCalls layers = new LayerCalls(scopes, argumentScopes, variables, problems);
    private final Callbacks callbacks = new Callbacks(layers, problems);
    private final Trainings trainings = new Trainings(this);
    private final Assignments assignments = new Assignments(variables, problems);
    private final WrittenNetwork written = new WrittenNetwork(variables, collections, problems);
    private final KnownTexts ours = new KnownTexts(ProgramDefinitions::named);

    public Problems problems() {
        return problems;
    }

    public ArgumentScopes argumentScopes() {
        return argumentScopes;
    }

    public GraphCollections collections() {
        return collections;
    }

    public VariableScopes scopes() {
        return scopes;
    }

    public Variables variables() {
        return variables;
    }

    public Gradients gradients() {
        return gradients;
    }

    public Trainings trainings() {
        return trainings;
    }

    public Assignments assignments() {
        return assignments;
    }

    @Override
    public Optional<Value> result(RecordedCall call, Calls calls) {
        assignments.note(call);
        if (WrittenNetwork.is(call)) {
            written.made(call, calls);
            return Optional.empty();
        }
        if (call.callee() instanceof Value.Made made) {
            return ofMade(made.call(), call, calls);
        }
        Optional<String> name = Names.of(call);
        Optional<String> ofTensorpack = name.isPresent() ? Optional.empty() : Tensorpack.name(call);
        if (ofTensorpack.isPresent()) {
            return new Tensorpack(this).result(ofTensorpack.get(), call, calls);
        }
        if (name.isEmpty()) {
            return methods(call, calls);
        }
        return ofTensorflow(name.get(), call, calls);
    }

    /** A layer's object that is called, or a regularizer. */
    private Optional<Value> ofMade(RecordedCall made, RecordedCall call, Calls calls) {
        Optional<String> name = Names.of(made);
        if (name.flatMap(LayerKind::functionOf).isPresent()) {
            layers.made(made, call, calls);
            return Optional.empty();
        }
        boolean isRegularizer = name.filter(n -> n.endsWith("regularizer") || n.contains(".regularizers."))
                .isPresent();
        return isRegularizer && !call.positional().isEmpty()
                ? Optional.of(regularized(
                        new Value.Made(made), call.positional().get(0).value(), call))
                : Optional.empty();
    }

    private static Value regularized(Value regularizer, Value variable, RecordedCall call) {
        return new Value.Computed(Variables.REGULARIZED, List.of(regularizer, variable), 1, call.place());
    }

    private Optional<Value> methods(RecordedCall call, Calls calls) {
        if (!(call.callee() instanceof Value.Member member)) {
            return call.name().equals("horovod.tensorflow.DistributedOptimizer") ? first(call) : Optional.empty();
        }
        return switch (member.name()) {
            case "minimize" -> trainings.minimized(call);
            case "compute_gradients" -> trainings.computed(call);
            case "apply_gradients" -> trainings.applied(call);
            case "get_collection", "get_collection_ref" -> collection(call);
            case "add_to_collection" -> added(call);
            case "DistributedOptimizer" -> first(call);
            case "set_regularizer" -> regularized(call, member.owner());
            default -> Optional.empty();
        };
    }

    private Optional<Value> ofTensorflow(String name, RecordedCall call, Calls calls) {
        if (LayerKind.of(name).isPresent()) {
            layers.made(name, call, calls);
            return Optional.empty();
        }
        if (Networks.makesVariables(name)) {
            problems.unknown(
                    call.place(), "the variables and penalties that " + Names.last(name) + " makes are not read yet");
        }
        if (MAKE_VARIABLES.contains(name) || name.equals("tf.Variable")) {
            return Optional.of(variable(name, call, calls));
        }
        if (SAME_OPTIMIZER.contains(name)) {
            aggregated(name, call);
            return first(call);
        }
        if (name.startsWith("tf.losses.") || name.startsWith("slim.losses.")) {
            return losses(Names.last(name), call);
        }
        return switch (name) {
            case "tf.variable_scope" -> opened(call);
            case "tf.get_variable_scope" -> {
                scopes.asked(call);
                yield Optional.empty();
            }
            case "slim.arg_scope" -> {
                argumentScopes.opened(call);
                yield Optional.empty();
            }
            case "tf.trainable_variables" ->
                Optional.of(variables.list(v -> inScope(v, call, 0), call.circumstances(), call.place()));
            case "slim.get_variables", "slim.get_model_variables", "tf.global_variables", "tf.all_variables" ->
                Optional.of(variables.list(v -> inScope(v, call, 0), call.circumstances(), call.place()));
            case "slim.get_variables_to_restore" -> Optional.of(restored(call));
            case "tf.get_collection", "tf.get_collection_ref" -> collection(call);
            case "tf.add_to_collection" -> added(call);
            case "tf.gradients" -> trainings.differentiated(call);
            case "tf.clip_by_global_norm" -> trainings.clipped(call);
            case "slim.learning.clip_gradient_norms" -> trainings.clippedPairs(call);
            case "slim.learning.create_train_op", "slim.optimize_loss" -> trainings.created(name, call, calls);
            case "slim.apply_regularization" -> applied(call);
            default -> callbacks.result(name, call, calls);
        };
    }

    private Optional<Value> opened(RecordedCall call) {
        scopes.opened(call);
        return Optional.empty();
    }

    private Optional<Value> regularized(RecordedCall call, Value owner) {
        Optional<VariableScopes.Scope> scope = scopes.of(owner);
        Optional<Argument> regularizer = call.argument("regularizer", 0);
        if (scope.isEmpty() || regularizer.isEmpty() || call.circumstances().isConditional()) {
            problems.unknown(call.place(), "which regularizer a variable scope has from here on is not known");
        } else {
            scopes.regularized(scope.get(), regularizer.get());
        }
        return Optional.empty();
    }

    /** An update takes the mean of several replicas' gradients, each of a batch. */
    private void aggregated(String name, RecordedCall call) {
        boolean isOne = call.argument("replicas_to_aggregate", 1)
                .filter(a -> a.value() instanceof Value.Number n && n.value() == 1)
                .isPresent();
        if (name.equals("tf.train.SyncReplicasOptimizer") && !isOne) {
            problems.unknown(call.place(), "an update has the mean gradient of several replicas, which is not read");
        }
    }

    private static Optional<Value> first(RecordedCall call) {
        return call.positional().stream().findFirst().map(Argument::value);
    }

    private Value variable(String name, RecordedCall call, Calls calls) {
        Map<String, Argument> arguments = Signatures.arguments(name, call);
        VariableScopes.Scope scope = scopes.at(call.circumstances());
        Argument named = arguments.get("name");
        boolean isPlain = name.equals("tf.Variable");
        NameText own = named == null || named.value() instanceof Value.None
                ? new NameText("Variable", true)
                : NameText.of(named.value());
        NameText path = isPlain ? scopes.uniqueOperation(scope.path(), own.text()) : own.below(scope.path());
        Argument constraint = arguments.get("constraint");
        if (constraint != null && !(constraint.value() instanceof Value.None)) {
            problems.unknown(
                    constraint.place(),
                    "a constraint changes " + path.text() + " after each update, which is not read");
        }
        Argument trainable = arguments.get("trainable");
        boolean isTrained = trainable == null
                || trainable.value() instanceof Value.None
                || !(trainable.value() instanceof Value.Bool bool)
                || bool.value();
        if (trainable != null && trainable.value().isSymbolic()) {
            problems.unknown(trainable.place(), "whether " + path.text() + " is trained is not known");
        }
        Optional<Argument> regularizer = isPlain
                ? Optional.empty()
                : Optional.ofNullable(arguments.get("regularizer"))
                        .filter(a -> !(a.value() instanceof Value.None))
                        .or(() -> scopes.regularizer(scope));
        NameText exact = isPlain && !own.isKnown() ? new NameText(path.text(), false) : path;
        return variables
                .get(exact, isTrained, regularizer.stream().toList(), call, calls)
                .value();
    }

    /** Whether a variable is below the scope that a call is given, if it is given one. */
    private boolean inScope(Variable variable, RecordedCall call, int position) {
        Optional<Value> scope = call.argument("scope", position).map(Argument::value);
        if (scope.isEmpty() || scope.get() instanceof Value.None) {
            return true;
        }
        Optional<VariableScopes.Scope> known = scopes.of(scope.get());
        String start = known.map(s -> s.path().text())
                .orElseGet(() -> scope.get() instanceof Value.Text text ? text.value() : "*");
        if (start.contains("*")) {
            problems.unknown(call.place(), "which variables are in a scope is not known");
            return true;
        }
        return variable.path().startsWith(start);
    }

    /** The trained ones of the variables that are below one of the scopes that are included, and below none excluded. */
    private Value restored(RecordedCall call) {
        Optional<List<String>> included = texts(call, "include", 0);
        Optional<List<String>> excluded = texts(call, "exclude", 1);
        return variables.list(
                v -> included.map(l -> l.stream().anyMatch(v.path()::startsWith))
                                .orElse(true)
                        && excluded.map(l -> l.stream().noneMatch(v.path()::startsWith))
                                .orElse(true),
                call.circumstances(),
                call.place());
    }

    private Optional<List<String>> texts(RecordedCall call, String argument, int position) {
        Optional<Value> given = call.argument(argument, position).map(Argument::value);
        if (given.isEmpty() || given.get() instanceof Value.None) {
            return Optional.empty();
        }
        List<Value> elements = given.get() instanceof Sequence list && list.isComplete()
                ? list.elements()
                : given.stream().toList();
        if (!elements.stream().allMatch(Value.Text.class::isInstance)) {
            problems.unknown(call.place(), "which variables are chosen here is not known");
            return Optional.empty();
        }
        return Optional.of(elements.stream().map(e -> ((Value.Text) e).value()).toList());
    }

    private Optional<Value> collection(RecordedCall call) {
        Optional<String> key = call.argument("key", 0).flatMap(a -> GraphCollections.key(a.value()));
        if (key.isEmpty()) {
            return Optional.empty();
        }
        String name = key.get();
        if (name.equals("trainable_variables")) {
            return Optional.of(variables.list(v -> inScope(v, call, 1), call.circumstances(), call.place()));
        }
        boolean isKnown = collections.has(name)
                || name.equals(GraphCollections.LOSSES)
                || name.equals(GraphCollections.PENALTIES);
        return isKnown ? Optional.of(entries(name, call, 1)) : Optional.empty();
    }

    /** The entries of a collection, of those that were added within a name scope if the call is given one. */
    private Sequence entries(String key, RecordedCall call, int position) {
        Optional<Value> scope = call.argument("scope", position).map(Argument::value);
        boolean isWhole = scope.isEmpty()
                || scope.get() instanceof Value.None
                || scope.get() instanceof Value.Text text && text.value().isEmpty();
        if (!isWhole && scope.get() instanceof Value.Made) {
            return collections.list(
                    key, e -> e.added().contexts().contains(scope.get()), call.circumstances(), call.place());
        }
        if (!isWhole) {
            problems.unknown(call.place(), "which entries of the collection " + key + " are in a scope is not known");
        }
        return collections.list(key, e -> true, call.circumstances(), call.place());
    }

    private Optional<Value> added(RecordedCall call) {
        Optional<String> key = call.argument("name", 0).flatMap(a -> GraphCollections.key(a.value()));
        Optional<Value> value = call.argument("value", 1).map(Argument::value);
        if (key.isPresent() && value.isPresent()) {
            collections.add(key.get(), value.get(), call.circumstances());
        } else {
            problems.unknown(call.place(), "what is added to which collection is not known");
        }
        return Optional.empty();
    }

    private Optional<Value> losses(String function, RecordedCall call) {
        return switch (function) {
            case "add_loss" -> {
                call.argument("loss", 0)
                        .ifPresent(a -> collections.add(GraphCollections.LOSSES, a.value(), call.circumstances()));
                yield Optional.empty();
            }
            case "get_losses" -> Optional.of(entries(GraphCollections.LOSSES, call, 0));
            case "get_regularization_losses" -> Optional.of(entries(GraphCollections.PENALTIES, call, 0));
            case "get_regularization_loss" ->
                Optional.of(sum(call, List.of(entries(GraphCollections.PENALTIES, call, 0))));
            case "get_total_loss" -> Optional.of(total(call));
            default -> {
                Optional<Argument> into = call.keyword("loss_collection");
                boolean isKept = into.isPresent() && into.get().value() instanceof Value.None;
                if (!NO_LOSSES.contains(function) && !isKept) {
                    collections.add(GraphCollections.LOSSES, new Value.Made(call), call.circumstances());
                }
                yield Optional.empty();
            }
        };
    }

    /** The collected losses, with the penalties by default. */
    private Value total(RecordedCall call) {
        Optional<Value> penalties =
                call.argument("add_regularization_losses", 0).map(Argument::value);
        Sequence losses = collections.list(GraphCollections.LOSSES, e -> true, call.circumstances(), call.place());
        if (penalties.isPresent() && penalties.get() instanceof Value.Bool bool && !bool.value()) {
            return sum(call, List.of(losses));
        }
        if (penalties.isPresent() && !(penalties.get() instanceof Value.Bool)) {
            problems.unknown(call.place(), "whether get_total_loss adds the penalties is not known");
        }
        return sum(
                call,
                List.of(
                        losses,
                        collections.list(GraphCollections.PENALTIES, e -> true, call.circumstances(), call.place())));
    }

    private static Value sum(RecordedCall call, List<Value> lists) {
        return new Value.Computed(GraphCollections.SUM, lists, 1, call.place());
    }

    /** {@code apply_regularization(regularizer, weights)}: the sum of the penalties, which it also collects. */
    private Optional<Value> applied(RecordedCall call) {
        Optional<Value> regularizer = call.argument("regularizer", 0).map(Argument::value);
        Optional<Value> weights = call.argument("weights_list", 1).map(Argument::value);
        if (regularizer.isEmpty()) {
            return Optional.empty();
        }
        boolean isGiven = weights.isPresent() && !(weights.get() instanceof Value.None);
        if (!isGiven || !(weights.get() instanceof Sequence list) || list.rest().isPresent()) {
            problems.unknown(call.place(), "the weights that apply_regularization is given are not known");
            return Optional.empty();
        }
        Sequence penalties = Gradients.each(list, v -> regularized(regularizer.get(), v, call));
        Value sum = sum(call, List.of(penalties));
        collections.add(GraphCollections.PENALTIES, sum, call.circumstances());
        return Optional.of(sum);
    }

    @Override
    public Optional<Value> attribute(Value owner, String name) {
        Optional<Variable> variable =
                owner instanceof Value.Member op && op.name().equals("op")
                        ? variables.of(op.owner())
                        : variables.of(owner);
        if (variable.isPresent() && name.equals("name") && variable.get().isNameKnown()) {
            boolean isOp = owner instanceof Value.Member;
            return Optional.of(new Value.Text(variable.get().path() + (isOp ? "" : ":0"), Origin.NONE));
        }
        Optional<VariableScopes.Scope> scope = scopes.of(owner);
        return scope.filter(s -> name.equals("name") && s.path().isKnown())
                .<Value>map(s -> new Value.Text(s.path().text(), Origin.NONE))
                .or(() -> written.attribute(owner, name));
    }

    @Override
    public Optional<Value> definition(String text, Function<String, Optional<Value>> names) {
        return ours.definition(text, names);
    }

    @Override
    public Optional<Boolean> truth(Value condition) {
        return new Truths(variables, gradients).of(condition);
    }
}
