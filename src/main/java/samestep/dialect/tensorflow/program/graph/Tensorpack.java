package samestep.dialect.tensorflow.program.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import samestep.dialect.tensorflow.program.call.NameText;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.program.World;
import samestep.program.value.Arguments;
import samestep.program.value.BoundMethod;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * Programs of tensorpack: layers that make the variables {@code W} and {@code b}, penalties of all variables whose names match, and
 * a model that the trainer builds. Sources: tensorpack/models/*.py, tensorpack/train/config.py of 0.9.8.
 */
public final class Tensorpack {
    private static final String ROOT = "tensorpack.";
    private static final Set<String> WITH_KERNEL = Set.of("Conv2D", "FullyConnected", "Conv2DTranspose", "Deconv2D");
    /** What makes no variables. */
    public static final Set<String> PLAIN = Set.of(
            "MaxPooling",
            "AvgPooling",
            "GlobalAvgPooling",
            "Dropout",
            "BatchNorm",
            "Conv2D",
            "FullyConnected",
            "Conv2DTranspose",
            "Deconv2D");

    private static final Set<String> UNREAD =
            Set.of("LinearWrap", "BNReLU", "PReLU", "LayerNorm", "InstanceNorm", "GroupNorm", "Maxout", "KerasModel");

    /** What is the same in Java's regular expressions, and takes no long time. */
    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_./|:$^*+()-]{1,100}");

    private final GraphWorld world;

    Tensorpack(GraphWorld world) {
        this.world = world;
    }

    /** The function's own name; empty if it is not tensorpack's. */
    public static Optional<String> name(RecordedCall call) {
        if (!(call.callee() instanceof Value.Library library)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(List.of(library.name()));
        names.addAll(library.others());
        return names.stream().filter(n -> n.startsWith(ROOT)).findFirst().map(Names::last);
    }

    /** What a call gives; empty where that is nothing special. */
    Optional<Value> result(String name, RecordedCall call, World.Calls calls) {
        if (WITH_KERNEL.contains(name)) {
            layer(call, List.of("W", "b"), calls);
        } else if (name.equals("BatchNorm")) {
            layer(call, List.of("gamma", "beta"), calls);
        } else if (name.equals("regularize_cost")) {
            return Optional.of(penalties(call));
        } else if (name.equals("regularize_cost_from_collection")) {
            Sequence all =
                    world.collections().list(GraphCollections.PENALTIES, e -> true, call.circumstances(), call.place());
            return Optional.of(new Value.Computed(GraphCollections.SUM, List.of(all), 1, call.place()));
        } else if (UNREAD.contains(name)) {
            world.problems()
                    .unknown(call.place(), "the variables and penalties that " + name + " makes are not read yet");
        } else if (name.equals("TrainConfig")) {
            call.keyword("model")
                    .map(Argument::value)
                    .filter(Instance.class::isInstance)
                    .ifPresent(model -> trained((Instance) model, call, calls));
        }
        return Optional.empty();
    }

    private void layer(RecordedCall call, List<String> variables, World.Calls calls) {
        Optional<Argument> named = call.argument("name", 0);
        NameText own = named.map(a -> NameText.of(a.value())).orElse(new NameText("*", false));
        for (String variable : variables) {
            boolean isThere = !variable.equals("b") || hasBias(call);
            if (isThere) {
                world.variables()
                        .get(
                                new NameText(variable, true)
                                        .below(own.below(world.scopes()
                                                .at(call.circumstances())
                                                .path())),
                                true,
                                List.of(),
                                call,
                                calls);
            }
        }
    }

    /** Whether it has a bias: its own argument decides, else that of the scopes around it. */
    private boolean hasBias(RecordedCall call) {
        List<RecordedCall> scopes = new ArrayList<>(List.of(call));
        for (Value context : call.circumstances().contexts()) {
            if (context instanceof Value.Made made
                    && name(made.call()).filter("argscope"::equals).isPresent()) {
                scopes.add(1, made.call());
            }
        }
        for (RecordedCall scope : scopes) {
            for (String unread : List.of("activation", "nl", "kernel_regularizer", "bias_regularizer")) {
                Optional<Argument> given = scope.keyword(unread)
                        .filter(a -> !(a.value() instanceof Value.None))
                        .filter(a -> Names.of(a.value())
                                .filter(n -> n.startsWith("tf."))
                                .isEmpty());
                given.ifPresent(a ->
                        world.problems().unknown(a.place(), unread + " of a layer of tensorpack cannot be read yet"));
            }
        }
        Optional<Value> flag = scopes.stream()
                .flatMap(scope -> scope.keyword("use_bias").stream())
                .map(Argument::value)
                .findFirst();
        return flag.isEmpty() || !(flag.get() instanceof Value.Bool bool) || bool.value();
    }

    /** {@code regularize_cost('fc.*\/W', regularizer)}: the sum over the trained variables in whose names it is found. */
    private Value penalties(RecordedCall call) {
        Optional<Value> regex = call.argument("regex", 0).map(Argument::value);
        Optional<Argument> regularizer = call.argument("func", 1);
        boolean isRead = regex.isPresent()
                && regex.get() instanceof Value.Text text
                && SIMPLE.matcher(text.value()).matches()
                && !text.value().matches(".*\\)[*+].*");
        if (!isRead || regularizer.isEmpty()) {
            world.problems().unknown(call.place(), "which variables regularize_cost chooses is not known");
            return new Value.Made(call);
        }
        Pattern pattern = Pattern.compile(((Value.Text) regex.get()).value());
        Sequence chosen =
                world.variables().list(v -> pattern.matcher(v.path()).find(), call.circumstances(), call.place());
        Sequence penalties = Gradients.each(
                chosen,
                v -> new Value.Computed(
                        Variables.REGULARIZED,
                        List.of(regularizer.get().value(), v),
                        1,
                        regularizer.get().place()));
        return new Value.Computed(GraphCollections.SUM, List.of(penalties), 1, call.place());
    }

    /** The trainer builds the model's graph, and minimizes what that gives by the model's optimizer. */
    private void trained(Instance model, RecordedCall call, World.Calls calls) {
        Optional<Value> cost = method(model, "build_graph", call, calls);
        Optional<Value> optimizer = method(model, "optimizer", call, calls);
        if (cost.isEmpty() || optimizer.isEmpty()) {
            return;
        }
        Sequence variables = world.variables().list(v -> true, call.circumstances(), call.place());
        world.gradients()
                .by(cost.get(), variables, call)
                .ifPresent(g -> world.trainings().applied(optimizer.get(), Gradients.pairs(g, variables, call), call));
    }

    private static Optional<Value> method(Instance model, String name, RecordedCall call, World.Calls calls) {
        Optional<Value> found = model.type().attribute(name);
        if (found.isEmpty() || !(found.get() instanceof FunctionValue function)) {
            return Optional.empty();
        }
        List<Argument> arguments = function.parameters().stream()
                .skip(1)
                .filter(p -> p.kind() != samestep.syntax.python.tree.Parameter.Kind.STAR
                        && p.kind() != samestep.syntax.python.tree.Parameter.Kind.DOUBLE_STAR)
                .map(p -> new Argument(
                        new Value.Unknown("what the trainer gives as " + p.name(), Optional.of(call.place())),
                        call.place()))
                .toList();
        return Optional.of(calls.call(
                new BoundMethod(model, function), new Arguments(arguments, java.util.Map.of(), Optional.empty())));
    }
}
