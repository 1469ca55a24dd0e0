package samestep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.compare.setting.SettingComparison;
import samestep.compare.setting.SettingRow;
import samestep.compare.setting.SettingRow.Status;
import samestep.recipe.Origin;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.Settings;
import samestep.recipe.setting.Unjudged;

/** Writes settings for people. */
final class SettingText {
    /** Of the fields that are not judged, so many names. */
    private static final int FIELDS_SHOWN = 5;

    private SettingText() {}

    /** The settings of one file as cells: what, the value, how the file says it. */
    static List<List<String>> cells(Settings settings) {
        List<List<String>> cells = new ArrayList<>();
        SettingComparison.grouped(settings).forEach(row -> {
            Setting setting = row.source().orElseThrow();
            String where = setting.place().map(p -> "  " + p).orElse("");
            String words = words(setting).equals(setting.value().words()) ? "" : words(setting);
            cells.add(List.of(row.kind().words(), setting.value().words(), (words + where + owners(row)).strip()));
        });
        return cells;
    }

    /** The rows of two files as cells: mark, what, first, second, whose. */
    static List<List<String>> cells(SettingComparison comparison) {
        List<List<String>> cells = new ArrayList<>();
        comparison
                .rows()
                .forEach(row -> cells.add(List.of(
                        mark(row.status()),
                        row.kind().words(),
                        side(row.source()),
                        side(row.target()),
                        owners(row).strip())));
        if (!comparison.unjudged().isEmpty()) {
            cells.add(List.of("~", "net and data", "differs", "not judged", names(comparison.unjudged())));
        }
        return cells;
    }

    /** How many fields, and the first names. */
    private static String names(List<Unjudged.Difference> fields) {
        String names = fields.stream()
                .limit(FIELDS_SHOWN)
                .map(Unjudged.Difference::path)
                .collect(Collectors.joining(", "));
        String more = fields.size() > FIELDS_SHOWN ? ", ..." : "";
        return (fields.size() == 1 ? "1 field (" : fields.size() + " fields (") + names + more + ")";
    }

    private static String mark(Status status) {
        return switch (status) {
            case SAME -> "=";
            case DIFFERS -> "!";
            case NOT_SAID_BY_SOURCE, NOT_SAID_BY_TARGET -> "?";
        };
    }

    private static String side(Optional<Setting> setting) {
        return setting.map(s -> {
                    String value = s.value().words();
                    String words = words(s);
                    return words.isEmpty() || words.equals(value) ? value : value + " (" + words + ")";
                })
                .orElse("not said");
    }

    private static String words(Setting setting) {
        return setting.spelling().origin() instanceof Origin.Default
                ? "default"
                : setting.spelling().words();
    }

    private static String owners(SettingRow row) {
        return row.owners().isEmpty() ? "" : "  " + row.ownersInWords();
    }

    /** The second half of a result line: {@code settings: 3 the same, 1 differs (label smoothing)}. */
    static String result(SettingComparison comparison) {
        List<String> parts = new ArrayList<>();
        int same = comparison.of(Status.SAME).size();
        List<SettingRow> different = comparison.of(Status.DIFFERS);
        if (same > 0) {
            parts.add(same + " the same");
        }
        if (!different.isEmpty()) {
            List<String> names =
                    different.stream().map(r -> r.kind().words()).distinct().toList();
            parts.add((different.size() == 1 ? "1 differs" : different.size() + " differ") + " ("
                    + String.join("; ", names) + ")");
        }
        unsaid(parts, comparison.of(Status.NOT_SAID_BY_TARGET), "second");
        unsaid(parts, comparison.of(Status.NOT_SAID_BY_SOURCE), "first");
        String settings = parts.isEmpty() ? "" : "settings: " + String.join(", ", parts);
        if (comparison.unjudged().isEmpty()) {
            return settings;
        }
        String others = "net and data: " + names(comparison.unjudged()) + " not the same, and not judged";
        return settings.isEmpty() ? others : settings + "; " + others;
    }

    private static void unsaid(List<String> parts, List<SettingRow> rows, String by) {
        if (!rows.isEmpty()) {
            parts.add(rows.size() + " not said by the " + by);
        }
    }
}
