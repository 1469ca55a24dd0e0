package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import samestep.dialect.keras.write.KerasDecayWriter;
import samestep.dialect.keras.write.KerasPythonClasses;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Writes an optimizer as Keras serializes it. */
final class OptimizerNode {
    /** What these put around an optimizer changes no update: the scale is taken out again, gradients are averaged. */
    private static final Set<String> AROUND = Set.of(
            "LossScaleOptimizer",
            "DistributedOptimizer",
            "enable_mixed_precision_graph_rewrite",
            "_DistributedOptimizer");

    private static final Set<String> RATES = Set.of("learning_rate", "lr");
    private static final Set<String> WITHOUT_MEANING = Set.of("name", "jit_compile");
    /** What the subclass that Samestep writes takes besides. */
    private static final Set<String> OF_SUBCLASS = Set.of("rates", "decays", "weight_decays", "frozen");

    private static final int MOST_AROUND = 4;

    private final Version version;
    private final Function<String, Optional<String>> classes;
    private final Nodes nodes;
    private final List<Node.Hidden> unknown = new ArrayList<>();
    private final Map<String, Node.Hidden> hidden = new LinkedHashMap<>();
    private Map<String, Argument> loopClip = Map.of();
    private Optional<Node> subclass = Optional.empty();
    private boolean isRateUnknown;
    private boolean dependsOnVersion;

    /**
     * @param classes the class that an optimizer's own name, such as adam, is the usual one of
     */
    OptimizerNode(Version version, Function<String, Optional<String>> classes) {
        this.version = version;
        this.classes = classes;
        this.nodes = new Nodes(version);
    }

    /** What of it is not known. */
    List<Node.Hidden> unknown() {
        return unknown;
    }

    /** The arguments that are not known; with an empty name, the optimizer itself. */
    Map<String, Node.Hidden> hidden() {
        return hidden;
    }

    /** The arguments of Samestep's own subclass, as in its documents; empty for an optimizer of Keras. */
    Optional<Node> subclass() {
        return subclass;
    }

    /** Whether versions of Keras compute it in different ways, or have other defaults. */
    boolean dependsOnVersion() {
        return dependsOnVersion;
    }

    /** Whether its learning rate is not known. */
    boolean isRateUnknown() {
        return isRateUnknown;
    }

    /**
     * The same with a clip that the program's own loop does before the step.
     *
     * @param clip the argument that would do it; nothing where the loop clips nothing
     */
    OptimizerNode clippedBy(Map<String, Argument> clip) {
        loopClip = clip;
        return this;
    }

    /** The optimizer that a value is; empty where nothing is known of it. */
    Optional<Node> of(Argument argument) {
        Value value = argument.value();
        for (int i = 0; i < MOST_AROUND && value instanceof Value.Made made; i++) {
            if (!AROUND.contains(Names.last(made.call().name()))
                    || made.call().positional().isEmpty()) {
                break;
            }
            value = made.call().positional().get(0).value();
        }
        if (value instanceof Value.Text text) {
            return Optional.of(named(text.value(), argument.place()));
        }
        if (value instanceof Value.Made made) {
            return made(made.call());
        }
        if (!(value instanceof Value.None)) {
            whole(Nodes.hidden("the optimizer", value, argument.place()));
        }
        return Optional.empty();
    }

    private Optional<Node> made(RecordedCall call) {
        String name = call.name();
        if (name.endsWith("optimizers.get") && !call.positional().isEmpty()) {
            return of(call.positional().get(0));
        }
        boolean isOptimizer = Names.optimizerClass(call.callee()).isPresent()
                || call.callee() instanceof Value.Library && Names.isUpper(Names.last(name));
        if (!isOptimizer) {
            whole(Nodes.hidden("the optimizer", new Value.Made(call), call.place()));
            return Optional.empty();
        }
        String own = KerasPythonClasses.OURS + "optimizers." + KerasPythonClasses.PER_VARIABLE;
        return Optional.of(
                name.startsWith(own)
                        ? subclassed(call, name.substring(own.length()))
                        : call(call, Names.last(name), Names.last(name)));
    }

    /** The optimizer inside the subclass. */
    private Node subclassed(RecordedCall call, String className) {
        Node.Tree whole = call(call, className, KerasPythonClasses.PER_VARIABLE + className);
        Node config = whole.members().get("config");
        Map<String, Node> inside = new LinkedHashMap<>();
        Map<String, Node> own = new LinkedHashMap<>();
        if (config instanceof Node.Tree tree) {
            tree.members().forEach((name, node) -> (OF_SUBCLASS.contains(name) ? own : inside).put(name, node));
        }
        subclass = Optional.of(new Node.Tree(own, call.place()));
        return Nodes.written(className, inside, call.place());
    }

    /** Says that nothing of the optimizer is known. */
    void whole(Node.Hidden what) {
        unknown.add(what);
        hidden.put("", what);
        isRateUnknown = true;
    }

