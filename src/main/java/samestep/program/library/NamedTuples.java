package samestep.program.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.ClassValue;
import samestep.program.value.Instance;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Scope;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** {@code collections.namedtuple}: a class whose constructor takes its fields, and whose instances are tuples too. */
public final class NamedTuples {
    /** What such a class inherits from. */
    private static final String BASE = "collections.namedtuple";

    private NamedTuples() {}

    /** The class that a call makes; empty if its fields are not known. */
    static Optional<Value> type(Arguments arguments, Place place) {
        Optional<Value> name = arguments.get(0, "typename");
        Optional<List<String>> fields = arguments.get(1, "field_names").flatMap(NamedTuples::fields);
        if (fields.isEmpty() || name.isEmpty() || !(name.get() instanceof Value.Text text)) {
            return Optional.empty();
        }
        return Optional.of(
                new ClassValue(text.value(), List.of(Value.Library.of(BASE)), new Scope(), fields.get(), true, place));
    }

    private static Optional<List<String>> fields(Value value) {
        if (value instanceof Value.Text text) {
            return Optional.of(List.of(text.value().strip().split("[,\\s]+")));
        }
        if (!(value instanceof Sequence list) || !list.isComplete()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (Value element : list.elements()) {
            if (!(element instanceof Value.Text text)) {
                return Optional.empty();
            }
            names.add(text.value());
        }
        return Optional.of(names);
    }

    private static Optional<ClassValue> typeOf(Value value) {
        return value instanceof Instance instance
                ? instance.type().order().stream()
                        .filter(t -> t.bases().stream().anyMatch(b -> b instanceof Value.Library l && l.mayBe(BASE)))
                        .findFirst()
                : Optional.empty();
    }

    /** The elements of an instance; empty of anything else. */
    public static Optional<List<Value>> elements(Value value) {
        return typeOf(value)
                .map(type -> type.fields().stream()
                        .flatMap(field -> ((Instance) value).get(field).stream())
                        .toList());
    }

    /** {@code tuple._replace(field=value)}: another one. */
    static Optional<Value> method(Value.Member member, Arguments arguments, Place place) {
        if (!member.name().equals("_replace") || typeOf(member.owner()).isEmpty()) {
            return Optional.empty();
        }
        Instance before = (Instance) member.owner();
        Instance after = new Instance(before.type(), Optional.of(place));
        before.attributes().forEach(after::set);
        for (Map.Entry<String, Argument> changed : arguments.keywords().entrySet()) {
            after.set(changed.getKey(), changed.getValue().value());
        }
        return Optional.of(after);
    }
}
