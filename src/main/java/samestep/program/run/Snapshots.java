package samestep.program.run;

import java.util.ArrayList;
import java.util.List;
import samestep.program.value.Mapping;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Copies of containers, so that what a program changes later does not change what was recorded. */
final class Snapshots {
    private static final int DEEPEST = 8;

    private Snapshots() {}

    static Value of(Value value) {
        return of(value, 0);
    }

    private static Value of(Value value, int depth) {
        if (depth > DEEPEST) {
            return value;
        }
        if (value instanceof Sequence sequence) {
            List<Value> copies = new ArrayList<>();
            sequence.elements().forEach(e -> copies.add(of(e, depth + 1)));
            return new Sequence(sequence.kind(), copies, sequence.rest(), sequence.place()).copyOf(sequence);
        }
        if (value instanceof Mapping mapping) {
            Mapping copy = new Mapping(mapping.type(), mapping.place());
            mapping.entries().forEach(e -> copy.put(e.key(), of(e.value(), depth + 1)));
            mapping.rest().ifPresent(copy::open);
            return copy.copyOf(mapping);
        }
        return value instanceof Value.Guarded guarded
                ? new Value.Guarded(of(guarded.value(), depth + 1), guarded.when())
                : value;
    }
}
