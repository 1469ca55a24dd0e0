package samestep.program.run;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.program.library.NamedTuples;
import samestep.program.value.Instance;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** The elements of what can be iterated over. */
final class Iterating {
    private final Machine machine;

    Iterating(Machine machine) {
        this.machine = machine;
    }

    /** All elements, if they are all known and not too many; some may be guarded. */
    Optional<List<Value>> elementsOrGuarded(Value iterable) {
        if (iterable instanceof Sequence sequence) {
            return sequence.rest().isEmpty() ? Optional.of(sequence.elements()) : Optional.empty();
        }
        return elements(iterable);
    }

    /** All elements, if they are all known and there for sure. */
    Optional<List<Value>> elements(Value iterable) {
        if (iterable instanceof Sequence sequence) {
            return sequence.isComplete() ? Optional.of(List.copyOf(sequence.elements())) : Optional.empty();
        }
        if (iterable instanceof Mapping mapping) {
            return mapping.rest().isEmpty()
                    ? Optional.of(
                            mapping.entries().stream().map(Mapping.Entry::key).toList())
                    : Optional.empty();
        }
        if (iterable instanceof Value.Text text) {
            List<Value> letters = new ArrayList<>();
            text.value()
                    .codePoints()
                    .limit(machine.limits().elements())
                    .forEach(c -> letters.add(new Value.Text(Character.toString(c), text.origin())));
            return Optional.of(letters);
        }
        if (iterable instanceof Value.Range range) {
            return range(range);
        }
        Optional<List<Value>> tuple = NamedTuples.elements(iterable);
        if (tuple.isPresent()) {
            return tuple;
        }
        boolean isForeign = iterable.isSymbolic() || iterable instanceof Instance;
        return isForeign ? machine.world.elements(iterable) : Optional.empty();
    }

    private Optional<List<Value>> range(Value.Range range) {
        BigInteger step = range.step().integer().orElse(BigInteger.ONE);
        BigInteger start = range.start().integer().orElse(BigInteger.ZERO);
        BigInteger stop = range.stop().integer().orElse(BigInteger.ZERO);
        List<Value> values = new ArrayList<>();
        BigInteger at = start;
        while (step.signum() > 0 ? at.compareTo(stop) < 0 : at.compareTo(stop) > 0) {
            if (values.size() >= machine.limits().elements()) {
                return Optional.empty();
            }
            values.add(Value.Number.of(at, Origin.NONE));
            at = at.add(step);
        }
        return Optional.of(values);
    }
}
