package samestep.program.library;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** The methods of dicts, and of configurations whose attributes are entries. */
final class MappingMethods {
    /** The key under which a defaultdict keeps what makes its values. */
    static final String FACTORY = "\0factory";

    private static final Value NONE = new Value.None(Origin.NONE);
    private static final Set<String> NAMES = Set.of(
            "get",
            "items",
            "keys",
            "values",
            "update",
            "pop",
            "setdefault",
            "copy",
            "clear",
            "popitem",
            "clone",
            "freeze",
            "defrost",
            "merge_from_file",
            "merge_from_list",
            "merge_from_other_cfg",
            "to_dict",
            "lock",
            "unlock",
            "_replace",
            "iteritems",
            "itervalues",
            "iterkeys",
            "has_key",
            "dump",
            "unlocked",
            "_get_kwargs",
            "move_to_end",
            "is_frozen",
            "set_new_allowed",
            "__contains__");

    private final Host host;

    MappingMethods(Host host) {
        this.host = host;
    }

    boolean has(String name) {
        return NAMES.contains(name);
    }

    /** What a constructor like {@code dict(...)} makes. */
    Mapping make(String type, Arguments arguments, Place place) {
        Mapping mapping = new Mapping(type, Optional.of(place));
        arguments.at(0).ifPresent(first -> merge(mapping, first, place));
        arguments.keywords().forEach((name, argument) -> mapping.put(name, nested(type, argument.value())));
        arguments.open().ifPresent(mapping::open);
        return mapping;
    }

    /** Configurations make configurations of the dicts inside of them. */
    Value nested(String type, Value value) {
        boolean isPlain = type.equals(Mapping.DICT) || type.startsWith("collections.") || type.startsWith("argparse.");
        if (isPlain || !(value instanceof Mapping inner) || !inner.type().equals(Mapping.DICT)) {
            return value;
        }
        Mapping converted = new Mapping(type, inner.place());
        inner.entries().forEach(e -> converted.put(e.key(), nested(type, e.value())));
        inner.rest().ifPresent(converted::open);
        return converted;
    }

    void merge(Mapping into, Value more, Place place) {
        host.touch(into);
        if (more instanceof Mapping mapping) {
            mapping.rest().ifPresent(into::override);
            List.copyOf(mapping.entries()).forEach(e -> into.put(e.key(), nested(into.type(), e.value())));
            return;
        }
        Optional<List<Value>> pairs = host.elements(more);
        if (pairs.isPresent()) {
            for (Value pair : pairs.get()) {
                Optional<List<Value>> parts = host.elements(pair);
                if (parts.isPresent() && parts.get().size() == 2) {
                    into.put(parts.get().get(0), nested(into.type(), parts.get().get(1)));
                } else {
                    into.override(host.unknown("an entry that may be replaced by what is not known", place));
                }
            }
        } else if (!(more instanceof Value.None)) {
            into.override(
                    host.unknown("an entry that may be replaced: " + samestep.program.value.Show.value(more), place));
        }
    }

    /** As yacs and others do: dicts inside of dicts are merged and not replaced. */
    void mergeDeep(Mapping into, Mapping more) {
        host.touch(into);
        for (Mapping.Entry entry : List.copyOf(more.entries())) {
            Optional<Value> own = into.get(entry.key());
            if (own.isPresent() && own.get() instanceof Mapping a && entry.value() instanceof Mapping b) {
                mergeDeep(a, b);
            } else {
                into.put(entry.key(), nested(into.type(), entry.value()));
            }
        }
        more.rest().ifPresent(into::open);
    }

    Optional<Value> call(Mapping mapping, String method, Arguments arguments, Place place) {
        Optional<Value> first = arguments.at(0);
        switch (method) {
            case "get" -> {
                return first.map(
                        key -> get(mapping, key, arguments.get(1, "default").orElse(NONE), place));
            }
            case "setdefault" -> {
                return first.map(key -> setDefault(mapping, key, arguments.at(1).orElse(NONE), place));
            }
            case "pop" -> {
                return first.map(key -> pop(mapping, key, arguments.at(1), place));
            }
            case "items", "iteritems" -> {
                return Optional.of(listed(mapping, place, e -> Sequence.tuple(e.key(), e.value())));
            }
            case "keys", "iterkeys" -> {
                return Optional.of(listed(mapping, place, Mapping.Entry::key));
            }
            case "values", "itervalues" -> {
                return Optional.of(listed(mapping, place, Mapping.Entry::value));
            }
            case "update" -> {
                first.ifPresent(more -> merge(mapping, more, place));
                host.touch(mapping);
                arguments.keywords().forEach((name, a) -> mapping.put(name, nested(mapping.type(), a.value())));
                arguments
                        .open()
                        .ifPresent(more -> mapping.override(
                                host.unknown("an entry that may be replaced by what is not known", place)));
                return Optional.of(NONE);
            }
            case "has_key", "__contains__" -> {
                return first.flatMap(key -> new Comparing(host).contains(mapping, key))
                        .map(b -> new Value.Bool(b, Origin.NONE));
            }
            default -> {
                return configured(mapping, method, arguments, place);
            }
        }
    }

