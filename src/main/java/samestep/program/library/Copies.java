package samestep.program.library;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Instance;
import samestep.program.value.Mapping;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * Copies of values, as {@code copy.copy}, {@code copy.deepcopy} and {@code dataclasses.replace} make them. An instance of a class that
 * inherits from a library, such as a model, is not copied: it is recorded by what the library does with it.
 */
final class Copies {
    private final Host host;
    private final Place place;
    private final boolean isDeep;
    /** What is met again is the same copy. */
    private final Map<Value, Value> made = new IdentityHashMap<>();

    /** @param isDeep whether what is inside is copied too */
    Copies(Host host, Place place, boolean isDeep) {
        this.host = host;
        this.place = place;
        this.isDeep = isDeep;
    }

    /** A copy; of something of a library, a call that is recorded. */
    Value of(Value value) {
        Value known = made.get(value);
        if (known != null) {
            return known;
        }
        if (value instanceof Sequence sequence) {
            Sequence copy = new Sequence(sequence.kind(), List.of(), sequence.rest(), Optional.of(place));
            made.put(value, copy);
            sequence.elements().forEach(element -> copy.editable().add(inner(element)));
            return copy;
        }
        if (value instanceof Mapping mapping) {
            Mapping copy = new Mapping(mapping.type(), Optional.of(place));
            made.put(value, copy);
            mapping.entries().forEach(entry -> copy.put(entry.key(), inner(entry.value())));
            mapping.rest().ifPresent(copy::open);
            return copy;
        }
        if (value instanceof Instance instance && instance.type().isOwn()) {
            Instance copy = new Instance(instance.type(), instance.place());
            made.put(value, copy);
            instance.attributes().forEach((name, attribute) -> copy.set(name, inner(attribute)));
            return copy;
        }
        return value.isSymbolic()
                ? host.record(Value.Library.of("copy.deepcopy"), Arguments.of(place, value), place)
                : value;
    }

    private Value inner(Value value) {
        return isDeep ? of(value) : value;
    }

    /** A copy with other fields; empty where the class does more when it is made, or the fields are not known. */
    Optional<Value> replaced(Value value, Arguments arguments) {
        boolean isKnown = value instanceof Instance instance
                && instance.type().isOwn()
                && instance.type().attribute("__post_init__").isEmpty()
                && arguments.open().isEmpty()
                && arguments.count() == 1;
        if (!isKnown) {
            return Optional.empty();
        }
        Instance copy = (Instance) of(value);
        arguments.keywords().forEach((name, argument) -> copy.set(name, argument.value()));
        return Optional.of(copy);
    }
}
