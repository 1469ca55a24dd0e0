package samestep.program.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Keys;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** The methods of lists, tuples and sets. */
final class ListMethods {
    private static final Value NONE = new Value.None(Origin.NONE);

    private final Host host;

    ListMethods(Host host) {
        this.host = host;
    }

    Optional<Value> call(Sequence list, String method, Arguments arguments, Place place) {
        Optional<Value> first = arguments.at(0);
        switch (method) {
            case "append", "add" -> {
                first.ifPresent(value -> add(list, value, place));
                return Optional.of(NONE);
            }
            case "extend", "update" -> {
                first.ifPresent(value -> extend(list, value, place));
                return Optional.of(NONE);
            }
            case "insert" -> {
                insert(list, arguments, place);
                return Optional.of(NONE);
            }
            case "pop" -> {
                return Optional.of(pop(list, arguments, place));
            }
            case "remove", "discard" -> {
                host.touch(list);
                boolean removed = first.isPresent()
                        && list.editable().removeIf(e -> Keys.of(e).equals(Keys.of(first.get())));
                if (!removed) {
                    list.open(host.unknown("elements of which one is removed", place));
                }
                return Optional.of(NONE);
            }
            case "clear" -> {
                host.touch(list);
                list.editable().clear();
                return Optional.of(NONE);
            }
            case "reverse" -> {
                host.touch(list);
                java.util.Collections.reverse(list.editable());
                return Optional.of(NONE);
            }
            case "sort" -> {
                sort(list, arguments, place);
                return Optional.of(NONE);
            }
            case "copy" -> {
                return Optional.of(new Sequence(list.kind(), list.elements(), list.rest(), Optional.of(place)));
            }
            default -> {
                return asked(list, method, arguments, place);
            }
        }
    }

    private Optional<Value> asked(Sequence list, String method, Arguments arguments, Place place) {
        Optional<Value> first = arguments.at(0);
        if (first.isEmpty() || !list.isComplete()) {
            return Optional.empty();
        }
        Object key = Keys.of(first.get());
        List<Object> keys = list.elements().stream().map(Keys::of).toList();
        Optional<List<Value>> others = host.elements(first.get());
        return switch (method) {
            case "index" ->
                keys.contains(key) ? Optional.of(Value.Number.of(keys.indexOf(key), Origin.NONE)) : Optional.empty();
            case "count" ->
                Optional.of(Value.Number.of(keys.stream().filter(key::equals).count(), Origin.NONE));
            case "union", "intersection", "difference", "symmetric_difference" ->
                others.flatMap(all -> Sets.operation(
                        switch (method) {
                            case "union" -> "|";
                            case "intersection" -> "&";
                            case "difference" -> "-";
                            default -> "^";
                        },
                        list,
                        Sets.of(all, place),
                        place));
            default -> Optional.empty();
        };
    }

    private void add(Sequence list, Value value, Place place) {
        host.touch(list);
        boolean isThere = list.kind() == Sequence.Kind.SET
                && list.elements().stream().anyMatch(e -> Keys.of(e).equals(Keys.of(value)));
        if (isThere) {
            return;
        }
        if (list.elements().size() >= host.limits().elements()) {
            list.open(host.unknown("more elements than are followed", place));
        } else {
            list.editable().add(value);
        }
    }

    void extend(Sequence list, Value more, Place place) {
        host.touch(list);
        Optional<List<Value>> elements = host.elements(more);
        if (elements.isPresent()) {
            elements.get().forEach(e -> add(list, e, place));
        } else if (more instanceof Sequence other) {
            List.copyOf(other.elements()).forEach(e -> add(list, e, place));
            other.rest().ifPresent(list::open);
        } else {
            list.open(more);
        }
    }

    private void insert(Sequence list, Arguments arguments, Place place) {
        host.touch(list);
        Optional<Integer> at = arguments.at(0).flatMap(v -> v instanceof Value.Number n ? n.small() : Optional.empty());
        if (at.isEmpty() || arguments.count() < 2) {
            list.open(host.unknown("an element that is put at what is not known", place));
            return;
        }
        int size = list.elements().size();
        int index = at.get() < 0 ? Math.max(0, at.get() + size) : Math.min(size, at.get());
        list.editable().add(index, arguments.at(1).orElseThrow());
    }

    private Value pop(Sequence list, Arguments arguments, Place place) {
        host.touch(list);
        int size = list.elements().size();
        Optional<Integer> at = arguments.count() == 0
                ? Optional.of(size - 1)
                : arguments.at(0).flatMap(v -> v instanceof Value.Number n ? n.small() : Optional.empty());
        int index = at.map(i -> i < 0 ? i + size : i).orElse(-1);
        if (!list.isComplete() || index < 0 || index >= size) {
            list.open(host.unknown("elements of which one is taken out", place));
            return host.unknown("an element that is taken out", place);
        }
        return list.editable().remove(index);
    }

    private void sort(Sequence list, Arguments arguments, Place place) {
        host.touch(list);
        Optional<List<Value>> sorted = new Sorting(host).sorted(list, arguments, place);
        if (sorted.isPresent()) {
            list.editable().clear();
            list.editable().addAll(sorted.get());
        } else {
            List<Value> all = new ArrayList<>(list.elements());
            list.open(host.unknown("an order that is not known", place));
            list.editable().clear();
            list.editable().addAll(all);
        }
    }
}
