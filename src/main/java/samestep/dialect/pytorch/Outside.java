package samestep.dialect.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import samestep.dialect.pytorch.BesideFields.Row;
import samestep.dialect.pytorch.PytorchConfiguration.BeforeStep;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.UnknownStage;

/**
 * What a file says beside what was read of it. Fields that a table has a reason for change no update. Fields that do are
 * warned of, and are a stage whose equations are not known. All others are not known here, and no verdict is exact.
 */
final class Outside {
    private static final int SHOWN = 12;

    private Outside() {}

    /**
     * Sorts the fields that were not asked for, and says what they are.
     *
     * @param library whose rows of the table are meant
     * @param place the whole file
     * @return the configuration with what they do to it
     */
    static PytorchConfiguration note(
            PytorchConfiguration configuration, Fields fields, String library, Place place, List<Finding> findings) {
        List<String> harmless = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Map<Row, List<String>> updates = new LinkedHashMap<>();
        for (Row row : BesideFields.of(library)) {
            if (row.update() && row.patterns().size() > 0) {
                row.patterns().stream()
                        .filter(pattern -> pattern.contains("=") && fields.says(pattern))
                        .forEach(pattern -> updates.computeIfAbsent(row, r -> new ArrayList<>())
                                .add(pattern.substring(0, pattern.indexOf('='))));
            }
        }
        for (String path : fields.unasked()) {
            var row = BesideFields.of(library).stream()
                    .filter(r -> r.has(path, fields.shown(path)))
                    .findFirst();
            if (row.isPresent() && row.get().update() && !fields.isOff(path)) {
                updates.computeIfAbsent(row.get(), r -> new ArrayList<>()).add(path);
            } else if (row.isPresent() || fields.isOff(path)) {
                harmless.add(path);
            } else {
                unknown.add(path);
            }
        }
        if (!harmless.isEmpty()) {
            findings.add(Finding.at(place, Code.SS041, "not about updates, and not looked at: " + shown(harmless)));
        }
        List<BeforeStep> before = new ArrayList<>(configuration.beforeStep());
        updates.forEach((row, paths) -> {
            String first = paths.get(0);
            findings.add(Finding.at(fields.where(first).orElse(place), Code.SS043, shown(paths) + ": " + row.reason())
                    .detail("What an update is without it is shown; the verdict is not exact."));
            before.add(BeforeStep.all(new UnknownStage(first + ": " + fields.shown(first))));
        });
        if (!unknown.isEmpty()) {
            findings.add(Finding.at(
                            fields.where(unknown.get(0)).orElse(place),
                            Code.SS044,
                            "not known here, and not looked at: " + shown(unknown))
                    .detail("A field that changes an update would be missed: no verdict is exact."));
        }
        List<String> values =
                unknown.stream().map(path -> path + " " + fields.shown(path)).toList();
        return configuration.withBeforeStep(before).withUnknown(values);
    }

    private static String shown(List<String> names) {
        String more = names.size() > SHOWN ? ", and " + (names.size() - SHOWN) + " more" : "";
        return names.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more;
    }
}
