package samestep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.compare.Partners;
import samestep.compare.setting.SettingComparison;
import samestep.compare.setting.SettingRow;
import samestep.compare.setting.SettingRow.Status;
import samestep.recipe.Origin;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.Settings;

/** Writes settings for people. */
final class SettingText {
    private SettingText() {}

    /** The settings of one file as cells: what, the value, how the file says it. */
    static List<List<String>> cells(Settings settings) {
        List<List<String>> cells = new ArrayList<>();
        SettingComparison.of(settings, settings, Partners.byName()).rows().forEach(row -> {
            Setting setting = row.source().orElseThrow();
            String where = setting.place().map(p -> "  " + p).orElse("");
            String words = words(setting).equals(setting.value().words()) ? "" : words(setting);
            cells.add(List.of(
                    row.kind().words(), setting.value().words(), (words + where + owners(row.owners())).strip()));
        });
        return cells;
    }

    /** The rows of two files as cells: mark, what, first, second, whose. */
    static List<List<String>> cells(SettingComparison comparison) {
        return comparison.rows().stream()
                .map(row -> List.of(
                        mark(row.status()),
                        row.kind().words(),
                        side(row.source()),
                        side(row.target()),
                        owners(row.owners()).strip()))
                .toList();
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

    private static String owners(List<String> owners) {
        if (owners.isEmpty()) {
            return "";
        }
        String few = owners.size() <= 3
                ? String.join(", ", owners)
                : owners.get(0) + " ... " + owners.get(owners.size() - 1);
        return "  " + (owners.size() == 1 ? few : owners.size() + " (" + few + ")");
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
        return parts.isEmpty() ? "" : "settings: " + String.join(", ", parts);
    }

    private static void unsaid(List<String> parts, List<SettingRow> rows, String by) {
        if (!rows.isEmpty()) {
            parts.add(rows.size() + " not said by the " + by);
        }
    }
}
