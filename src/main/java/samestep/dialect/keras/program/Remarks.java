package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
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
 */
record Remarks(List<Finding> findings, List<String> unknown, boolean changesRate) {
    private static final List<String> RATE_CALLBACKS = List.of("LearningRateScheduler", "ReduceLROnPlateau");

    /** Calls that make a model of the configurations of another's layers. */
    private static final List<String> RELOADS =
            List.of("model_from_json", "model_from_yaml", "model_from_config", "clone_model", "from_config");

    Remarks {
        findings = List.copyOf(findings);
        unknown = List.copyOf(unknown);
    }

    /** Of a program. */
    static Remarks of(Trace trace) {
        List<Finding> findings = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        boolean changesRate = callbacks(trace, findings) | assignedRates(trace, findings);
        regularizersSetLate(trace, findings, unknown);
        frozen(trace, findings, unknown);
        addedLosses(trace, findings, unknown);
        return new Remarks(findings, unknown, changesRate);
    }

    private static boolean callbacks(Trace trace, List<Finding> findings) {
        boolean changes = false;
        for (RecordedCall call : trace.calls()) {
            Optional<String> name =
                    Names.ofKeras(call.callee()).map(Names::last).filter(RATE_CALLBACKS::contains);
            if (name.isPresent()) {
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
                            || call.name().endsWith("optimizer.lr.assign"));
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
        return !call.positional().isEmpty()
                && call.positional().get(0).value() instanceof Value.Member member
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

    private static void addedLosses(Trace trace, List<Finding> findings, List<String> unknown) {
        for (RecordedCall call : trace.calls()) {
            if (call.name().endsWith(".add_loss") && call.owner().isPresent()) {
                unknown.add("add_loss at " + call.place());
                findings.add(Finding.at(
                                call.place(),
                                Code.SS045,
                                "add_loss adds a term to the loss; what it adds to the gradient is not known")
                        .detail("No verdict on the whole is possible; everything else is read."));
                return;
            }
        }
    }
}
