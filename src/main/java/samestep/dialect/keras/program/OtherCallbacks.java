package samestep.dialect.keras.program;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.CalledNames;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Callbacks that are not Keras' own: one that is not in the program may do anything, one that is may change weights. */
final class OtherCallbacks {
    private static final Set<String> FITS = Set.of("fit", "fit_generator");
    private static final Set<String> CHANGES = Set.of("set_weights", "assign", "assign_sub", "assign_add");
    private static final int DEEPEST = 6;

    private final Trace trace;
    private final List<Finding> findings;
    private final List<String> unknown;
    private boolean setsRate;

    OtherCallbacks(Trace trace, List<Finding> findings, List<String> unknown) {
        this.trace = trace;
        this.findings = findings;
        this.unknown = unknown;
    }

    /** Says them; whether one may set the rate. */
    boolean find() {
        for (RecordedCall call : trace.calls()) {
            String last = Names.last(call.name());
            if (FITS.contains(last)) {
                call.keyword("callbacks").ifPresent(a -> given(a.value(), a.place(), 0));
            }
            // Those of a Callback are called by Keras: on_train_batch_end, on_epoch_begin and others.
            boolean isInCallback = call.circumstances().functions().stream()
                    .findFirst()
                    .filter(name -> name.startsWith("on_"))
                    .isPresent();
            boolean isOfWeights = call.owner()
                    .filter(o -> !(o instanceof Value.Member m
                            && (m.name().equals("lr") || m.name().equals("learning_rate"))))
                    .isPresent();
            if (isInCallback && isOfWeights && CHANGES.contains(last)) {
                add(call.place(), "a callback changes weights here");
            }
        }
        return setsRate;
    }

    private void given(Value value, Place place, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (value instanceof Sequence sequence) {
            sequence.elements().forEach(e -> given(e, place, depth + 1));
        } else if (value instanceof Value.Guarded guarded) {
            given(guarded.value(), place, depth + 1);
        } else if (value instanceof Value.OneOf oneOf) {
            oneOf.alternatives().forEach(a -> given(a.value(), place, depth + 1));
        } else if (value instanceof Value.Made made && !isKnown(made.call())) {
            String name = made.call().lastName();
            setsRate |= CalledNames.maySetRate(name);
            add(made.call().place(), "the callback " + name + " is not in the program and may change the training");
        }
    }

    private static boolean isKnown(RecordedCall call) {
        Optional<String> ofKeras = Names.ofKeras(call.callee());
        return ofKeras.isPresent() || CalledNames.isHarmless(call.name());
    }

    private void add(Place place, String what) {
        findings.add(Finding.at(place, Code.SS045, what)
                .detail("No verdict on the whole is possible; everything else is read."));
        unknown.add(what + " at " + place);
    }
}
