package samestep.recipe.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.recipe.version.Releases;

/**
 * All fields that a form of file is known to have: type, default, and what each decides. A field that is in no row is not
 * known, and is never called harmless.
 */
public final class Ledger {
    private final String library;
    private final String title;
    private final List<LedgerRow> rows;
    private final Map<String, LedgerRow> byPath = new HashMap<>();
    /** Rows that are about one value of a field. */
    private final List<LedgerRow> ofValues = new ArrayList<>();
    /** Rows with fields that are not plain paths. */
    private final List<LedgerRow> patterns = new ArrayList<>();

    private final Set<String> sections = new HashSet<>();

    private Ledger(String library, String title, List<LedgerRow> rows) {
        this.library = library;
        this.title = title;
        this.rows = List.copyOf(rows);
        for (LedgerRow row : rows) {
            if (row.fields().get(0).indexOf('=') > 0) {
                ofValues.add(row);
            }
            if (row.fields().stream().anyMatch(f -> f.indexOf('*') >= 0 || f.indexOf('=') >= 0)) {
                patterns.add(row);
            }
            for (String field : row.fields()) {
                byPath.putIfAbsent(field, row);
                section(field);
            }
        }
    }

    /** A ledger of rows that are made. */
    public static Ledger of(String library, String title, List<LedgerRow> rows) {
        return new Ledger(library, title, rows);
    }

    /** The same with more rows. */
    public Ledger and(List<LedgerRow> others) {
        List<LedgerRow> all = new ArrayList<>(rows);
        all.addAll(others);
        return new Ledger(library, title, all);
    }

    /** The same with the defaults of some versions of the library. */
    public Ledger in(Releases releases) {
        return new Ledger(
                library, title, rows.stream().map(row -> row.in(releases)).toList());
    }

    private void section(String field) {
        boolean plain = field.indexOf('*') < 0 && field.indexOf('=') < 0;
        for (int dot = field.indexOf('.'); plain && dot > 0; dot = field.indexOf('.', dot + 1)) {
            sections.add(field.substring(0, dot));
        }
    }

    /**
     * Reads a table: a line for each row, {@code FIELDS | TYPE | DEFAULT | DECIDES | REASON}. Lines that begin with {@code #}
     * are its title: what it is of, and where that is found.
     *
     * @param library what messages call it
     * @throws IllegalArgumentException where a row is not one; tables are ours
     */
    public static Ledger parse(String library, String text) {
        String title = text.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .reduce("", (a, b) -> (a + " " + b).strip());
        return new Ledger(
                library,
                title,
                text.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(LedgerRow::parse)
                        .toList());
    }

    /** What messages call it. */
    public String library() {
        return library;
    }

    /** What it is of, and where that is found. */
    public String title() {
        return title;
    }

    /** All rows, in order. */
    public List<LedgerRow> rows() {
        return rows;
    }

    /** The row of a field: one for its value, then the one that names it, then the first whose pattern it fits. */
    public Optional<LedgerRow> row(String path, String value) {
        Optional<LedgerRow> forValue =
                ofValues.stream().filter(row -> row.has(path, value)).findFirst();
        return forValue.or(() -> Optional.ofNullable(byPath.get(path)))
                .or(() -> patterns.stream().filter(row -> row.has(path, value)).findFirst());
    }

    /** The row that has a field by its name, and not by a pattern. */
    public Optional<LedgerRow> named(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** The row of a field, or else that of the innermost section around it. */
    public Optional<LedgerRow> rowWithin(String path, String value) {
        Optional<LedgerRow> row = row(path, value);
        for (int dot = path.lastIndexOf('.'); row.isEmpty() && dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            row = row(path.substring(0, dot), "");
        }
        return row;
    }

    /** Whether fields within a section have rows of their own. */
    public boolean hasSection(String path) {
        return sections.contains(path);
    }

    /** The default of a field as a file would say it; empty where it has none. */
    public String fallback(String path) {
        LedgerRow row = byPath.get(path);
        return row == null ? "" : row.fallback();
    }

    /** Whether a field has a default. */
    public boolean hasDefault(String path) {
        return !fallback(path).isEmpty();
    }

    /** Where a default comes from, for people. */
    public String defaultOf(String path) {
        return library + (library.endsWith("s") ? "'" : "'s") + " default of " + path;
    }
}
