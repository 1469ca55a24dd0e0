package samestep.program.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Python's functions over iterables. */
final class IterableFunctions {
    private final Host host;

    IterableFunctions(Host host) {
        this.host = host;
    }

    Optional<Value> call(String name, Arguments arguments, Place place) {
        Optional<Value> first = arguments.at(0);
        if (name.equals("range") || name.equals("xrange")) {
            return range(arguments);
        }
        if (name.equals("zip")) {
            return Optional.of(zip(arguments, place));
        }
        if (first.isEmpty()) {
            return Optional.empty();
        }
        return switch (name) {
            case "len" -> Optional.of(length(first.get(), place));
            case "sum" -> Optional.of(sum(arguments, place));
            case "min", "max" -> extreme(name, arguments, place);
            case "sorted" ->
                Optional.of(new Sorting(host)
                        .sorted(first.get(), arguments, place)
                        .<Value>map(all -> new Sequence(Sequence.Kind.LIST, all, Optional.of(place)))
                        .orElseGet(() -> unordered(first.get(), place)));
            case "reversed" ->
                host.elements(first.get()).map(all -> {
                    List<Value> copy = new ArrayList<>(all);
                    java.util.Collections.reverse(copy);
                    return new Sequence(Sequence.Kind.LIST, copy, Optional.of(place));
                });
            case "enumerate" -> Optional.of(enumerate(arguments, place));
            case "map" -> map(arguments, place);
            case "filter" -> filter(arguments, place);
            case "reduce" -> reduce(arguments, place);
            case "any", "all" -> Optional.of(quantified(name.equals("any"), first.get(), place));
            case "iter" -> Optional.of(iterator(first.get(), place));
            case "next" -> next(arguments, place);
            default -> Optional.empty();
        };
    }

    private static Optional<Value> range(Arguments arguments) {
        List<Value.Number> numbers = new ArrayList<>();
        for (var argument : arguments.positional()) {
            if (!(argument.value() instanceof Value.Number number) || !number.isInteger()) {
                return Optional.empty();
            }
            numbers.add(number);
        }
        Value.Number zero = Value.Number.of(0, Origin.NONE);
        Value.Number one = Value.Number.of(1, Origin.NONE);
        return switch (numbers.size()) {
            case 1 -> Optional.of(new Value.Range(zero, numbers.get(0), one));
            case 2 -> Optional.of(new Value.Range(numbers.get(0), numbers.get(1), one));
            case 3 ->
                numbers.get(2).value() == 0
                        ? Optional.empty()
                        : Optional.of(new Value.Range(numbers.get(0), numbers.get(1), numbers.get(2)));
            default -> Optional.empty();
        };
    }

