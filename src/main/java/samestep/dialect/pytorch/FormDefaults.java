package samestep.dialect.pytorch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import samestep.recipe.Quantity;

/** What a library's configuration says where a file is silent, as the resource {@code fields.txt} has it. */
final class FormDefaults {
    private final String library;
    private final Map<String, String> values;

    private FormDefaults(String library, Map<String, String> values) {
        this.library = library;
        this.values = values;
    }

    /** Those of a library. */
    static FormDefaults of(String library) {
        return new FormDefaults(library, Table.ALL.getOrDefault(library, Map.of()));
    }

    /** A number; zero where the library has no default. */
    Quantity number(String field) {
        String value = values.getOrDefault(field, "0");
        return Quantity.byDefault(value, owner() + " default of " + field);
    }

    private String owner() {
        return library + (library.endsWith("s") ? "'" : "'s");
    }

    /** Numbers. */
    List<Quantity> numbers(String field) {
        return Arrays.stream(values.getOrDefault(field, "").split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> Quantity.byDefault(word, owner() + " default of " + field))
                .toList();
    }

    /** A word; empty where the library has no default. */
    String text(String field) {
        return values.getOrDefault(field, "");
    }

    /** Whether the library has a field. */
    boolean knows(String field) {
        return values.containsKey(field);
    }

    /** Read at the first use. */
    private static final class Table {
        static final Map<String, Map<String, String>> ALL = read();

        private static Map<String, Map<String, String>> read() {
            Map<String, Map<String, String>> all = new HashMap<>();
            Resource.lines("fields.txt").forEach(line -> {
                String[] cells = line.split(" \\| ", 3);
                all.computeIfAbsent(cells[0].strip(), l -> new HashMap<>())
                        .put(cells[1].strip(), cells.length < 3 ? "" : cells[2].strip());
            });
            return Map.copyOf(all);
        }
    }
}
