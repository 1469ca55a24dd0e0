package samestep.dialect.pytorch.program;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Event;
import samestep.program.value.RecordedCall;
import samestep.program.value.Show;
import samestep.program.value.Value;

/** What a program sets in the optimizer's groups by itself: {@code group['lr'] = ...}. */
final class RateChanges {
    private final Trace trace;
    private final List<RecordedCall> optimizer;
    private final List<Finding> findings;

    RateChanges(Trace trace, List<RecordedCall> optimizer, List<Finding> findings) {
        this.trace = trace;
        this.optimizer = optimizer;
        this.findings = findings;
    }

    /** Says what is set, once for each place; whether it is the rate. */
    boolean check() {
        boolean changes = false;
        Set<Place> seen = new HashSet<>();
        for (Event event : trace.events()) {
            if (event instanceof Event.ElementSet set
                    && set.index() instanceof Value.Text name
                    && isGroup(set.owner())
                    && seen.add(set.place())) {
                boolean isRate = name.value().equals("lr");
                changes |= isRate;
                findings.add(
                        isRate
                                ? Finding.at(
                                                set.place(),
                                                Code.SS441,
                                                "the program's own code sets the rate; this is not read yet")
                                        .detail("The rates of the updates are not known; lr is what the optimizer is"
                                                + " made with.")
                                : Finding.at(
                                        set.place(),
                                        Code.SS010,
                                        "the program sets " + name.value()
                                                + " of the optimizer's groups, which cannot be read yet"));
            }
        }
        return changes;
    }

    private boolean isGroup(Value value) {
        String path = Show.path(value);
        return path.contains("param_groups") && !optimizer.isEmpty();
    }
}
