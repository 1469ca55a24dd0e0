package samestep.recipe.ledger;

import java.util.List;
import java.util.Optional;
import samestep.recipe.version.Dated;
import samestep.recipe.version.Releases;

/**
 * One field of a form, or several that decide the same.
 *
 * @param fields paths, where {@code *} is any characters; {@code PATH=VALUE} where only one value is meant
 * @param type {@code bool}, {@code integer}, {@code number}, {@code numbers}, {@code text}, {@code mapping}, {@code any}, or
 *     the words that it can be
 * @param fallback the library's default as a file would say it; empty where it has none, or where the net decides
 * @param decides what it decides
 * @param setting which setting, if it is one
 * @param reason in words
 * @param dated the defaults of all versions, where they have changed
 */
public record LedgerRow(
        List<String> fields,
        String type,
        String fallback,
        Decides decides,
        Optional<SettingRule> setting,
        String reason,
        Optional<Dated> dated) {
    /** A field whose default all versions have. */
    public LedgerRow(
            List<String> fields,
            String type,
            String fallback,
            Decides decides,
            Optional<SettingRule> setting,
            String reason) {
        this(fields, type, fallback, decides, setting, reason, Optional.empty());
    }

    /** Copies the fields. */
    public LedgerRow {
        fields = List.copyOf(fields);
    }

    /**
     * Reads {@code FIELDS | TYPE | DEFAULT | DECIDES | REASON}; {@code -} means that there is no default. For fields
     * whose type and default are in a schema, reads {@code FIELDS | DECIDES | REASON}.
     */
    static LedgerRow parse(String line) {
        String[] cells = line.split(" \\| ?", 5);
        if (cells.length == 3) {
            cells = new String[] {cells[0], "", "", cells[1], cells[2]};
        }
        if (cells.length < 4) {
            throw new IllegalArgumentException("a ledger's row has five cells, or three beside a schema: " + line);
        }
        String decides = cells[3].strip();
        Optional<Decides> word = Decides.named(decides);
        Optional<Dated> dated = Dated.parse(cells[2].strip());
        return new LedgerRow(
                List.of(cells[0].strip().split(" +")),
                cells[1].strip(),
                fallback(dated.map(Dated::newest).orElse(cells[2].strip())),
                word.orElse(Decides.SETTING),
                word.isPresent() ? Optional.empty() : Optional.of(SettingRule.parse(decides)),
                cells.length < 5 ? "" : cells[4].strip(),
                dated);
    }

    private static String fallback(String cell) {
        return cell.equals("-") ? "" : cell;
    }

    /** The same with the default of some versions; with the newest where they do not have the same. */
    LedgerRow in(Releases releases) {
        return dated.flatMap(d -> d.in(releases))
                .map(value -> new LedgerRow(fields, type, fallback(value), decides, setting, reason, dated))
                .orElse(this);
    }

    /** The same of one field, with what a schema knows of it. */
    public LedgerRow of(String field, String otherType, String otherFallback) {
        return new LedgerRow(List.of(field), otherType, otherFallback, decides, setting, reason);
    }

    /** Whether a field is one of these. */
    public boolean has(String path, String value) {
        return fields.stream().anyMatch(field -> {
            String[] parts = field.split("=", 2);
            return matches(parts[0], path) && (parts.length == 1 || matches(parts[1], value));
        });
    }

    /** Whether it is one field with a path of its own, and no pattern. */
    public boolean isOneField() {
        return fields.size() == 1
                && fields.get(0).indexOf('*') < 0
                && fields.get(0).indexOf('=') < 0;
    }

    /** Whether a text is as a pattern says; {@code *} is any characters. */
    public static boolean matches(String pattern, String text) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(text);
        }
        if (!text.startsWith(pattern.substring(0, star))) {
            return false;
        }
        String rest = pattern.substring(star + 1);
        for (int at = star; at <= text.length(); at++) {
            if (matches(rest, text.substring(at))) {
                return true;
            }
        }
        return false;
    }
}
