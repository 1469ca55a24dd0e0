package samestep.syntax.toml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.text.Span;

/** A table that is being read: its lines may be in several places. */
final class TomlTable {
    private final Span start;
    private final Map<String, YamlEntry> values = new LinkedHashMap<>();
    private final Map<String, YamlScalar> keys = new LinkedHashMap<>();
    private final Map<String, TomlTable> tables = new LinkedHashMap<>();

    private boolean isOpen;

    TomlTable(Span start) {
        this.start = start;
    }

    /** The table of some names, one in the other, made where it is not there; empty where a name has a value. */
    Optional<TomlTable> inner(List<YamlScalar> path) {
        TomlTable table = this;
        for (YamlScalar key : path) {
            if (table.values.containsKey(key.text())) {
                return Optional.empty();
            }
            table.keys.putIfAbsent(key.text(), key);
            table = table.tables.computeIfAbsent(key.text(), any -> new TomlTable(key.span()));
        }
        return Optional.of(table);
    }

    /** Whether this is the first line in brackets of the table. */
    boolean open() {
        boolean isFirst = !isOpen;
        isOpen = true;
        return isFirst;
    }

    /** Adds a value; false where the name has one. */
    boolean put(YamlEntry entry) {
        return !tables.containsKey(entry.name()) && values.putIfAbsent(entry.name(), entry) == null;
    }

    /** All of it. */
    YamlMapping mapping() {
        List<YamlEntry> entries = new ArrayList<>(values.values());
        tables.forEach((name, table) -> entries.add(new YamlEntry(keys.get(name), table.mapping())));
        return new YamlMapping(entries, false, "", start);
    }
}
