package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.program.Trace;
import samestep.program.value.Instance;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/** All layers that a program makes, in order, with the names that Keras gives them. */
final class Layers {
    private final Map<Object, Made> made = new IdentityHashMap<>();
    private final List<Made> all = new ArrayList<>();
    private final Map<Made, Value> names = new IdentityHashMap<>();
    private final Map<Made, String> automatic = new IdentityHashMap<>();
    private final Trace trace;
    private final Version version;

    Layers(Trace trace, Version version) {
        this.trace = trace;
        this.version = version;
        for (RecordedCall call : trace.calls()) {
            constructor(call).ifPresent(this::add);
        }
        Map<String, Integer> counts = new HashMap<>();
        all.forEach(layer -> name(layer, counts));
    }

    /** The layer that a call or an instance makes; empty where it makes something else. */
    Optional<Made> of(Object callOrInstance) {
        return Optional.ofNullable(made.get(callOrInstance));
    }

    /** All of them, in order. */
    List<Made> all() {
        return all;
    }

    /** What the program calls a layer; empty where Keras names it. */
    Optional<Value> given(Made layer) {
        return Optional.ofNullable(names.get(layer));
    }

    /** What Keras calls a layer that the program gives no name. */
    String automatic(Made layer) {
        return automatic.getOrDefault(layer, layer.ownName());
    }

    private void add(Made layer) {
        Object key = layer.instance().isPresent()
                ? layer.instance().get()
                : layer.call().isPresent() ? layer.call().get() : layer;
        if (made.putIfAbsent(key, layer) == null) {
            all.add(layer);
        }
    }

    /** The layer that a call makes: of Keras' own class, or, through its base's constructor, of the program's. */
    private Optional<Made> constructor(RecordedCall call) {
        Optional<String> direct = Names.layerClass(call.callee());
        if (direct.isPresent()) {
            return direct.filter(name -> !name.equals("Input"))
                    .map(name -> new Made(
                            name,
                            name.substring(name.indexOf('>') + 1),
                            Optional.of(call),
                            0,
                            Optional.empty(),
                            call.number(),
                            call.place()));
        }
        if (!call.name().endsWith(".__init__")
                || call.positional().isEmpty()
                || !(call.positional().get(0).value() instanceof Instance instance)) {
            return Optional.empty();
        }
        return baseClass(instance)
                .map(base -> new Made(
                        base,
                        instance.type().name(),
                        Optional.of(call),
                        1,
                        Optional.of(instance),
                        call.number(),
                        instance.place().orElse(call.place())));
    }

    /** The class of Keras that an instance's class inherits from; empty where it is not a layer. */
    static Optional<String> baseClass(Instance instance) {
        return instance.type().libraryBases().stream()
                .flatMap(base -> Names.layerClass(base).stream())
                .findFirst();
    }

    /** Whether an instance's class inherits from Keras' models. */
    static boolean isModel(Instance instance) {
        return instance.type().libraryBases().stream().anyMatch(Names::isModelClass);
    }

    private void name(Made layer, Map<String, Integer> counts) {
        Optional<Argument> name = layer.call()
                .map(call -> Signatures.arguments(version, layer.className(), call, layer.skipped()))
                .flatMap(arguments -> Optional.ofNullable(arguments.get("name")));
        if (name.isPresent() && !(name.get().value() instanceof Value.None)) {
            names.put(layer, name.get().value());
            return;
        }
        String prefix = prefix(layer.ownName());
        int count = counts.merge(prefix, 1, Integer::sum);
        boolean isBare = count == 1 && !version.countsNamesFromOne();
        automatic.put(layer, isBare ? prefix : prefix + "_" + (version.countsNamesFromOne() ? count : count - 1));
    }

    /** Keras 1 does not part words; later versions have other classes by the names of Keras 1. */
    private String prefix(String className) {
        if (version == Version.KERAS_1) {
            return className.toLowerCase(java.util.Locale.ROOT);
        }
        return Names.snake(
                className.startsWith("Convolution") || className.startsWith("SeparableConvolution")
                        ? className.replace("Convolution", "Conv")
                        : className);
    }

    /** Whether a layer of the program's own makes variables itself. */
    boolean hasOwnVariables(Instance instance) {
        return trace.callsOn(instance).stream().anyMatch(call -> call.name().endsWith(".add_weight"))
                || trace.calls().stream()
                        .filter(call -> call.name().endsWith(".add_weight"))
                        .anyMatch(call -> call.owner()
                                .filter(Instance.class::isInstance)
                                .filter(o -> ((Instance) o).type().equals(instance.type()))
                                .isPresent());
    }
}
