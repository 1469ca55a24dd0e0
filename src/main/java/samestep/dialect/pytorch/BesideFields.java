package samestep.dialect.pytorch;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of fields beside an optimizer, the resource {@code beside.txt}. */
final class BesideFields {
    private static final Map<String, List<Row>> ROWS =
            Resource.lines("beside.txt").map(BesideFields::row).collect(Collectors.groupingBy(Row::library));

    private BesideFields() {}

    /**
     * Fields of one kind.
     *
     * @param library whose fields they are
     * @param update whether what is done to the weights depends on them
     * @param patterns of their paths, with {@code =VALUE} where one value is meant
     * @param reason why
     */
    record Row(String library, boolean update, List<String> patterns, String reason) {
        Row {
            patterns = List.copyOf(patterns);
        }

        /** Whether a field is one of these. */
        boolean has(String path, String value) {
            return patterns.stream().anyMatch(pattern -> {
                String[] parts = pattern.split("=", 2);
                return matches(parts[0], path) && (parts.length == 1 || matches(parts[1], value));
            });
        }
    }

    static boolean matches(String pattern, String text) {
        String regex =
                List.of(pattern.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }

    private static Row row(String line) {
        String[] cells = line.split(" \\| ?", 4);
        return new Row(
                cells[0].strip(),
                cells[1].strip().equals("update"),
                List.of(cells[2].strip().split(" ")),
                cells[3].strip());
    }

    /** The rows of a library, in order: the first that has a field decides. */
    static List<Row> of(String library) {
        return ROWS.getOrDefault(library, List.of());
    }
}
