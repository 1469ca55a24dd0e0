package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.write.Reasons;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Event;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/** Writes layers as Keras serializes them. */
final class LayerNodes {
    /** What decides which variables a layer has. */
    private static final Set<String> DECISIVE = Set.of("use_bias", "bias", "center", "scale", "trainable");

    private static final Set<String> INNER = Set.of("layer", "forward_layer", "cell", "cells");

    private final Trace trace;
    private final Version version;
    private final Layers layers;
    private final Nodes nodes;
    private final OwnLoop loop;
    private final List<Node.Hidden> unknown = new ArrayList<>();
    private final List<Left> left = new ArrayList<>();

    /**
     * A penalty that is not a part of what is minimized.
     *
     * @param penalty the argument
     * @param loss where the loss is differentiated
     */
    record Left(Argument penalty, Place loss) {}

    LayerNodes(Trace trace, Version version, Layers layers, OwnLoop loop) {
        this.loop = loop;
        this.trace = trace;
        this.version = version;
        this.layers = layers;
        this.nodes = new Nodes(version);
    }

    /** What is not known and decides which variables are trained. */
    List<Node.Hidden> unknown() {
        return unknown;
    }

    /** The penalties that no loss has, in order. */
    List<Left> left() {
        return left;
    }

    /** A layer. */
    Node of(Made layer) {
        return of(layer, layer);
    }

    /**
     * A layer in another.
     *
     * @param outer the one that a model has
     */
    private Node of(Made layer, Made outer) {
        Map<String, Node> config = new LinkedHashMap<>();
        config.put("name", name(layer));
        layer.call().ifPresent(call -> {
            Signatures.arguments(version, layer.className(), call, layer.skipped())
                    .forEach((name, argument) -> argument(layer, outer, name, argument, config));
            if (call.isOpen()) {
                unknown.add(new Node.Hidden(
                        "arguments of " + layer.className(), "stars of what is not known", call.place()));
            }
        });
        attributes(layer, config);
        if (config.containsKey("bias") && !config.containsKey("use_bias")) {
            config.put("use_bias", config.getOrDefault("bias", config.get("name")));
        }
        String className = layer.isPlain() && layer.instance().isPresent() ? layer.ownName() : layer.className();
        return Nodes.written(className, config, layer.place());
    }

    private Node name(Made layer) {
        Optional<Value> given = layers.given(layer);
        if (given.isPresent() && given.get() instanceof Value.Text text) {
            return Nodes.text(text.value(), layer.place());
        }
        String automatic = given.isPresent()
                ? Names.snake(layer.ownName()) + "@" + layer.place().position()
                : layers.automatic(layer);
        return Nodes.text(automatic, layer.place());
    }

    private void argument(Made layer, Made outer, String name, Argument argument, Map<String, Node> config) {
        if (name.equals("name")) {
            return;
        }
        if (INNER.contains(name)) {
            inner(argument.value(), outer)
                    .ifPresentOrElse(
                            node -> config.put(name, node),
                            () -> unknown.add(Nodes.hidden(
                                    "the layer inside of " + layer.className(), argument.value(), argument.place())));
            return;
        }
        String what = name + " of " + layer.className();
        if (name.startsWith("#")) {
            unknown.add(new Node.Hidden(
                    "an argument of " + layer.className(), "it is given by position", argument.place()));
            return;
        }
        Node node = nodes.of(what, argument.value(), argument.place());
        boolean isPenalty = name.endsWith("_regularizer") || name.endsWith("_constraint");
        if (name.endsWith("_regularizer")) {
            minimized(node, outer, argument).ifPresent(n -> config.put(name, n));
        } else if (!(node instanceof Node.Hidden hidden)) {
            config.put(name, node);
        } else if (isPenalty) {
            config.put(name, hidden);
        } else if (DECISIVE.contains(name)) {
            unknown.add(hidden);
        }
    }

    private Optional<Node> inner(Value value, Made outer) {
        Object key = value instanceof Value.Made made ? made.call() : value;
        return layers.of(key).map(layer -> of(layer, outer));
    }

    /** The penalty where the program minimizes it; none where it does not. */
    private Optional<Node> minimized(Node penalty, Made outer, Argument argument) {
        if (argument.value() instanceof Value.None) {
            return Optional.of(penalty);
        }
        OwnLoop.Judged judged = loop.of(outer);
        return switch (judged.added()) {
            case YES -> Optional.of(penalty);
            case NEVER -> {
                judged.place().ifPresent(place -> left.add(new Left(argument, place)));
                yield Optional.empty();
            }
            case UNKNOWN ->
                Optional.of(new Node.Hidden(
                        "whether the loop adds the penalties of layers to its loss",
                        judged.why(),
                        judged.place().orElse(argument.place())));
        };
    }

    /** {@code layer.trainable = False}. Regularizers that are set too late are reported elsewhere. */
    private void attributes(Made layer, Map<String, Node> config) {
        Optional<Value> owner = layer.instance().isPresent()
                ? Optional.of(layer.instance().get())
                : layer.call().map(Value.Made::new);
        if (owner.isEmpty()) {
            return;
        }
        for (Event.AttributeSet set : trace.attributesOf(owner.get())) {
            if (set.name().equals("trainable")) {
                Node node = nodes.of("trainable", set.value(), set.place());
                if (node instanceof Node.Hidden || set.circumstances().isConditional()) {
                    unknown.add(new Node.Hidden("whether a layer is trained", Reasons.of(set.value()), set.place()));
                } else {
                    config.put("trainable", node);
                }
            }
        }
    }
}