    private Optional<Value> configured(Mapping mapping, String method, Arguments arguments, Place place) {
        switch (method) {
            case "copy", "clone", "to_dict" -> {
                return Optional.of(copy(mapping, method.equals("to_dict") ? Mapping.DICT : mapping.type(), place));
            }
            case "clear" -> {
                host.touch(mapping);
                mapping.clear();
                return Optional.of(NONE);
            }
            case "freeze", "defrost", "lock", "unlock", "set_new_allowed", "move_to_end", "unlocked" -> {
                return Optional.of(mapping);
            }
            case "merge_from_other_cfg" -> {
                if (arguments.at(0).orElse(NONE) instanceof Mapping other) {
                    mergeDeep(mapping, other);
                }
                return Optional.of(NONE);
            }
            case "merge_from_file" -> {
                Value read = new Loading(host).file(arguments.at(0).orElse(NONE), place);
                if (read instanceof Mapping other) {
                    mergeDeep(mapping, other);
                } else {
                    host.touch(mapping);
                    unsure(mapping, host.unknown("a value that a file which is not known may set", place));
                }
                return Optional.of(NONE);
            }
            case "merge_from_list" -> {
                mergeList(mapping, arguments.at(0).orElse(NONE), place);
                return Optional.of(NONE);
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    /** After a merge with what is not known each value may be another: it is kept as the default that it is. */
    private static void unsure(Mapping mapping, Value reason) {
        for (Mapping.Entry entry : List.copyOf(mapping.entries())) {
            Value value = entry.value();
            if (value instanceof Mapping inner) {
                unsure(inner, reason);
            } else {
                mapping.put(entry.key(), value.bornAt(value.born().noted("default of a configuration")));
            }
        }
    }

    /** {@code ["SOLVER.LR", 0.1, ...]}. */
    private void mergeList(Mapping mapping, Value list, Place place) {
        Optional<List<Value>> elements = host.elements(list);
        if (elements.isEmpty()) {
            host.touch(mapping);
            unsure(mapping, host.unknown("a value that a list which is not known may set", place));
            return;
        }
        for (int i = 0; i + 1 < elements.get().size(); i += 2) {
            if (!(elements.get().get(i) instanceof Value.Text path)) {
                continue;
            }
            String[] parts = path.value().split("\\.");
            Mapping at = mapping;
            for (int p = 0; p + 1 < parts.length; p++) {
                at = at.get(parts[p]).orElse(NONE) instanceof Mapping inner ? inner : at;
            }
            host.touch(at);
            at.put(parts[parts.length - 1], elements.get().get(i + 1));
        }
    }

    private Mapping copy(Mapping mapping, String type, Place place) {
        Mapping copy = new Mapping(type, Optional.of(place));
        boolean isDeep = mapping.hasAttributes();
        mapping.entries()
                .forEach(e -> copy.put(
                        e.key(),
                        isDeep && e.value() instanceof Mapping inner
                                ? copy(inner, type.equals(Mapping.DICT) ? type : inner.type(), place)
                                : e.value()));
        mapping.rest().ifPresent(copy::open);
        return copy;
    }

    private Value get(Mapping mapping, Value key, Value otherwise, Place place) {
        Optional<Value> value = mapping.get(key);
        if (value.isPresent()) {
            return value.get();
        }
        boolean isSure = mapping.rest().isEmpty() && !key.isSymbolic();
        return isSure ? otherwise : new Value.Element(mapping, key, place);
    }

    private Value setDefault(Mapping mapping, Value key, Value otherwise, Place place) {
        Value value = get(mapping, key, otherwise, place);
        host.touch(mapping);
        mapping.put(key, value);
        return value;
    }

    private Value pop(Mapping mapping, Value key, Optional<Value> otherwise, Place place) {
        host.touch(mapping);
        Optional<Value> removed = mapping.remove(key);
        if (removed.isPresent()) {
            return removed.get();
        }
        return otherwise.isPresent() && mapping.rest().isEmpty()
                ? otherwise.get()
                : host.unknown("an entry that is taken out", place);
    }

    private static Sequence listed(
            Mapping mapping, Place place, java.util.function.Function<Mapping.Entry, Value> part) {
        List<Value> values = mapping.entries().stream()
                .filter(e -> !(e.key() instanceof Value.Text t && t.value().equals(FACTORY)))
                .map(part)
                .toList();
        return new Sequence(Sequence.Kind.LIST, values, mapping.rest(), Optional.of(place));
    }
}
