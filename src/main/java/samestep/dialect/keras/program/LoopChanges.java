package samestep.dialect.keras.program;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import samestep.dialect.CalledNames;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Circumstances.Loop;
import samestep.program.value.Event;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * What a training loop of a program's own does beside the plain step: gradients that are not applied as the tape gives them, a
 * loss times a number or summed over the batch, weights that are assigned, a function elsewhere that is given the optimizer.
 */
final class LoopChanges {
    private static final int DEEPEST = 20;
    private static final Set<String> CLIPS =
            Set.of("tensorflow.clip_by_global_norm", "tensorflow.clip_by_norm", "tensorflow.clip_by_value");
    private static final Set<String> PRODUCTS = Set.of("multiply", "scalar_mul", "divide", "truediv", "true_divide");
    private static final Set<String> SUMMED = Set.of("sum", "none");
    private static final Set<String> ASSIGNS = Set.of("assign", "assign_sub", "assign_add");
    private static final Set<String> WEIGHTS =
            Set.of("trainable_variables", "trainable_weights", "variables", "weights", "kernel", "bias");
    /** Methods and classes that are given an optimizer and leave it as it is. */
    private static final Set<String> KEEPS =
            Set.of("compile", "Checkpoint", "CheckpointManager", "list", "zip", "LossScaleOptimizer");

    private final Trace trace;
    private final OwnLoop loop;
    private final Optional<Value> optimizer;
    private final Map<Place, String> changes = new LinkedHashMap<>();
    private final Map<Place, RecordedCall> clips = new LinkedHashMap<>();
    private final Set<Value.Made> criteria = new LinkedHashSet<>();
    private boolean setsRate;

    LoopChanges(Trace trace, OwnLoop loop, Optional<Value> optimizer) {
        this.trace = trace;
        this.loop = loop;
        this.optimizer = optimizer;
        loop.applies().forEach(this::applied);
        boolean isRead = clips.size() < 2
                && clips.values().stream().allMatch(c -> argument(c).isPresent());
        if (!isRead
                || clips.size() == 1
                        && loop.applies().stream()
                                        .map(RecordedCall::place)
                                        .distinct()
                                        .count()
                                > 1) {
            clips.keySet()
                    .forEach(place ->
                            changes.putIfAbsent(place, "gradients are clipped here in a way that is not read"));
            clips.clear();
        }
        if (!loop.applies().isEmpty()) {
            loop.losses().forEach(this::loss);
            trace.calls().forEach(this::assigned);
            trace.events().forEach(this::elementSet);
            trace.calls().forEach(this::tape);
            severalTimes();
        }
        trace.calls().forEach(this::given);
    }

    /** What is not read, by place. */
    Map<Place, String> all() {
        return changes;
    }

    /** Whether a function elsewhere may set the rate. */
    boolean setRate() {
        return setsRate;
    }

    /**
     * The one clip between the gradients and the step, as the optimizer's argument that does the same; nothing where there is
     * none. Source: keras/src/optimizers/base_optimizer.py, _clip_gradients.
     */
    Map<String, Argument> clip() {
        if (clips.size() != 1) {
            return Map.of();
        }
        return argument(clips.values().iterator().next()).orElse(Map.of());
    }

    private static Optional<Map<String, Argument>> argument(RecordedCall clip) {
        boolean isByValue = clip.name().endsWith("clip_by_value");
        int most = isByValue ? 3 : 2;
        boolean isPlain = clip.positional().size() + clip.keywords().size() == most && !clip.isOpen();
        Optional<Argument> limit = clip.argument(isByValue ? "clip_value_max" : "clip_norm", most - 1);
        if (!isPlain || limit.isEmpty() || !(limit.get().value() instanceof Value.Number number)) {
            return Optional.empty();
        }
        boolean isEven = !isByValue
                || clip.argument("clip_value_min", 1)
                        .filter(a -> a.value() instanceof Value.Number least && least.value() == -number.value())
                        .isPresent();
        String name = isByValue ? "clipvalue" : clip.name().endsWith("global_norm") ? "global_clipnorm" : "clipnorm";
        return isEven ? limit.map(a -> Map.of(name, a)) : Optional.empty();
    }

    private void applied(RecordedCall apply) {
        Optional<Value> given = apply.argument("grads_and_vars", 0)
                .or(() -> apply.argument("grads", 0))
                .map(Argument::value);
        if (given.filter(value -> isPlain(value, 0)).isEmpty()) {
            clips.clear();
            changes.putIfAbsent(apply.place(), "these gradients may not be those of the loss");
        } else if (given.filter(this::isOfPart).isPresent()) {
            changes.putIfAbsent(apply.place(), "a part of the variables is trained here; all are read as trained");
        }
    }

    /** Whether the variables are those of a layer of a model, or a slice. */
    private boolean isOfPart(Value given) {
        return LossTerm.mentions(
                given,
                v -> v instanceof Value.Element element && isVariables(element.owner()) && isSlice(element.index())
                        || isVariables(v) && isOfLayer(((Value.Member) v).owner()));
    }

