package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Event;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/**
 * What a program does beside building and compiling a model.
 *
 * @param findings about it
 * @param unknown what makes a verdict on the whole impossible
 * @param changesRate whether the learning rate is changed while training
 * @param addedPenalty a penalty on weights that no layer has; what it does to which is not known
 */
record Remarks(List<Finding> findings, List<String> unknown, boolean changesRate, Optional<String> addedPenalty) {
    private static final List<String> RATE_CALLBACKS = List.of("LearningRateScheduler", "ReduceLROnPlateau");

    /** Calls that make a model of the configurations of another's layers. */
    private static final List<String> RELOADS =
            List.of("model_from_json", "model_from_yaml", "model_from_config", "clone_model", "from_config");

    Remarks {
        findings = List.copyOf(findings);
        unknown = List.copyOf(unknown);
    }

    /**
     * Of a program.
     *
     * @param areRatesKnown whether the function of its LearningRateScheduler is read
     */
    static Remarks of(Trace trace, boolean areRatesKnown) {
        List<Finding> findings = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        boolean changesRate = callbacks(trace, areRatesKnown, findings)
                | assignedRates(trace, findings)
                | new OtherCallbacks(trace, findings, unknown).find();
        regularizersSetLate(trace, findings, unknown);
        frozen(trace, findings, unknown);
        Optional<String> penalty = addedLosses(trace, findings, unknown);
        return new Remarks(findings, unknown, changesRate, penalty);
    }

    private static boolean callbacks(Trace trace, boolean areRatesKnown, List<Finding> findings) {
        boolean changes = false;
        for (RecordedCall call : trace.calls()) {
            Optional<String> name =
                    Names.ofKeras(call.callee()).map(Names::last).filter(RATE_CALLBACKS::contains);
            if (name.isPresent() && !(areRatesKnown && name.get().equals("LearningRateScheduler"))) {
                changes = true;
                findings.add(Finding.at(
                                call.place(),
                                Code.SS441,
                                "the callback " + name.get()
                                        + " changes the learning rate while training; the rate of the optimizer is"
                                        + " the first one only")
                        .detail("No verdict on the schedule is possible; everything else is read."));
            }
        }
        return changes;
    }

    /** {@code K.set_value(model.optimizer.lr, x)}, {@code model.optimizer.lr = x}. */
    private static boolean assignedRates(Trace trace, List<Finding> findings) {
        List<Event> events = new ArrayList<>();
        for (Event event : trace.events()) {
            boolean isSet = event instanceof Event.AttributeSet set
                    && (set.name().equals("lr") || set.name().equals("learning_rate"))
                    && !(set.owner() instanceof Value.Unknown);
            boolean isCall = event instanceof RecordedCall call
                    && (call.name().endsWith(".set_value") && isRate(call)
                            || Names.last(call.name()).startsWith("assign")
                                    && call.owner().filter(Remarks::isRate).isPresent());
            if (isSet || isCall) {
                events.add(event);
            }
        }
        events.stream()
                .findFirst()
                .ifPresent(event -> findings.add(
                        Finding.at(event.place(), Code.SS441, "the program sets the learning rate while training")
                                .detail("No verdict on the schedule is possible; everything else is read.")));
        return !events.isEmpty();
    }

    private static boolean isRate(RecordedCall call) {
        return !call.positional().isEmpty() && isRate(call.positional().get(0).value());
    }

    private static boolean isRate(Value value) {
        return value instanceof Value.Member member
                && (member.name().equals("lr") || member.name().equals("learning_rate"));
    }

    /** A layer's variables have the regularizer that the layer had when they were made. */
    private static void regularizersSetLate(Trace trace, List<Finding> findings, List<String> unknown) {
        for (Event.AttributeSet set : sets(trace, "_regularizer")) {
            Optional<RecordedCall> reload = trace.calls().stream()
                    .filter(call -> RELOADS.contains(Names.last(call.name())))
                    .filter(call ->
                            call.place().span().start() > set.place().span().start()
                                    || call.place().source() != set.place().source())
                    .findFirst();
            if (reload.isPresent()) {
                unknown.add("regularizers that are set on layers at " + set.place());
                findings.add(Finding.at(
                                set.place(),
                                Code.SS045,
                                "regularizers are set on layers, and "
                                        + Names.last(reload.get().name()) + " at "
                                        + reload.get().place() + " makes a model of them: which, is not known")
                        .detail("No verdict on the whole is possible; everything else is read."));
            } else {
                findings.add(Finding.at(
                                set.place(),
                                Code.SS612,
                                set.name() + " is set on a layer that is built already: it does nothing")
                        .detail("Give it to the layer's constructor, or make the model again from its configuration:"
                                + " model = keras.models.model_from_json(model.to_json())."));
            }
        }
    }

