package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.Keys;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/**
 * A training loop of a program's own: what it differentiates, and whether the penalties of layers are in it. Keras adds
 * them in {@code fit} and {@code train_on_batch}; in a loop with a tape the program has to add {@code model.losses}.
 */
final class OwnLoop {
    static final Set<String> VARIABLES = Set.of("trainable_variables", "trainable_weights", "variables", "weights");
    private static final Set<String> FITS = Set.of("fit", "fit_generator", "train_on_batch");
    private static final Set<String> APPLIES = Set.of("apply_gradients", "stateless_apply");

    /** Whether the penalty of a layer is a part of what is minimized. */
    enum Added {
        /** It is. */
        YES,
        /** It is not. */
        NEVER,
        /** That is not known. */
        UNKNOWN
    }

    /**
     * What holds for a layer.
     *
     * @param why in words; empty where Keras adds it
     * @param place where the loss is differentiated
     */
    record Judged(Added added, String why, Optional<Place> place) {}

    /** What is differentiated, by what. */
    private record Gradient(RecordedCall call, Value target, LossTerm loss, List<Value> sources) {}

    private static final Judged BY_KERAS = new Judged(Added.YES, "", Optional.empty());

    private final Trace trace;
    private final Layers layers;
    private final boolean hasOneModel;
    private final List<Gradient> gradients = new ArrayList<>();
    private final Map<Object, List<Made>> parts = new HashMap<>();
    private final Optional<RecordedCall> fit;
    private final Optional<RecordedCall> applied;

    OwnLoop(Trace trace, Layers layers, boolean hasOneModel) {
        this.trace = trace;
        this.layers = layers;
        this.hasOneModel = hasOneModel;
        List<RecordedCall> applies =
                trace.calls().stream().filter(OwnLoop::isApplied).toList();
        this.applied = applies.stream().findFirst();
        Set<RecordedCall> used = used(applies);
        boolean isAttached = applies.stream().anyMatch(OwnLoop::isAttached);
        trace.calls().forEach(call -> gradient(call, used, isAttached));
        this.fit = trace.calls().stream()
                .filter(call -> FITS.contains(Names.last(call.name())))
                .filter(call -> call.owner().filter(OwnLoop::isFittedByKeras).isPresent())
                .findFirst();
    }

    /** What holds for a layer. */
    Judged of(Made layer) {
        if (gradients.isEmpty()) {
            return applied.isEmpty() || fit.isPresent()
                    ? BY_KERAS
                    : unknown("what the loop of the program differentiates was not found", applied.get());
        }
        List<Judged> all = gradients.stream()
                .filter(g -> mayTrain(g, layer))
                .map(g -> judged(g, layer))
                .toList();
        if (all.isEmpty()) {
            return fit.isPresent()
                    ? BY_KERAS
                    : unknown("no loop trains this layer", gradients.get(0).call());
        }
        Judged first = all.get(0);
        if (all.stream().anyMatch(j -> j.added() != first.added())) {
            return unknown(
                    "one loop of the program adds it, another does not",
                    gradients.get(0).call());
        }
        if (first.added() != Added.YES && fit.isPresent()) {
            return unknown("the program trains with " + Names.last(fit.get().name()) + " too", fit.get());
        }
        return first;
    }

    /** The models of which an optimizer is given gradients; none where that is not known. */
    static List<Value> trained(Trace trace, Value optimizer) {
        List<Value> models = new ArrayList<>();
        boolean isKnown = true;
        for (RecordedCall call : trace.callsOn(optimizer)) {
            if (isApplied(call) || Names.last(call.name()).equals("minimize")) {
                List<Value> here = new ArrayList<>();
                call.positional().forEach(a -> here.addAll(sources(Optional.of(a))));
                call.keywords().values().forEach(a -> here.addAll(sources(Optional.of(a))));
                isKnown &= !here.isEmpty() && here.stream().allMatch(OwnLoop::mayBeModel);
                here.stream().filter(model -> !models.contains(model)).forEach(models::add);
            }
        }
        return isKnown ? models : List.of();
    }

    /** What the program differentiates, in order. */
    List<Value> losses() {
        return gradients.stream().map(Gradient::target).toList();
    }

    /** The calls that apply gradients. */
    List<RecordedCall> applies() {
        return trace.calls().stream().filter(OwnLoop::isApplied).toList();
    }

    /** The places where a loss is differentiated that has the variables of a model in it, such as a penalty by hand. */
    List<Place> ofVariables() {
        return gradients.stream()
                .filter(g -> LossTerm.mentions(
                        g.target(), v -> v instanceof Value.Member member && VARIABLES.contains(member.name())))
                .map(g -> g.call().place())
                .distinct()
                .toList();
    }

    private static Judged unknown(String why, RecordedCall call) {
        return new Judged(Added.UNKNOWN, why, Optional.of(call.place()));
    }

    private Judged judged(Gradient gradient, Made layer) {
        Optional<Place> place = Optional.of(gradient.call().place());
        LossTerm loss = gradient.loss();
        return switch (loss.kind()) {
            case NONE -> new Judged(Added.NEVER, "", place);
            case ONCE -> ofOwners(loss.owners(), layer, place);
            case LISTED, EACH, OTHERWISE, UNKNOWN -> new Judged(Added.UNKNOWN, loss.why(), place);
        };
    }

