package samestep.program.value;

import java.util.ArrayList;
import java.util.List;
import samestep.finding.Place;

/**
 * Where a constant comes from.
 *
 * @param literals the places in files where it, or what it was computed from, is written; of a number those of its
 *     formula's leaves, in order
 * @param passages the calls through which it was handed, in order
 * @param notes what else is to be said, such as "command line default of --wd"
 */
public record Origin(List<Place> literals, List<Passage> passages, List<String> notes) {
    /** Nowhere: it is a constant of Python's own. */
    public static final Origin NONE = new Origin(List.of(), List.of(), List.of());

    private static final int MOST = 32;
    private static final int MOST_PASSAGES = 8;

    /**
     * A call through which a value was handed.
     *
     * @param function the function's name
     * @param parameter its parameter's name
     * @param place the argument
     */
    public record Passage(String function, String parameter, Place place) {}

    /** Copies the lists. */
    public Origin {
        literals = List.copyOf(literals);
        passages = List.copyOf(passages);
        notes = List.copyOf(notes);
    }

    /** Written at a place. */
    public static Origin written(Place place) {
        return new Origin(List.of(place), List.of(), List.of());
    }

    /** From this and from another. */
    public Origin and(Origin other) {
        return new Origin(
                joined(literals, other.literals, MOST),
                joined(passages, other.passages, MOST_PASSAGES),
                joined(notes, other.notes, MOST_PASSAGES));
    }

    private static <T> List<T> joined(List<T> first, List<T> second, int most) {
        if (second.isEmpty()) {
            return first;
        }
        if (first.isEmpty()) {
            return second;
        }
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all.size() > most ? all.subList(0, most) : all;
    }

    /** The same, handed through a call. */
    public Origin through(Passage passage) {
        return passages.size() >= MOST_PASSAGES
                ? this
                : new Origin(literals, joined(passages, List.of(passage), MOST_PASSAGES), notes);
    }

    /** The same, with something to say. */
    public Origin noted(String note) {
        return notes.contains(note) ? this : new Origin(literals, passages, joined(notes, List.of(note), MOST));
    }

    /** How it gets from where it is written to where it is used, in words. */
    public List<String> through() {
        List<String> words = new ArrayList<>(notes);
        passages.forEach(p -> words.add("through " + p.function() + "(" + p.parameter() + ") at " + p.place()));
        return words;
    }

    /** In words: {@code 0.0005 at train.py:24:16, through conv(weight_decay) at model.py:14:9}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        literals.forEach(place -> parts.add(short_(place.text()) + " at " + place));
        passages.forEach(p -> parts.add("through " + p.function() + "(" + p.parameter() + ") at " + p.place()));
        parts.addAll(notes);
        return String.join(", ", parts);
    }

    private static String short_(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 40 ? line.substring(0, 40) + "..." : line;
    }
}
