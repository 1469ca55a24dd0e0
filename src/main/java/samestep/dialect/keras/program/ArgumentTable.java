package samestep.dialect.keras.program;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.keras.layer.KerasLayers;
import samestep.dialect.keras.layer.KerasSettingTable;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.dialect.keras.write.KerasPython;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Event;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/**
 * What a file has for layers that are made elsewhere: {@code layers}, a dict of the arguments of their constructors by name, as
 * Samestep writes it. It is read as the model's layers where the file does nothing else but make its optimizer.
 *
 * @param table the dict
 * @param place where it is made
 * @param lossWeights what the file has for {@code compile}
 */
record ArgumentTable(Mapping table, Place place, Optional<Value> lossWeights) {
    /** What makes optimizers and what constructors are given, and no layer. */
    private static final List<String> MAKERS =
            List.of("optimizers.", "regularizers.", "initializers.", "constraints.", "saving.");

    private static final Set<String> ARGUMENTS = arguments();

    private static Set<String> arguments() {
        Set<String> names = new HashSet<>(Set.of("trainable"));
        names.addAll(KerasLayers.REGULARIZERS.keySet());
        names.addAll(KerasLayers.REGULARIZERS_OF_KERAS_1.keySet());
        for (KerasGeneration generation : List.of(KerasGeneration.KERAS_1, KerasGeneration.KERAS_3)) {
            KerasSettingTable.of(generation, KerasSettingTable.ANY_CLASS).forEach(a -> names.add(a.name()));
            KerasSettingTable.initializersByRole(generation).values().forEach(i -> names.add(i.argument()));
        }
        return Set.copyOf(names);
    }

    /** That of a program; empty where it has none, or does more. */
    static Optional<ArgumentTable> of(Trace trace) {
        boolean isTable = trace.binding(KerasPython.LAYERS).orElse(null) instanceof Mapping mapping
                && isTable(mapping)
                && trace.events().stream().allMatch(ArgumentTable::isOfOptimizer);
        if (!isTable) {
            return Optional.empty();
        }
        Mapping table = (Mapping) trace.binding(KerasPython.LAYERS).orElseThrow();
        Place place = table.place().orElse(Place.start(trace.source()));
        return Optional.of(new ArgumentTable(table, place, trace.binding(KerasPython.LOSS_WEIGHTS)));
    }

    private static boolean isOfOptimizer(Event event) {
        return event instanceof RecordedCall call
                && (OptimizerNode.Exclusions.isOne(call)
                        || Names.ofKeras(call.callee())
                                .filter(name -> MAKERS.stream().anyMatch(name::startsWith))
                                .isPresent());
    }

    private static boolean isTable(Mapping mapping) {
        boolean saysSomething =
                mapping.entries().stream().anyMatch(layer -> layer.value() instanceof Mapping m && m.size() > 0);
        return isDict(mapping)
                && saysSomething
                && mapping.entries().stream()
                        .allMatch(layer -> layer.value() instanceof Mapping given
                                && isDict(given)
                                && given.entries().stream().allMatch(a -> ARGUMENTS.contains(text(a.key()))));
    }

    private static boolean isDict(Mapping mapping) {
        return mapping.type().equals(Mapping.DICT)
                && mapping.rest().isEmpty()
                && mapping.entries().stream().allMatch(entry -> entry.key() instanceof Value.Text);
    }

    private static String text(Value key) {
        return key instanceof Value.Text text ? text.value() : "";
    }

    /** Whether its arguments are called as in Keras 1. */
    boolean isOfKeras1() {
        return table.entries().stream()
                .map(layer -> (Mapping) layer.value())
                .flatMap(given -> given.entries().stream())
                .anyMatch(argument -> text(argument.key()).matches("[WUb]_regularizer"));
    }

    /** The layers, as in a document of Samestep. */
    Node.Tree layers(Nodes nodes) {
        Map<String, Node> layers = new LinkedHashMap<>();
        for (Mapping.Entry layer : table.entries()) {
            Map<String, Node> given = new LinkedHashMap<>();
            for (Mapping.Entry argument : ((Mapping) layer.value()).entries()) {
                String name = text(argument.key());
                given.put(name, nodes.of(name + " of " + text(layer.key()), argument.value(), place));
            }
            layers.put(text(layer.key()), new Node.Tree(given, place));
        }
        return new Node.Tree(layers, place);
    }

    /** What of it is not known. */
    List<Node.Hidden> hidden(Nodes nodes) {
        return layers(nodes).members().values().stream()
                .flatMap(layer -> ((Node.Tree) layer).members().values().stream())
                .filter(Node.Hidden.class::isInstance)
                .map(Node.Hidden.class::cast)
                .toList();
    }
}