    private Judged ofOwners(List<Value> owners, Made layer, Optional<Place> place) {
        if (owners.stream().anyMatch(owner -> isOf(owner, layer))) {
            return new Judged(Added.YES, "", place);
        }
        boolean isOpen = owners.stream().anyMatch(owner -> !mayBeModel(owner) && !isLayer(owner));
        if (!isOpen) {
            return new Judged(Added.NEVER, "", place);
        }
        return hasOneModel
                ? new Judged(Added.YES, "", place)
                : new Judged(Added.UNKNOWN, "which model's losses are added is not known", place);
    }

    private boolean isLayer(Value owner) {
        Object key = owner instanceof Value.Made made ? made.call() : owner;
        return layers.of(key).isPresent();
    }

    private boolean mayTrain(Gradient gradient, Made layer) {
        List<Value> known =
                gradient.sources().stream().filter(OwnLoop::mayBeModel).toList();
        return known.size() < gradient.sources().size()
                || known.isEmpty()
                || known.stream().anyMatch(s -> isOf(s, layer));
    }

    /** Whether a layer is one of a model's. */
    private boolean isOf(Value model, Made layer) {
        return parts.computeIfAbsent(Keys.of(model), key -> {
                    ModelWalk walk = new ModelWalk(trace, layers);
                    walk.follow(model);
                    return walk.found();
                })
                .contains(layer);
    }

    /** All calls whose results are applied. Walked once: a long loop applies hundreds of times. */
    private static Set<RecordedCall> used(List<RecordedCall> applies) {
        Set<RecordedCall> used = new HashSet<>();
        List<Value> given = new ArrayList<>();
        applies.forEach(apply -> apply.positional().forEach(p -> given.add(p.value())));
        LossTerm.mentions(given, v -> {
            if (v instanceof Value.Made made) {
                used.add(made.call());
            }
            return false;
        });
        return used;
    }

    /**
     * @param used the calls whose results are applied
     * @param isAttached whether what is applied is known to come from a tape
     */
    private void gradient(RecordedCall call, Set<RecordedCall> used, boolean isAttached) {
        String last = Names.last(call.name());
        boolean isTape = last.equals("gradient")
                && call.owner()
                        .filter(o -> o instanceof Value.Made made
                                && made.call().name().endsWith("GradientTape"))
                        .isPresent();
        boolean isMinimize = last.equals("minimize")
                && call.owner()
                        .filter(o -> o instanceof Value.Made made
                                && Names.optimizerClass(made.call().callee()).isPresent())
                        .isPresent();
        Optional<Value> loss = call.argument(isTape ? "target" : "loss", 0).map(RecordedCall.Argument::value);
        if (!isTape && !isMinimize || loss.isEmpty()) {
            return;
        }
        boolean isUsed = isMinimize || used.contains(call);
        List<Value> sources = sources(call.argument(isTape ? "sources" : "var_list", 1));
        // A gradient of inputs, or one that is only looked at, trains nothing.
        if (isUsed || !sources.isEmpty() && !isAttached) {
            Value value = loss.get();
            Value given = value instanceof FunctionValue ? trace.call(value, List.of()) : value;
            gradients.add(new Gradient(call, given, LossTerm.of(given), sources));
        }
    }

    /** Whether what is applied is known to come from a tape. */
    private static boolean isAttached(RecordedCall apply) {
        return apply.positional().stream()
                .anyMatch(p -> LossTerm.mentions(
                        p.value(),
                        v -> v instanceof Value.Made made && made.call().name().endsWith("GradientTape().gradient")));
    }

    /** The models of which variables are given. */
    private static List<Value> sources(Optional<RecordedCall.Argument> given) {
        List<Value> owners = new ArrayList<>();
        given.ifPresent(a -> LossTerm.mentions(a.value(), v -> {
            if (v instanceof Value.Member member && VARIABLES.contains(member.name())) {
                owners.add(member.owner());
            }
            return false;
        }));
        return owners;
    }

    private static boolean isApplied(RecordedCall call) {
        String last = Names.last(call.name());
        // Source: keras/src/optimizers/base_optimizer.py: apply(grads, trainable_variables).
        boolean isApply = last.equals("apply")
                && call.owner()
                        .filter(o -> o instanceof Value.Member member
                                        && member.name().equals("optimizer")
                                || o instanceof Value.Made made
                                        && Names.optimizerClass(made.call().callee())
                                                .isPresent())
                        .isPresent();
        return isApply || APPLIES.contains(last);
    }

    /** Whether a value is a model of Keras. */
    static boolean mayBeModel(Value value) {
        return value instanceof Instance instance
                        && (Layers.isModel(instance)
                                || Layers.baseClass(instance).isPresent())
                || value instanceof Value.Made made
                        && (Names.isModelClass(made.call().callee())
                                || made.call().name().contains(".applications."));
    }

    /** Not a model whose class has a step of its own. */
    private static boolean isFittedByKeras(Value owner) {
        if (owner instanceof Value.Made made) {
            return mayBeModel(owner) || Names.layerClass(made.call().callee()).isPresent();
        }
        return owner instanceof Instance instance
                && Layers.isModel(instance)
                && instance.type().attribute("train_step").isEmpty();
    }
}
