package samestep.program.library;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Keys;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Sets. */
final class Sets {
    private Sets() {}

    static Sequence of(List<Value> elements, Place place) {
        Map<Object, Value> distinct = new LinkedHashMap<>();
        elements.forEach(e -> distinct.putIfAbsent(Keys.of(e), e));
        return new Sequence(Sequence.Kind.SET, List.copyOf(distinct.values()), Optional.of(place));
    }

    static Optional<Value> operation(String operator, Sequence a, Sequence b, Place place) {
        List<Object> left = a.elements().stream().map(Keys::of).toList();
        List<Object> right = b.elements().stream().map(Keys::of).toList();
        List<Value> kept = new ArrayList<>();
        switch (operator) {
            case "|" -> {
                kept.addAll(a.elements());
                kept.addAll(b.elements());
            }
            case "&" ->
                a.elements().stream().filter(v -> right.contains(Keys.of(v))).forEach(kept::add);
            case "-" ->
                a.elements().stream().filter(v -> !right.contains(Keys.of(v))).forEach(kept::add);
            case "^" -> {
                a.elements().stream().filter(v -> !right.contains(Keys.of(v))).forEach(kept::add);
                b.elements().stream().filter(v -> !left.contains(Keys.of(v))).forEach(kept::add);
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(of(kept, place));
    }
}
