package samestep.program.library;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Value;

/** Sorts, where the order is known. */
final class Sorting {
    private final Host host;

    private record Keyed(Value value, Value key) {}

    /** Ends a sort at the first two keys whose order is not known. */
    private static final class NoOrder extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoOrder() {
            super("no order", null, false, false);
        }
    }

    Sorting(Host host) {
        this.host = host;
    }

    Optional<List<Value>> sorted(Value iterable, Arguments arguments, Place place) {
        Optional<List<Value>> elements = host.elements(iterable);
        Optional<Boolean> reverse =
                arguments.get(-1, "reverse").map(host::truth).orElse(Optional.of(false));
        if (elements.isEmpty() || reverse.isEmpty()) {
            return Optional.empty();
        }
        Optional<Value> function = arguments.get(-1, "key").filter(k -> !(k instanceof Value.None));
        List<Keyed> keyed = new ArrayList<>();
        for (Value element : elements.get()) {
            Value key = function.map(f -> host.call(f, Arguments.of(place, element), place))
                    .orElse(element);
            keyed.add(new Keyed(element, key));
        }
        Comparing comparing = new Comparing(host);
        try {
            if (reverse.get()) {
                Collections.reverse(keyed);
            }
            keyed.sort((a, b) -> comparing.order(a.key(), b.key()).orElseThrow(NoOrder::new));
            if (reverse.get()) {
                Collections.reverse(keyed);
            }
            return Optional.of(keyed.stream().map(Keyed::value).toList());
        } catch (NoOrder e) {
            return Optional.empty();
        }
    }

    /** The smallest or the largest, where the order is known. */
    Optional<Value> extreme(List<Value> values, Optional<Value> function, boolean largest, Place place) {
        Comparing comparing = new Comparing(host);
        Value best = null;
        Value bestKey = null;
        for (Value value : values) {
            Value key = function.map(f -> host.call(f, Arguments.of(place, value), place))
                    .orElse(value);
            if (best == null || bestKey == null) {
                best = value;
                bestKey = key;
                continue;
            }
            Optional<Integer> order = comparing.order(key, bestKey);
            if (order.isEmpty()) {
                return Optional.empty();
            }
            if (largest ? order.get() > 0 : order.get() < 0) {
                best = value;
                bestKey = key;
            }
        }
        return Optional.ofNullable(best);
    }
}
