package samestep.dialect.tensorflow.program.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import samestep.dialect.tensorflow.program.call.Conditions;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.finding.Place;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** The collections of a graph: lists by name, which every part of a program adds to. */
public final class GraphCollections {
    /** The operator of a sum of lists. */
    public static final String SUM = "sum of collections";
    /** The name of the collection of losses. */
    static final String LOSSES = "losses";
    /** The name of the collection of penalties. */
    static final String PENALTIES = "regularization_losses";

    /**
     * Something in a collection.
     *
     * @param added under what it was added
     */
    public record Entry(Value value, Circumstances added) {}

    private final Map<String, List<Entry>> entries = new LinkedHashMap<>();

    /** The collection that a value names: a text, or one of {@code tf.GraphKeys}. */
    public static Optional<String> key(Value value) {
        if (value instanceof Value.Text text) {
            return Optional.of(text.value());
        }
        return Names.of(value)
                .filter(name -> name.startsWith("tf.GraphKeys."))
                .map(name -> Names.last(name).toLowerCase(Locale.ROOT));
    }

    public void add(String key, Value value, Circumstances circumstances) {
        entries.computeIfAbsent(key, k -> new ArrayList<>()).add(new Entry(value, circumstances));
    }

    /** Something that is in a collection was added under other circumstances too. */
    void alsoAdded(String key, Value value, Circumstances circumstances) {
        entries.getOrDefault(key, new ArrayList<>())
                .replaceAll(e -> e.value() == value
                        ? new Entry(value, e.added().with(Conditions.either(e.added(), circumstances)))
                        : e);
    }

    /** Everything that was added to any of them, once. */
    public List<Entry> all() {
        List<Entry> all = new ArrayList<>();
        entries.values()
                .forEach(list -> list.stream()
                        .filter(entry -> all.stream().noneMatch(e -> e.value().equals(entry.value())))
                        .forEach(all::add));
        return all;
    }

    /** Whether anything was added. */
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** What is in a collection, as a list of the program. */
    public Sequence list(String key, Predicate<Entry> chosen, Circumstances now, Place place) {
        List<Value> values = entries.getOrDefault(key, List.of()).stream()
                .filter(chosen)
                .map(entry -> guarded(entry.value(), entry.added(), now))
                .toList();
        return new Sequence(Sequence.Kind.LIST, values, Optional.of(place));
    }

    /** What is there under conditions only that do not hold here too says so. */
    static Value guarded(Value value, Circumstances added, Circumstances now) {
        List<Condition> open = added.conditions().stream()
                .filter(condition -> now.conditions().stream()
                        .noneMatch(
                                c -> c.holds() == condition.holds() && c.place().equals(condition.place())))
                .toList();
        return open.isEmpty() ? value : new Value.Guarded(value, Circumstances.NONE.with(open));
    }
}
