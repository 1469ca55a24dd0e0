package samestep.dialect.tensorflow.program.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.program.call.NameText;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.program.World;
import samestep.program.value.Arguments;
import samestep.program.value.BoundMethod;
import samestep.program.value.FunctionValue;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Functions of TensorFlow that call others: Estimators with their {@code model_fn}, {@code slim.repeat} and {@code stack}. */
public final class Callbacks {
    private static final int MOST_LAYERS = 1_000;

    private final LayerCalls layers;
    private final Problems problems;

    Callbacks(LayerCalls layers, Problems problems) {
        this.layers = layers;
        this.problems = problems;
    }

    /** What such a call gives; empty where that is nothing special. */
    Optional<Value> result(String name, RecordedCall call, World.Calls calls) {
        switch (name) {
            case "slim.repeat" -> repeated(call, calls);
            case "slim.stack" -> stacked(call, calls);
            case "tf.estimator.Estimator",
                    "tf.estimator.tpu.TPUEstimator",
                    "tf.contrib.tpu.TPUEstimator",
                    "tf.contrib.learn.Estimator" -> estimated(call, calls);
            default -> {}
        }
        return Optional.empty();
    }

    private void estimated(RecordedCall call, World.Calls calls) {
        Optional<Argument> function = call.argument("model_fn", 0);
        if (function.isEmpty() || !isOwn(function.get().value())) {
            return;
        }
        List<String> names = parameters(function.get().value());
        Map<String, Argument> given = new LinkedHashMap<>();
        for (String name : names) {
            Value value = switch (name) {
                case "mode" -> Value.Library.of("tensorflow.estimator.ModeKeys.TRAIN");
                case "params" ->
                    call.keyword("params")
                            .map(Argument::value)
                            .orElseGet(() -> new Mapping(Mapping.DICT, Optional.of(call.place())));
                default -> new Value.Unknown("what the Estimator gives as " + name, Optional.of(call.place()));
            };
            given.put(name, new Argument(value, call.place()));
        }
        calls.call(function.get().value(), new Arguments(List.of(), given, Optional.empty()));
    }

    private static boolean isOwn(Value value) {
        return value instanceof FunctionValue || value instanceof BoundMethod;
    }

    private static List<String> parameters(Value value) {
        FunctionValue function = value instanceof BoundMethod method ? method.function() : (FunctionValue) value;
        return function.parameters().stream()
                .filter(p -> p.kind() != samestep.syntax.python.tree.Parameter.Kind.STAR
                        && p.kind() != samestep.syntax.python.tree.Parameter.Kind.DOUBLE_STAR)
                .map(samestep.syntax.python.tree.Parameter::name)
                .skip(value instanceof BoundMethod ? 1 : 0)
                .toList();
    }

    /** {@code slim.repeat(inputs, n, layer, *args, scope='conv1')}: layers conv1/conv1_1 to conv1/conv1_n. */
    private void repeated(RecordedCall call, World.Calls calls) {
        Optional<Argument> count = call.argument("repetitions", 1);
        Optional<Argument> layer = call.argument("layer", 2);
        boolean isKnown = count.isPresent()
                && count.get().value() instanceof Value.Number n
                && n.small().isPresent()
                && n.small().get() <= MOST_LAYERS;
        if (!isKnown || layer.isEmpty()) {
            problems.unknown(call.place(), "how often slim.repeat makes a layer is not known");
            return;
        }
        int turns = ((Value.Number) count.get().value()).small().orElse(0);
        List<Argument> rest = call.positional().size() > 3
                ? call.positional().subList(3, call.positional().size())
                : List.of();
        for (int i = 1; i <= turns; i++) {
            layer(call, layer.get().value(), i, "Repeat", rest, calls);
        }
    }

    /** {@code slim.stack(inputs, layer, [a, b], scope='fc')}: layers fc/fc_1 with the arguments a, and fc/fc_2 with b. */
    private void stacked(RecordedCall call, World.Calls calls) {
        Optional<Argument> layer = call.argument("layer", 1);
        Optional<Argument> all = call.argument("stack_args", 2);
        if (layer.isEmpty() || all.isEmpty() || !(all.get().value() instanceof Sequence list) || !list.isComplete()) {
            problems.unknown(call.place(), "the layers that slim.stack makes are not known");
            return;
        }
        int i = 1;
        for (Value each : list.elements()) {
            List<Value> own = each instanceof Sequence several ? several.elements() : List.of(each);
            List<Argument> rest =
                    own.stream().map(v -> new Argument(v, all.get().place())).toList();
            layer(call, layer.get().value(), i++, "Stack", rest, calls);
        }
    }

    private void layer(
            RecordedCall call, Value layer, int number, String otherwise, List<Argument> rest, World.Calls calls) {
        Map<String, Argument> keywords = new LinkedHashMap<>(call.keywords());
        for (String own : List.of("inputs", "repetitions", "layer", "stack_args", "scope")) {
            keywords.remove(own);
        }
        Optional<String> function = Names.of(layer).filter(n -> LayerKind.of(n).isPresent());
        Optional<Argument> named = call.keyword("scope");
        String ownName = function.map(f -> f.equals("slim.conv2d") ? "convolution2d" : Names.last(f))
                .orElse("layer");
        String scope = named.map(a -> NameText.of(a.value()).text()).orElse(otherwise);
        String inner = named.isPresent() ? scope : ownName;
        keywords.put(
                "scope", new Argument(new Value.Text(scope + "/" + inner + "_" + number, Origin.NONE), call.place()));
        List<Argument> positional = new ArrayList<>();
        positional.add(new Argument(new Value.Made(call), call.place()));
        positional.addAll(rest);
        if (function.isPresent()) {
            RecordedCall as = new RecordedCall(
                    call.number(), layer, positional, keywords, call.isOpen(), call.place(), call.circumstances());
            layers.made(function.get(), as, calls);
        } else if (isOwn(layer)) {
            calls.call(layer, new Arguments(positional, keywords, Optional.empty()));
        } else {
            problems.unknown(call.place(), "a layer that is repeated is not known");
        }
    }
}
