package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.program.Trace;
import samestep.program.value.BoundMethod;
import samestep.program.value.Instance;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Finds the layers of a model: back from its outputs, through its list of layers, or in its attributes. */
final class ModelWalk {
    /**
     * A part of a model that is not read.
     *
     * @param reason why; empty where the value says it
     */
    record Gap(String what, Value value, Optional<String> reason) {
        Gap(String what, Value value) {
            this(what, value, Optional.empty());
        }
    }

    private final Trace trace;
    private final Layers layers;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Made> found = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<RecordedCall> models = new ArrayList<>();

    ModelWalk(Trace trace, Layers layers) {
        this.trace = trace;
        this.layers = layers;
    }

    /** The layers found, in the order in which the program makes them. */
    List<Made> found() {
        return found.stream().sorted(Comparator.comparingInt(Made::order)).toList();
    }

    /** What could not be followed. */
    List<Gap> gaps() {
        return gaps;
    }

    /** The models that were met on the way, the outermost too. */
    List<RecordedCall> models() {
        return models;
    }

    /** Follows a value: a model, a layer, a tensor. An explicit stack, because a net can be a thousand layers deep. */
    void follow(Value start) {
        List<Value> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            step(open.remove(open.size() - 1), open);
        }
    }

    private void step(Value value, List<Value> open) {
        if (value instanceof Value.Made made) {
            if (seen.add(made.call())) {
                call(made.call(), open);
            }
        } else if (value instanceof Instance instance) {
            if (seen.add(instance)) {
                instance(instance, open);
            }
        } else if (value instanceof Sequence sequence) {
            open.addAll(sequence.elements());
            sequence.rest().ifPresent(rest -> gaps.add(new Gap("a list", rest)));
        } else if (value instanceof Mapping mapping) {
            mapping.entries().forEach(e -> open.add(e.value()));
        } else if (value instanceof Value.OneOf oneOf) {
            if (isOfLayers(oneOf)) {
                gaps.add(new Gap("which layers there are", oneOf));
            }
            oneOf.alternatives().forEach(a -> open.add(a.value()));
        } else if (value instanceof Value.Guarded guarded) {
            gaps.add(new Gap("whether there is a layer", guarded));
            open.add(guarded.value());
        } else {
            symbol(value, open);
        }
    }

    private void symbol(Value value, List<Value> open) {
        if (value instanceof Value.Member member) {
            open.add(member.owner());
        } else if (value instanceof Value.Element element) {
            open.add(element.owner());
        } else if (value instanceof Value.Each each) {
            open.add(each.iterable());
        } else if (value instanceof Value.Computed computed) {
            open.addAll(computed.operands());
        } else if (value instanceof BoundMethod method) {
            open.add(method.receiver());
        } else if (value instanceof Value.Unknown unknown) {
            gaps.add(new Gap("a part of the model", unknown));
        }
    }

    private void call(RecordedCall call, List<Value> open) {
        Value callee = call.callee();
        if (Names.isModelClass(callee)) {
            models.add(call);
            arguments(call, open);
            trace.callsOn(new Value.Made(call)).stream()
                    .filter(c -> c.name().endsWith(").add"))
                    .forEach(c -> {
                        if (c.circumstances().isConditional()) {
                            gaps.add(new Gap(
                                    "whether the model has this layer",
                                    new Value.Made(c),
                                    Optional.of("a condition decides it")));
                        }
                        arguments(c, open);
                    });
            return;
        }
        if (layers.of(call).isPresent()) {
            found.add(layers.of(call).get());
            call.circumstances().loops().stream()
                    .filter(loop -> !loop.isKnown())
                    .findFirst()
                    .ifPresent(loop -> gaps.add(new Gap(
                            "how many layers the loop at " + loop.place() + " makes",
                            new Value.Made(call),
                            Optional.of("its turns depend on what is not known"))));
            return;
        }
        if (callee instanceof Value.Library) {
            library(call, open);
            return;
        }
        open.add(callee);
        arguments(call, open);
    }

    /** A function of Keras or TensorFlow has no variables; models of elsewhere have. */
    private void library(RecordedCall call, List<Value> open) {
        String name = call.name();
        boolean isModel = name.contains(".applications.") && Names.isUpper(Names.last(name))
                || name.endsWith(".load_model")
                || name.endsWith(".model_from_json")
                || name.endsWith(".model_from_yaml")
                || name.endsWith(".clone_model");
        boolean isBuiltin = name.indexOf('.') < 0;
        boolean isFunction = isBuiltin
                || Names.ofKeras(call.callee()).isPresent()
                || name.startsWith("tensorflow.")
                || name.startsWith("numpy.")
                || name.startsWith("math.");
        if (isModel || !isFunction) {
            gaps.add(new Gap(
                    "a part of the model",
                    new Value.Made(call),
                    Optional.of("it is made by " + name + ", which is not read")));
        }
        if (!isModel) {
            arguments(call, open);
        }
    }

    private static final Set<String> TENSORS =
            Set.of("inputs", "input", "outputs", "output", "layers", "x", "layer", "forward_layer");

    /** The arguments that may be layers or tensors; an unknown constant, such as a size, is not part of a model. */
    private static void arguments(RecordedCall call, List<Value> open) {
        boolean isOfLayers = !(call.callee() instanceof Value.Library) || Names.isModelClass(call.callee());
        for (Argument argument : call.positional()) {
            push(argument.value(), isOfLayers, open);
        }
        call.keywords().forEach((name, argument) -> {
            if (!name.equals("name")) {
                push(argument.value(), isOfLayers && TENSORS.contains(name), open);
            }
        });
    }

    private static void push(Value value, boolean isTensor, List<Value> open) {
        if (isTensor || !(value instanceof Value.Unknown)) {
            open.add(value);
        }
    }

    private void instance(Instance instance, List<Value> open) {
        Optional<Made> layer = layers.of(instance);
        boolean hasOwn = layers.hasOwnVariables(instance);
        if (layer.isPresent() && (hasOwn || !layer.get().isPlain())) {
            found.add(layer.get());
        } else if (layer.isEmpty() && hasOwn) {
            gaps.add(new Gap("a layer of class " + instance.type().name(), instance));
        }
        instance.attributes().values().stream().filter(ModelWalk::mayHoldLayers).forEach(open::add);
    }

    private static boolean mayHoldLayers(Value value) {
        if (value instanceof Value.Made made) {
            return !(made.call().callee() instanceof Value.Library library)
                    || Names.ofKeras(library).isPresent()
                    || library.name().startsWith("tensorflow_hub.");
        }
        return value instanceof Instance
                || value instanceof Sequence
                || value instanceof Mapping
                || value instanceof Value.OneOf oneOf && isOfLayers(oneOf);
    }

    private static boolean isOfLayers(Value value) {
        if (value instanceof Value.OneOf oneOf) {
            return oneOf.alternatives().stream().anyMatch(a -> isOfLayers(a.value()));
        }
        if (value instanceof Sequence sequence) {
            return sequence.elements().stream().anyMatch(ModelWalk::isOfLayers);
        }
        return value instanceof Value.Made || value instanceof Instance;
    }
}