    /** Keras takes a class's name in any case. */
    private Node named(String word, Place place) {
        String className = classes.apply(word).orElse(word);
        dependsOnVersion = !className.equals("SGD");
        return Nodes.written(className, Map.of(), place);
    }

    /**
     * @param called the class whose constructor has the arguments
     */
    private Node.Tree call(RecordedCall call, String className, String called) {
        Map<String, Node> config = new LinkedHashMap<>();
        if (call.isOpen()) {
            unknown.add(new Node.Hidden("the optimizer's arguments", "they are given by stars", call.place()));
        }
        Signatures.arguments(version, called, call, 0).forEach((name, argument) -> {
            if (WITHOUT_MEANING.contains(name)) {
                return;
            }
            Node node = name.startsWith("#")
                    ? new Node.Hidden("an argument of " + className, "it is given by position", argument.place())
                    : nodes.of(name + " of " + className, argument.value(), argument.place());
            if (node instanceof Node.Hidden what) {
                unknown.add(what);
                hidden.put(name, what);
                isRateUnknown |= RATES.contains(name);
            } else {
                config.put(name, node);
            }
        });
        dependsOnVersion = !className.equals("SGD") || config.keySet().stream().anyMatch(name -> name.contains("clip"));
        loopClip.forEach((name, argument) -> clip(config, name, argument));
        boolean isAddons = call.name().startsWith("tensorflow_addons.");
        Node.Tree tree = Nodes.written(isAddons ? "Addons>" + className : className, config, call.place());
        return isLegacy(call) ? tree.with("module", Nodes.text("keras.optimizers.legacy", call.place())) : tree;
    }

    private void clip(Map<String, Node> config, String name, Argument argument) {
        boolean hasOwn = config.keySet().stream().anyMatch(key -> key.contains("clip"));
        Node node = hasOwn
                ? new Node.Hidden("a second clip", "the optimizer clips too", argument.place())
                : nodes.of("the clip of the loop", argument.value(), argument.place());
        if (node instanceof Node.Hidden what) {
            unknown.add(what);
        } else {
            config.put(name, node);
        }
    }

    private static boolean isLegacy(RecordedCall call) {
        return call.name().contains("optimizers.legacy.");
    }

    /** What a program leaves out of the optimizer's decay: {@code optimizer.exclude_from_weight_decay(var_names=[...])}. */
    static final class Exclusions {
        private static final List<String> ARGUMENTS = List.of("var_list", "var_names");

        private Exclusions() {}

        /** Whether a call is one. */
        static boolean isOne(RecordedCall call) {
            return call.lastName().equals(KerasDecayWriter.EXCLUDED);
        }

        /**
         * The arguments, as a document has them; hidden where they are not known, empty where nothing is left out. The last call
         * replaces what another one said. Source: keras/src/optimizers/base_optimizer.py of Keras 3.15.
         *
         * @param optimizer the one that trains
         */
        static Optional<Node> of(Trace trace, Optional<Value> optimizer, Nodes nodes) {
            List<RecordedCall> calls =
                    trace.calls().stream().filter(Exclusions::isOne).toList();
            if (calls.isEmpty()) {
                return Optional.empty();
            }
            RecordedCall last = calls.get(calls.size() - 1);
            return Optional.of(reason(calls, optimizer)
                    .<Node>map(why -> new Node.Hidden("what is left out of weight_decay", why, last.place()))
                    .orElseGet(() -> names(last, nodes)));
        }

        private static Optional<String> reason(List<RecordedCall> calls, Optional<Value> optimizer) {
            for (RecordedCall call : calls) {
                if (!call.owner().equals(optimizer)) {
                    return Optional.of("it is not called on the optimizer that trains");
                }
                if (call.circumstances().isConditional() || call.circumstances().isRepeated() || call.isOpen()) {
                    return Optional.of("it depends on the run");
                }
            }
            return Optional.empty();
        }

        private static Node names(RecordedCall call, Nodes nodes) {
            Optional<Argument> list =
                    call.argument(ARGUMENTS.get(0), 0).filter(a -> !(a.value() instanceof Value.None));
            Optional<Argument> names =
                    call.argument(ARGUMENTS.get(1), 1).filter(a -> !(a.value() instanceof Value.None));
            if (list.isPresent()) {
                return new Node.Hidden(
                        "what is left out of weight_decay",
                        "variables are given, and not names",
                        list.get().place());
            }
            if (names.isEmpty()) {
                return new Node.Tree(Map.of(), call.place());
            }
            boolean isNames = names.get().value() instanceof Sequence sequence
                    && sequence.isComplete()
                    && sequence.elements().stream().allMatch(Value.Text.class::isInstance);
            return isNames
                    ? new Node.Tree(
                            Map.of(
                                    ARGUMENTS.get(1),
                                    nodes.of(
                                            "names",
                                            names.get().value(),
                                            names.get().place())),
                            call.place())
                    : Nodes.hidden(
                            "what is left out of weight_decay",
                            names.get().value(),
                            names.get().place());
        }
    }
}
