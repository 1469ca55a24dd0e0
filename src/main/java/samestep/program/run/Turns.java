package samestep.program.run;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import samestep.finding.Place;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.Mutable;
import samestep.program.value.Value;

/**
 * Follows one turn of a loop whose number of turns is not known. What the turn changes is joined with what was before;
 * a constant that it changes is not known afterwards, since each turn may change it again.
 */
final class Turns {
    private final Machine machine;
    private final Place place;

    Turns(Machine machine, Place place) {
        this.machine = machine;
        this.place = place;
    }

    Flow run(Supplier<Flow> body) {
        machine.journal.begin();
        Journal.Changes changes = new Journal.Changes(Map.of(), Map.of());
        Flow flow = Flow.NORMAL;
        var before = machine.current;
        try {
            flow = body.get();
        } finally {
            changes = machine.journal.end();
        }
        Condition taken = new Condition(place, machine.unknown("a turn of the loop", place), true);
        for (Map.Entry<Mutable, Object> change : changes.before().entrySet()) {
            Mutable mutable = change.getKey();
            machine.touch(mutable);
            Object after = changes.after().get(mutable);
            if (after != null) {
                mutable.turn(change.getValue(), after, taken);
            }
        }
        if (flow.kind() == Flow.Kind.RETURN) {
            // It may also end without.
            machine.frame.returns.add(new Value.Alternative(flow.value().orElseThrow(), List.of(taken)));
            machine.current = before;
            return Flow.NORMAL;
        }
        return flow.kind() == Flow.Kind.RAISE ? Flow.NORMAL : flow;
    }
}