    private Value zip(Arguments arguments, Place place) {
        List<List<Value>> columns = new ArrayList<>();
        List<Value> unknown = new ArrayList<>();
        for (var argument : arguments.positional()) {
            Optional<List<Value>> column =
                    argument.value() instanceof Sequence s && s.rest().isEmpty()
                            ? Optional.of(s.elements())
                            : host.elements(argument.value());
            column.ifPresentOrElse(columns::add, () -> unknown.add(argument.value()));
        }
        if (unknown.isEmpty() && !areAlikeGuarded(columns)) {
            unknown.addAll(arguments.positional().stream().map(a -> a.value()).toList());
        }
        if (!unknown.isEmpty() || arguments.open().isPresent()) {
            return new Arithmetic(host)
                    .computed(
                            "zip",
                            arguments.positional().stream().map(a -> a.value()).toList(),
                            place);
        }
        int size = columns.stream().mapToInt(List::size).min().orElse(0);
        List<Value> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int row = i;
            Value tuple = new Sequence(
                    Sequence.Kind.TUPLE,
                    columns.stream().map(c -> bare(c.get(row))).toList(),
                    Optional.of(place));
            rows.add(
                    columns.get(0).get(row) instanceof Value.Guarded guarded
                            ? new Value.Guarded(tuple, guarded.when())
                            : tuple);
        }
        return new Sequence(Sequence.Kind.LIST, rows, Optional.of(place));
    }

    private static Value bare(Value value) {
        return value instanceof Value.Guarded guarded ? guarded.value() : value;
    }

    /** Whether the elements that are there under conditions only are so in every list alike. */
    private static boolean areAlikeGuarded(List<List<Value>> columns) {
        List<List<Object>> guards = columns.stream()
                .map(column -> column.stream()
                        .<Object>map(
                                v -> v instanceof Value.Guarded g ? g.when().conditions() : List.of())
                        .toList())
                .toList();
        boolean areSure = guards.stream().flatMap(List::stream).allMatch(List.of()::equals);
        return areSure || guards.stream().distinct().count() == 1;
    }

    private Value length(Value value, Place place) {
        if (value instanceof Value.Text text) {
            return Value.Number.of(text.value().codePointCount(0, text.value().length()), Origin.NONE);
        }
        if (value instanceof Value.Range range && host.elements(range).isEmpty()) {
            return host.unknown("the length of a long range", place);
        }
        Optional<List<Value>> elements = host.elements(value);
        if (elements.isPresent()) {
            return Value.Number.of(elements.get().size(), Origin.NONE);
        }
        return new Arithmetic(host).computed("len", List.of(value), place);
    }

    private Value sum(Arguments arguments, Place place) {
        Value iterable = arguments.at(0).orElseThrow();
        Value total = arguments.get(1, "start").orElse(Value.Number.of(0, Origin.NONE));
        Optional<List<Value>> elements = host.elements(iterable);
        Arithmetic arithmetic = new Arithmetic(host);
        if (elements.isEmpty()) {
            return arithmetic.computed("sum", List.of(iterable), place);
        }
        boolean isFirst = total instanceof Value.Number n && n.value() == 0;
        if (isFirst && elements.get().size() > 1 && elements.get().stream().allMatch(Value::isSymbolic)) {
            // One term for each parameter of a model would be a chain that is too deep.
            return arithmetic.computed("sum", List.of(iterable), place);
        }
        for (Value element : elements.get()) {
            host.step();
            total = isFirst ? element : arithmetic.binary("+", total, element, place);
            isFirst = false;
        }
        return total;
    }

    private Optional<Value> extreme(String name, Arguments arguments, Place place) {
        Optional<List<Value>> values = arguments.count() == 1
                ? host.elements(arguments.at(0).orElseThrow())
                : Optional.of(
                        arguments.positional().stream().map(a -> a.value()).toList());
        Optional<Value> found = values.flatMap(
                all -> new Sorting(host).extreme(all, arguments.get(-1, "key"), name.equals("max"), place));
        if (found.isPresent()) {
            return found;
        }
        return Optional.of(new Arithmetic(host)
                .computed(
                        name,
                        arguments.positional().stream().map(a -> a.value()).toList(),
                        place));
    }

    private Value unordered(Value iterable, Place place) {
        return iterable instanceof Sequence sequence
                ? new Sequence(
                        Sequence.Kind.LIST,
                        sequence.elements(),
                        Optional.of(host.unknown("an order that is not known", place)),
                        Optional.of(place))
                : new Arithmetic(host).computed("sorted", List.of(iterable), place);
    }

    private Value enumerate(Arguments arguments, Place place) {
        Value iterable = arguments.at(0).orElseThrow();
        Optional<List<Value>> elements = host.elements(iterable);
        long start = arguments
                .get(1, "start")
                .flatMap(v -> v instanceof Value.Number n ? n.small() : Optional.empty())
                .orElse(0);
        if (elements.isEmpty()) {
            return new Arithmetic(host).computed("enumerate", List.of(iterable), place);
        }
        List<Value> pairs = new ArrayList<>();
        for (Value element : elements.get()) {
            pairs.add(Sequence.tuple(Value.Number.of(start + pairs.size(), Origin.NONE), element));
        }
        return new Sequence(Sequence.Kind.LIST, pairs, Optional.of(place));
    }

    private Optional<Value> map(Arguments arguments, Place place) {
        if (arguments.count() != 2) {
            return Optional.empty();
        }
        Value function = arguments.at(0).orElseThrow();
        Value iterable = arguments.at(1).orElseThrow();
        Optional<List<Value>> elements = host.elements(iterable);
        if (elements.isEmpty()) {
            Value each = host.call(function, Arguments.of(place, new Value.Each(iterable, place)), place);
            return Optional.of(new Sequence(
                    Sequence.Kind.LIST, List.of(new Value.Guarded(each, host.circumstances())), Optional.of(place)));
        }
        List<Value> results = new ArrayList<>();
        for (Value element : elements.get()) {
            results.add(host.call(function, Arguments.of(place, element), place));
        }
        return Optional.of(new Sequence(Sequence.Kind.LIST, results, Optional.of(place)));
    }

    /** {@code reduce(f, [a, b, c])} is {@code f(f(a, b), c)}. */
    Optional<Value> reduce(Arguments arguments, Place place) {
        Optional<List<Value>> elements = arguments.at(1).flatMap(host::elements);
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        List<Value> all = new ArrayList<>();
        arguments.at(2).ifPresent(all::add);
        all.addAll(elements.get());
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Value result = all.get(0);
        for (Value next : all.subList(1, all.size())) {
            host.step();
            result = host.call(arguments.at(0).orElseThrow(), Arguments.of(place, result, next), place);
        }
        return Optional.of(result);
    }

    private Optional<Value> filter(Arguments arguments, Place place) {
        if (arguments.count() != 2) {
            return Optional.empty();
        }
        Value function = arguments.at(0).orElseThrow();
        Value iterable = arguments.at(1).orElseThrow();
        Optional<List<Value>> elements = host.elements(iterable);
        if (elements.isEmpty()) {
            return Optional.of(new Arithmetic(host).computed("filter", List.of(function, iterable), place));
        }
        List<Value> kept = new ArrayList<>();
        for (Value element : elements.get()) {
            Value test =
                    function instanceof Value.None ? element : host.call(function, Arguments.of(place, element), place);
            Optional<Boolean> truth = host.truth(test);
            if (truth.isEmpty()) {
                var condition = new samestep.program.value.Circumstances.Condition(place, test, true);
                kept.add(new Value.Guarded(element, samestep.program.value.Circumstances.NONE.when(condition)));
            } else if (truth.get()) {
                kept.add(element);
            }
        }
        return Optional.of(new Sequence(Sequence.Kind.LIST, kept, Optional.of(place)));
    }

    private Value quantified(boolean any, Value iterable, Place place) {
        Optional<List<Value>> elements = host.elements(iterable);
        String name = any ? "any" : "all";
        if (elements.isEmpty()) {
            return new Arithmetic(host).computed(name, List.of(iterable), place);
        }
        boolean known = true;
        for (Value element : elements.get()) {
            Optional<Boolean> truth = host.truth(element);
            if (truth.isPresent() && truth.get() == any) {
                return new Value.Bool(any, Origin.NONE);
            }
            known &= truth.isPresent();
        }
        return known
                ? new Value.Bool(!any, Origin.NONE)
                : new Arithmetic(host).computed(name, List.of(iterable), place);
    }

    /** A list of its own, from which next() takes: also of what a library gives, if its elements are known. */
    private Value iterator(Value iterable, Place place) {
        if (iterable instanceof Sequence all) {
            return new Sequence(all.kind(), all.elements(), all.rest(), Optional.of(place));
        }
        return (iterable.isSymbolic() ? host.elements(iterable) : Optional.<List<Value>>empty())
                .<Value>map(all -> new Sequence(Sequence.Kind.LIST, all, Optional.of(place)))
                .orElse(iterable);
    }

    /** The first element, if it is known to be there; of nothing what is given for that. */
    private Optional<Value> next(Arguments arguments, Place place) {
        Value iterable = arguments.at(0).orElseThrow();
        List<Value> elements = iterable instanceof Mapping
                ? List.of()
                : host.elements(iterable).orElse(List.of());
        if (!elements.isEmpty() && !(elements.get(0) instanceof Value.Guarded)) {
            if (iterable instanceof Sequence list) {
                // Only an iterator can be given to next(), and it does not give this element again.
                host.touch(list);
                list.editable().remove(0);
            } else {
                host.advanced(iterable);
            }
            return Optional.of(elements.get(0));
        }
        boolean isEmpty = iterable instanceof Sequence list && list.isComplete() && elements.isEmpty();
        if (isEmpty && arguments.at(1).isPresent()) {
            return arguments.at(1);
        }
        return Optional.of(new Value.Each(iterable, place));
    }
}