    private static boolean isVariables(Value value) {
        return value instanceof Value.Member member && OwnLoop.VARIABLES.contains(member.name());
    }

    private static boolean isSlice(Value index) {
        return !(index instanceof Value.Number);
    }

    private static boolean isOfLayer(Value owner) {
        return owner instanceof Value.Element element
                        && element.owner() instanceof Value.Member member
                        && member.name().equals("layers")
                || owner instanceof Value.Made made && made.call().lastName().equals("get_layer");
    }

    /** Gradients that are applied at two places in one turn of a loop. */
    private void severalTimes() {
        List<RecordedCall> applies = loop.applies();
        for (RecordedCall apply : applies) {
            boolean isSecond = applies.stream()
                    .anyMatch(first -> first.number() < apply.number()
                            && !first.place().equals(apply.place())
                            && first.circumstances()
                                    .loops()
                                    .equals(apply.circumstances().loops())
                            && first.circumstances().conditions().isEmpty()
                            && isSameGiven(first, apply));
            if (isSecond) {
                changes.putIfAbsent(apply.place(), "gradients are applied a second time here");
            }
        }
    }

    private static boolean isSameGiven(RecordedCall first, RecordedCall second) {
        return first.owner().equals(second.owner())
                || !first.positional().isEmpty()
                        && !second.positional().isEmpty()
                        && first.positional()
                                .get(0)
                                .value()
                                .equals(second.positional().get(0).value());
    }

    /** {@code grads[i] = 2 * grads[i]}. */
    private void elementSet(Event event) {
        if (event instanceof Event.ElementSet set && isPlain(set.owner(), 0)) {
            changes.putIfAbsent(set.place(), "a gradient is replaced here");
        }
    }

    /** What makes the gradients of a tape others than those of its loss. */
    private void tape(RecordedCall call) {
        String last = Names.last(call.name());
        boolean isTape = call.name().endsWith("GradientTape");
        if (call.name().endsWith("GradientTape().gradient")
                && call.argument("output_gradients", 2)
                        .filter(a -> !(a.value() instanceof Value.None))
                        .isPresent()) {
            changes.putIfAbsent(call.place(), "the gradient is multiplied by what it is given here");
        } else if (isTape && call.argument("watch_accessed_variables", 1).isPresent()) {
            changes.putIfAbsent(call.place(), "which variables the tape watches is not known");
        } else if (last.equals("stop_recording") || last.equals("stop_gradient") && isOfModel(call)) {
            changes.putIfAbsent(call.place(), "what a model gives is without gradients here");
        } else if (last.equals("LossScaleOptimizer") && !isScaled()) {
            changes.putIfAbsent(call.place(), "an optimizer for scaled losses is given gradients of the plain one");
        }
    }

    private boolean isOfModel(RecordedCall call) {
        return call.positional().stream()
                .anyMatch(a -> LossTerm.mentions(
                        a.value(),
                        v -> v instanceof Value.Made made
                                && LossTerm.mentions(
                                        made.call().callee(),
                                        m -> OwnLoop.mayBeModel(m)
                                                || m instanceof Value.Made l
                                                        && Names.layerClass(
                                                                        l.call().callee())
                                                                .isPresent())));
    }

    private boolean isScaled() {
        return trace.calls().stream()
                .map(call -> Names.last(call.name()))
                .anyMatch(name -> name.equals("get_scaled_loss") || name.equals("scale_loss"));
    }

    /** Whether a value is what a tape gave, or the list of its pairs with the variables. */
    private boolean isPlain(Value value, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        if (value instanceof Value.Made made) {
            String last = Names.last(made.call().name());
            boolean isClip = CLIPS.contains(made.call().name());
            if (isClip) {
                clips.put(made.call().place(), made.call());
            }
            return last.equals("gradient")
                    || (isClip || last.equals("get_unscaled_gradients"))
                            && made.call().positional().stream()
                                    .findFirst()
                                    .filter(a -> isPlain(a.value(), depth + 1))
                                    .isPresent();
        }
        if (value instanceof Value.Computed computed) {
            return computed.operator().equals("zip")
                    && isPlain(computed.operands().get(0), depth + 1);
        }
        if (value instanceof Value.Element element) {
            return isPlain(element.owner(), depth + 1);
        }
        if (value instanceof Value.Each each) {
            return isPlain(each.iterable(), depth + 1);
        }
        if (value instanceof Value.Guarded guarded) {
            return isPlain(guarded.value(), depth + 1);
        }
        if (value instanceof Value.OneOf oneOf) {
            return oneOf.alternatives().stream().allMatch(a -> isPlain(a.value(), depth + 1));
        }
        return value instanceof Sequence sequence && isPlain(sequence, depth);
    }

    private boolean isPlain(Sequence sequence, int depth) {
        List<Value> elements = sequence.elements();
        if (sequence.kind() == Sequence.Kind.TUPLE && elements.size() == 2) {
            return isPlain(elements.get(0), depth + 1);
        }
        boolean isRestPlain = sequence.rest().map(r -> isPlain(r, depth + 1)).orElse(!elements.isEmpty());
        return isRestPlain && elements.stream().allMatch(e -> isPlain(e, depth + 1));
    }