    private static List<Event.AttributeSet> sets(Trace trace, String ending) {
        return trace.events().stream()
                .filter(Event.AttributeSet.class::isInstance)
                .map(Event.AttributeSet.class::cast)
                .filter(set -> set.name().endsWith(ending))
                .filter(set -> !(set.owner() instanceof Value.Unknown))
                .toList();
    }

    /** Layers that a loop freezes. */
    private static void frozen(Trace trace, List<Finding> findings, List<String> unknown) {
        for (Event.AttributeSet set : sets(trace, "trainable")) {
            boolean isOneLayer = set.owner() instanceof Value.Made made
                    && Names.layerClass(made.call().callee()).isPresent();
            if (!isOneLayer) {
                unknown.add("trainable of layers at " + set.place());
                findings.add(Finding.at(
                                set.place(),
                                Code.SS045,
                                "trainable is set on layers here: which ones are trained is not known")
                        .detail("All are read as trained. No verdict on the whole is possible."));
                return;
            }
        }
    }

    private static Optional<String> addedLosses(Trace trace, List<Finding> findings, List<String> unknown) {
        Optional<String> penalty = Optional.empty();
        Set<Place> seen = new HashSet<>();
        for (RecordedCall call : trace.calls()) {
            if (call.name().endsWith(".add_loss") && call.owner().isPresent() && seen.add(call.place())) {
                boolean isPenalty = adds(call, Remarks::isPenalty);
                unknown.add("add_loss at " + call.place());
                boolean isOverSize = isPenalty && adds(call, Remarks::isOverSize);
                findings.add(
                        Finding.at(call.place(), isOverSize ? Code.SS613 : Code.SS045, added(isPenalty, isOverSize))
                                .detail("No verdict on the whole is possible; everything else is read."));
                if (isPenalty) {
                    penalty = Optional.of("what add_loss at " + call.place() + " adds");
                }
            }
        }
        return penalty;
    }

    private static String added(boolean isPenalty, boolean isOverSize) {
        if (!isPenalty) {
            return "add_loss adds a term to the loss; what it adds to the gradient is not known";
        }
        // Of matterport/Mask_RCNN, issue 1727.
        return isOverSize
                ? "add_loss adds a penalty divided by the size of its tensor: each tensor decays by another number,"
                        + " the larger the tensor the less"
                : "add_loss adds a penalty on weights; which ones it is on is not known";
    }

    private static boolean adds(RecordedCall call, Predicate<Value> wanted) {
        return call.positional().stream().anyMatch(a -> LossTerm.mentions(a.value(), wanted))
                || call.keywords().values().stream().anyMatch(a -> LossTerm.mentions(a.value(), wanted));
    }

    /** What a regularizer gives of a weight: {@code regularizers.l2(1e-4)(w)}, {@code tf.nn.l2_loss(w)}. */
    private static boolean isPenalty(Value value) {
        return value instanceof Value.Made made
                && (made.call().name().endsWith(".l2_loss")
                        || made.call().callee() instanceof Value.Made regularizer
                                && Names.ofKeras(regularizer.call().callee())
                                        .filter(name -> name.startsWith("regularizers."))
                                        .isPresent());
    }

    private static boolean isOverSize(Value value) {
        return value instanceof Value.Computed computed
                && computed.operator().equals("/")
                && computed.operands().size() == 2
                && LossTerm.mentions(computed.operands().get(0), Remarks::isPenalty)
                && LossTerm.mentions(computed.operands().get(1), Remarks::isSize);
    }

    private static boolean isSize(Value value) {
        return value instanceof Value.Made made
                && List.of("size", "count_params", "prod")
                        .contains(Names.last(made.call().name()));
    }
}
