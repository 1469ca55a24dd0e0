package samestep.dialect.tensorflow.program.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.tensorflow.program.call.NameText;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.dialect.tensorflow.program.call.Signatures;
import samestep.dialect.write.Reasons;
import samestep.program.World;
import samestep.program.value.Arguments;
import samestep.program.value.FunctionValue;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/** The variables that layers make. A regularizer of the variable scope acts beside a layer's own. */
public final class LayerCalls {
    private static final Set<String> UNREAD = Set.of(
            "activity_regularizer",
            "kernel_constraint",
            "bias_constraint",
            "depthwise_constraint",
            "pointwise_constraint",
            "gamma_constraint",
            "beta_constraint");

    private final VariableScopes scopes;
    private final ArgumentScopes argumentScopes;
    private final Variables variables;
    private final Problems problems;

    LayerCalls(VariableScopes scopes, ArgumentScopes argumentScopes, Variables variables, Problems problems) {
        this.scopes = scopes;
        this.argumentScopes = argumentScopes;
        this.variables = variables;
        this.problems = problems;
    }

    /**
     * Makes the variables of a layer.
     *
     * @param function its short name
     */
    void made(String function, RecordedCall call, World.Calls calls) {
        if (call.isOpen()) {
            problems.unknown(call.place(), "not all arguments of " + Names.last(function) + " are known");
        }
        made(function, Signatures.arguments(function, call), call, calls);
    }

    /** Makes the variables of a layer of a class. */
    void made(RecordedCall constructor, RecordedCall call, World.Calls calls) {
        Optional<String> name = Names.of(constructor);
        name.flatMap(LayerKind::functionOf)
                .ifPresent(function ->
                        made(function, Signatures.arguments(name.orElseThrow(), constructor), constructor, calls));
    }

    /** Makes the variables of a layer with these arguments. */
    void made(String function, Map<String, Argument> given, RecordedCall call, World.Calls calls) {
        LayerKind kind = LayerKind.of(function).orElseThrow();
        Map<String, Argument> arguments = new LinkedHashMap<>(given);
        argumentScopes.at(call.circumstances()).getOrDefault(function, Map.of()).forEach(arguments::putIfAbsent);
        VariableScopes.Scope outer = scopes.at(call.circumstances());
        NameText path = path(kind, arguments, outer, call);
        made(kind, path, arguments, call, calls);
        for (String unread : UNREAD) {
            Argument argument = arguments.get(unread);
            if (argument != null && !(argument.value() instanceof Value.None)) {
                problems.unknown(argument.place(), unread + " of " + path.text() + " cannot be read yet");
            }
        }
    }

    private NameText path(
            LayerKind kind, Map<String, Argument> arguments, VariableScopes.Scope outer, RecordedCall call) {
        Argument named = arguments.get(kind.isSlim() ? "scope" : "name");
        if (named == null || named.value() instanceof Value.None) {
            return scopes.unique(outer.path(), kind.scope(), call.circumstances());
        }
        return scopes.of(named.value())
                .map(VariableScopes.Scope::path)
                .orElseGet(() -> NameText.of(named.value()).below(outer.path()));
    }

    private void made(
            LayerKind kind, NameText path, Map<String, Argument> arguments, RecordedCall call, World.Calls calls) {
        Optional<Argument> normalizer = Optional.ofNullable(arguments.get("normalizer_fn"))
                .filter(a -> kind.isSlim() && !(a.value() instanceof Value.None));
        boolean isTrained = isOn(Optional.ofNullable(arguments.get("trainable")), "trainable of " + path.text(), true);
        for (LayerKind.Part part : kind.parts()) {
            boolean isBiases = part.flag().equals(LayerKind.BIASES_INITIALIZER);
            boolean isThere = isBiases
                    ? normalizer.isEmpty() && isGiven(arguments, part.flag(), true)
                    : part.flag().equals("num_outputs")
                            ? isGiven(arguments, part.flag(), false)
                            : part.flag().isEmpty()
                                    || isOn(
                                            Optional.ofNullable(arguments.get(part.flag())),
                                            part.flag() + " of " + path.text(),
                                            part.isThere());
            if (isThere) {
                List<Argument> regularizers = new ArrayList<>();
                scopes.regularizer(scopes.at(call.circumstances())).ifPresent(regularizers::add);
                regularizer(part, arguments).ifPresent(regularizers::add);
                variables.get(new NameText(part.name(), true).below(path), isTrained, regularizers, call, calls);
            }
        }
        normalizer.ifPresent(n -> normalized(n, path, arguments, call, calls));
    }

    /** A regularizer by name, or the entry of a dict of them. */
    private Optional<Argument> regularizer(LayerKind.Part part, Map<String, Argument> arguments) {
        Argument given = arguments.get(part.regularizer());
        if (given == null || given.value() instanceof Value.None) {
            return Optional.empty();
        }
        if (!part.regularizer().equals("param_regularizers")) {
            return Optional.of(given);
        }
        return given.value() instanceof Mapping all
                ? all.get(part.name()).map(v -> new Argument(v, given.place()))
                : Optional.of(given);
    }

    private void normalized(
            Argument normalizer, NameText path, Map<String, Argument> layer, RecordedCall call, World.Calls calls) {
        Optional<String> function =
                Names.of(normalizer.value()).filter(n -> LayerKind.of(n).isPresent());
        Map<String, Argument> arguments = new LinkedHashMap<>();
        Argument parameters = layer.get("normalizer_params");
        if (parameters != null && parameters.value() instanceof Mapping mapping) {
            mapping.entries().forEach(e -> {
                if (e.key() instanceof Value.Text key) {
                    arguments.put(key.value(), new Argument(e.value(), parameters.place()));
                }
            });
        } else if (parameters != null && !(parameters.value() instanceof Value.None)) {
            problems.unknown(parameters.place(), "normalizer_params is not known: " + Reasons.of(parameters.value()));
        }
        if (normalizer.value() instanceof FunctionValue own) {
            calls.call(
                    own,
                    new Arguments(
                            List.of(new Argument(new Value.Made(call), call.place())), arguments, Optional.empty()));
            return;
        }
        if (function.isEmpty()) {
            if (!Names.is(normalizer.value(), "tf.identity")) {
                problems.unknown(normalizer.place(), "normalizer_fn is not known: " + Reasons.of(normalizer.value()));
            }
            return;
        }
        LayerKind kind = LayerKind.of(function.get()).orElseThrow();
        argumentScopes
                .at(call.circumstances())
                .getOrDefault(function.get(), Map.of())
                .forEach(arguments::putIfAbsent);
        made(kind, new NameText(kind.scope(), true).below(path), arguments, call, calls);
    }

    private boolean isOn(Optional<Argument> given, String what, boolean otherwise) {
        if (given.isEmpty() || given.get().value() instanceof Value.None) {
            return otherwise;
        }
        Argument argument = given.get();
        if (argument.value() instanceof Value.Bool bool) {
            return bool.value();
        }
        problems.unknown(argument.place(), what + " is not known: " + Reasons.of(argument.value()));
        return otherwise;
    }

    /** Whether an argument is not None; one that is not given has a default. */
    private static boolean isGiven(Map<String, Argument> arguments, String name, boolean otherwise) {
        Argument argument = arguments.get(name);
        return argument == null ? otherwise : !(argument.value() instanceof Value.None);
    }
}