    /** A number before the data's loss, or a sum over the batch. */
    private void loss(Value loss) {
        Value value = loss;
        for (int depth = 0; depth < DEEPEST && value instanceof Value.Computed computed; depth++) {
            List<Value> operands = computed.operands();
            boolean isProduct =
                    computed.operator().equals("*") || computed.operator().equals("/");
            if (isProduct && operands.stream().anyMatch(Value.Number.class::isInstance)) {
                changes.putIfAbsent(computed.place(), "the loss is multiplied by a number here");
                return;
            }
            if (computed.operator().equals("+") && operands.get(0).equals(operands.get(1))) {
                changes.putIfAbsent(computed.place(), "the loss is added to itself here");
                return;
            }
            Optional<Value> data = computed.operator().equals("+") ? data(operands) : Optional.empty();
            if (data.isEmpty()) {
                return;
            }
            value = data.get();
        }
        if (value instanceof Value.Made made && isTimes(made.call())) {
            changes.putIfAbsent(made.call().place(), "the loss is multiplied here");
        } else if (value instanceof Value.Made made && isSum(made.call())) {
            changes.putIfAbsent(made.call().place(), "the loss is summed over the batch here");
        } else if (value instanceof Value.Made made
                && made.call().callee() instanceof Value.Made criterion
                && criterion.call().name().contains("losses.")) {
            criteria.add(criterion);
        }
    }

    /** The object of a loss class that the loop calls, {@code keras.losses.MeanSquaredError()}; empty where it is not one. */
    Optional<Value.Made> criterion() {
        return criteria.size() == 1 ? criteria.stream().findFirst() : Optional.empty();
    }

    /** The only one of the terms that is not a penalty of layers. */
    private static Optional<Value> data(List<Value> terms) {
        List<Value> data = terms.stream()
                .filter(t -> !(t instanceof Value.Number) && LossTerm.of(t).kind() == LossTerm.Kind.NONE
                        || LossTerm.of(t).kind() == LossTerm.Kind.UNKNOWN)
                .toList();
        return data.size() == 1 ? Optional.of(data.get(0)) : Optional.empty();
    }

    private static boolean isTimes(RecordedCall call) {
        return PRODUCTS.contains(Names.last(call.name()))
                && call.positional().stream().anyMatch(a -> a.value() instanceof Value.Number);
    }

    /** A loss of each sample is one too: what is differentiated is their sum. */
    private static boolean isSum(RecordedCall call) {
        RecordedCall made = call.callee() instanceof Value.Made criterion ? criterion.call() : call;
        boolean isReduced = made.keyword("reduction")
                .filter(a -> a.value() instanceof Value.Text text && SUMMED.contains(text.value())
                        || a.value() instanceof Value.Library library
                                && (library.name().endsWith(".SUM")
                                        || library.name().endsWith(".NONE")))
                .isPresent();
        return isReduced || Names.last(made.name()).equals("reduce_sum");
    }

    /** {@code v.assign(...)} of a model's weights, in the loop that trains it. */
    private void assigned(RecordedCall call) {
        boolean isWeight = ASSIGNS.contains(Names.last(call.name()))
                && call.owner()
                        .filter(owner -> LossTerm.mentions(
                                owner, v -> v instanceof Value.Member member && WEIGHTS.contains(member.name())))
                        .isPresent();
        if (isWeight && loop.applies().stream().anyMatch(apply -> isBeside(call, apply))) {
            changes.putIfAbsent(call.place(), "the training loop assigns weights here");
        }
    }

    private static boolean isBeside(RecordedCall call, RecordedCall apply) {
        List<Place> loops =
                apply.circumstances().loops().stream().map(Loop::place).toList();
        List<String> functions = apply.circumstances().functions();
        List<String> own = call.circumstances().functions();
        return loops.isEmpty()
                ? !functions.isEmpty()
                        && own.size() >= functions.size()
                        && own.subList(0, functions.size()).equals(functions)
                : call.circumstances().loops().stream()
                        .map(Loop::place)
                        .toList()
                        .contains(loops.get(loops.size() - 1));
    }

    /** A function that is not read and has the optimizer. */
    private void given(RecordedCall call) {
        boolean isGiven = Stream.concat(call.positional().stream(), call.keywords().values().stream())
                .anyMatch(a -> a.value() instanceof Value.Made
                        && optimizer.filter(a.value()::equals).isPresent());
        String name = Names.last(call.name());
        boolean isKept = KEEPS.contains(name)
                || Names.ofKeras(call.callee()).isPresent()
                || call.name().startsWith("tensorflow.")
                || CalledNames.isHarmless(name)
                || OwnLoop.mayBeModel(new Value.Made(call));
        if (!isGiven || isKept) {
            return;
        }
        setsRate |= CalledNames.maySetRate(name);
        changes.putIfAbsent(call.place(), name + " is given the optimizer and is not read");
    }
}
