package samestep.syntax.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.text.Span;

/**
 * Names with values.
 *
 * @param entries all entries in the order of the file, those with the same name and the merge keys too
 * @param flow whether it is in braces
 * @param tag as written, or empty
 * @param span with the braces, or from the first key to the end of the last value
 */
public record YamlMapping(List<YamlEntry> entries, boolean flow, String tag, Span span) implements YamlValue {

    /** A mapping of nothing. */
    public static final YamlMapping EMPTY = new YamlMapping(List.of(), true, "", new Span(0, 0));

    /** Copies the entries. */
    public YamlMapping {
        entries = List.copyOf(entries);
    }

    /** The value of that name, as {@link #entry} finds it, an alias replaced by what it stands for. */
    public Optional<YamlValue> get(String name) {
        return entry(name).map(entry -> entry.value().resolved());
    }

    /**
     * The entry of that name; the last one if there are several, as in PyYAML. Its own entries come before those of
     * merged mappings, whatever their order.
     */
    public Optional<YamlEntry> entry(String name) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).name().equals(name) && !entries.get(i).isMerge()) {
                return Optional.of(entries.get(i));
            }
        }
        for (YamlMapping merged : merged()) {
            Optional<YamlEntry> found = merged.entry(name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** What is seen through all merges: each name once, with the entry that {@link #entry} finds. */
    public Collection<YamlEntry> visible() {
        Map<String, YamlEntry> visible = new LinkedHashMap<>();
        List<YamlMapping> merged = merged();
        for (int i = merged.size() - 1; i >= 0; i--) {
            merged.get(i).visible().forEach(entry -> visible.put(entry.name(), entry));
        }
        entries.stream().filter(entry -> !entry.isMerge()).forEach(entry -> visible.put(entry.name(), entry));
        return visible.values();
    }

    /** The mappings that are merged into this one, in the order in which they are asked. */
    private List<YamlMapping> merged() {
        List<YamlMapping> merged = new ArrayList<>();
        for (YamlEntry entry : entries) {
            if (entry.isMerge()) {
                List<YamlMapping> more = mappings(entry.value().resolved());
                Collections.reverse(more);
                merged.addAll(more);
            }
        }
        // PyYAML lets a later merge key win, and within one key the mapping that is named first.
        Collections.reverse(merged);
        return merged;
    }

    private static List<YamlMapping> mappings(YamlValue value) {
        List<YamlMapping> mappings = new ArrayList<>();
        if (value instanceof YamlMapping mapping) {
            mappings.add(mapping);
        } else if (value instanceof YamlSequence sequence) {
            sequence.values().forEach(element -> mappings.addAll(mappings(element)));
        }
        return mappings;
    }
}
