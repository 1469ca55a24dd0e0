package samestep.program.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Instance;
import samestep.program.value.Keys;
import samestep.program.value.Mapping;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Reads elements: {@code owner[index]}. */
final class Items {
    private final Host host;

    Items(Host host) {
        this.host = host;
    }

    Value get(Value owner, Value index, Place place) {
        if (owner instanceof Value.OneOf oneOf) {
            return Arithmetic.each(oneOf, v -> get(v, index, place));
        }
        if (index instanceof Value.OneOf oneOf) {
            return Arithmetic.each(oneOf, v -> get(owner, v, place));
        }
        if (owner instanceof Value.Guarded guarded) {
            return get(guarded.value(), index, place);
        }
        if (owner instanceof Mapping mapping) {
            return ofMapping(mapping, index, place);
        }
        if (index instanceof Value.Computed slice && slice.operator().equals("slice")) {
            return sliced(owner, slice, place);
        }
        if (owner instanceof Sequence sequence) {
            return ofSequence(sequence, index, place);
        }
        if (owner instanceof Value.Text || owner instanceof Value.Range) {
            Optional<List<Value>> elements = host.elements(owner);
            return elements.flatMap(all -> at(all, index))
                    .orElseGet(() -> host.unknown("an element that is not known", place));
        }
        if (owner instanceof Instance instance) {
            Optional<Value> getter = instance.type().attribute("__getitem__");
            if (getter.isPresent()) {
                Value method = host.attribute(instance, "__getitem__", place);
                return host.call(method, Arguments.of(place, index), place);
            }
        }
        if (owner instanceof Value.Member dict && dict.name().equals("__dict__") && index instanceof Value.Text name) {
            return host.attribute(dict.owner(), name.value(), place);
        }
        boolean isForeign = owner.isSymbolic() || owner instanceof Instance;
        if (!isForeign) {
            return host.unknown("an element of what has none", place);
        }
        return host.stored(owner, List.of("item", Keys.of(index)))
                .or(() -> host.item(owner, index))
                .or(() -> host.elements(owner).flatMap(all -> at(all, index)))
                .orElseGet(() -> new Value.Element(owner, index, place));
    }

    private Value ofMapping(Mapping mapping, Value index, Place place) {
        Optional<Value> value = mapping.get(index);
        if (value.isPresent()) {
            return value.get() instanceof Value.Guarded guarded ? guarded.value() : value.get();
        }
        if (index.isSymbolic()) {
            return new Value.Element(mapping, index, place);
        }
        if (mapping.type().equals("collections.defaultdict")) {
            Optional<Value> factory = mapping.get(MappingMethods.FACTORY);
            if (factory.isPresent()) {
                Value made = host.call(factory.get(), Arguments.of(place), place);
                host.touch(mapping);
                mapping.put(index, made);
                return made;
            }
        }
        return host.unknown(
                mapping.rest().isPresent()
                        ? "an entry of a dict that is not fully known"
                        : "the key " + samestep.program.value.Show.value(index) + ", which the dict does not have",
                place);
    }

    private Value ofSequence(Sequence sequence, Value index, Place place) {
        boolean isSure = sequence.rest().isEmpty() || index instanceof Value.Number n && n.value() >= 0;
        Optional<Value> value = isSure ? at(sequence.elements(), index) : Optional.empty();
        boolean allSure = sequence.elements().stream().noneMatch(Value.Guarded.class::isInstance);
        if (value.isPresent() && allSure) {
            return value.get();
        }
        return index.isSymbolic() || !allSure || sequence.rest().isPresent()
                ? new Value.Element(sequence, index, place)
                : host.unknown("an element that the list does not have", place);
    }

    private static Optional<Value> at(List<Value> elements, Value index) {
        Optional<Integer> position =
                Arithmetic.isNumeric(index) ? Arithmetic.number(index).small() : Optional.empty();
        return position.map(i -> i < 0 ? i + elements.size() : i)
                .filter(i -> i >= 0 && i < elements.size())
                .map(elements::get);
    }

    private Value sliced(Value owner, Value.Computed slice, Place place) {
        Optional<List<Value>> elements = host.elements(owner);
        Optional<int[]> range = elements.flatMap(all -> range(slice, all.size()));
        if (range.isEmpty()) {
            return owner.isSymbolic() || owner instanceof Sequence
                    ? new Value.Element(owner, slice, place)
                    : host.unknown("a slice that is not known", place);
        }
        List<Value> all = elements.get();
        List<Value> chosen = new ArrayList<>();
        int[] r = range.get();
        for (int i = r[0]; r[2] > 0 ? i < r[1] : i > r[1]; i += r[2]) {
            chosen.add(all.get(i));
        }
        if (owner instanceof Value.Text text) {
            StringBuilder out = new StringBuilder();
            chosen.forEach(c -> out.append(((Value.Text) c).value()));
            return new Value.Text(out.toString(), text.origin());
        }
        Sequence.Kind kind = owner instanceof Sequence sequence ? sequence.kind() : Sequence.Kind.LIST;
        return new Sequence(kind, chosen, Optional.of(place));
    }

    /** Start, stop and step as Python has them for a length. */
    private static Optional<int[]> range(Value.Computed slice, int size) {
        Integer[] given = new Integer[3];
        for (int i = 0; i < 3; i++) {
            Value value = slice.operands().get(i);
            if (value instanceof Value.Number number && number.small().isPresent()) {
                given[i] = number.small().get();
            } else if (!(value instanceof Value.None)) {
                return Optional.empty();
            }
        }
        int step = given[2] == null ? 1 : given[2];
        if (step == 0) {
            return Optional.empty();
        }
        int low = step > 0 ? 0 : -1;
        int high = step > 0 ? size : size - 1;
        int start = given[0] == null ? (step > 0 ? low : high) : clamp(given[0], size, low, high);
        int stop = given[1] == null ? (step > 0 ? high : low) : clamp(given[1], size, low, high);
        return Optional.of(new int[] {start, stop, step});
    }

    private static int clamp(int index, int size, int low, int high) {
        int positive = index < 0 ? index + size : index;
        return Math.max(low, Math.min(high, positive));
    }
}
