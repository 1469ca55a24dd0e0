package samestep.dialect.caffe.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Event;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * The fields that a program gives one solver.
 *
 * @param values what each is given, in order: several for a repeated field
 * @param conditional places where a field is set under a condition that is not known
 * @param isOpen whether further fields may be given
 */
record SolverFields(Map<String, List<Argument>> values, List<Place> conditional, boolean isOpen) {

    /** Of the call that makes it: its arguments, then what is set on it. */
    static SolverFields of(Trace trace, RecordedCall call) {
        Map<String, List<Argument>> values = new LinkedHashMap<>();
        List<Place> conditional = new ArrayList<>();
        call.keywords().forEach((name, argument) -> values.put(name, elements(argument)));
        for (Event event : trace.events()) {
            if (event instanceof Event.AttributeSet set && set.owner().equals(new Value.Made(call))) {
                if (set.circumstances().conditions().size()
                        > call.circumstances().conditions().size()) {
                    conditional.add(set.place());
                }
                values.put(set.name(), elements(new Argument(set.value(), set.place())));
            } else if (event instanceof RecordedCall added) {
                add(added, call, values);
            }
        }
        return new SolverFields(values, conditional, call.isOpen());
    }

    /** {@code solver.test_iter.append(100)}. */
    private static void add(RecordedCall added, RecordedCall solver, Map<String, List<Argument>> values) {
        boolean isOfField = added.owner().isPresent()
                && added.owner().get() instanceof Value.Member field
                && field.owner().equals(new Value.Made(solver))
                && added.positional().size() == 1
                && (added.name().endsWith(".append") || added.name().endsWith(".extend"));
        if (isOfField) {
            String name = ((Value.Member) added.owner().get()).name();
            values.computeIfAbsent(name, n -> new ArrayList<>())
                    .addAll(elements(added.positional().get(0)));
        }
    }

    private static List<Argument> elements(Argument argument) {
        List<Argument> all = new ArrayList<>();
        if (argument.value() instanceof Sequence sequence && sequence.isComplete()) {
            sequence.elements().forEach(e -> all.add(new Argument(e, argument.place())));
        } else {
            all.add(argument);
        }
        return all;
    }
}
