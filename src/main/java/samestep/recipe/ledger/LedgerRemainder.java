package samestep.recipe.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.UnknownStage;
import samestep.syntax.Decimals;

/**
 * What a file says beside what a reader asked for, sorted by its ledger. Fields that decide nothing have a reason. Fields
 * that change an update and are not read are warned of, and are a stage whose equations are not known. All others are not
 * known here, and no verdict is exact.
 */
public final class LedgerRemainder {
    private static final int SHOWN = 12;

    private final Fields fields;
    private final Ledger ledger;
    private final Place place;
    private final List<String> harmless = new ArrayList<>();
    private final List<String> idle = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final Map<LedgerRow, List<String>> updates = new LinkedHashMap<>();

    private LedgerRemainder(Ledger ledger, Fields fields, Place place) {
        this.fields = fields;
        this.ledger = ledger;
        this.place = place;
    }

    /** The fields of a file, by their paths. Nothing that is asked here counts as read. */
    public interface Fields {
        /** Those that no reader asked for. */
        List<String> unasked();

        /** What is written in a field, as it is compared. */
        String whole(String path);

        /** What is written there, as far as it is short. */
        String shown(String path);

        /** Where it is written. */
        Optional<Place> where(String path);

        /** Whether it says that something is not wanted: false, null, 0, or nothing. */
        boolean isOff(String path);

        /** Whether {@code path=VALUE} is so; VALUE may have {@code *}. */
        boolean says(String mark);

        /** Whether a reader asked for a field within a section. */
        boolean isRead(String section);
    }

    /**
     * Sorts what no reader asked for.
     *
     * @param place the whole file
     */
    public static LedgerRemainder of(Ledger ledger, Fields fields, Place place) {
        LedgerRemainder remainder = new LedgerRemainder(ledger, fields, place);
        remainder.sort();
        return remainder;
    }

    /** What happens to each parameter besides, and is not read. */
    public List<UnknownStage> stages() {
        return updates.values().stream()
                .map(paths -> new UnknownStage(paths.get(0) + ": " + fields.shown(paths.get(0))))
                .toList();
    }

    /** Fields that are in no row, with what they say. */
    public List<String> unknown() {
        return unknown.stream().map(path -> path + " " + fields.shown(path)).toList();
    }

    private void sort() {
        for (LedgerRow row : ledger.rows()) {
            if (row.decides() == Decides.NOT_READ) {
                row.fields().stream()
                        .filter(pattern -> pattern.contains("=") && fields.says(pattern))
                        .forEach(pattern -> add(row, pattern.substring(0, pattern.indexOf('='))));
            }
        }
        for (String path : fields.unasked()) {
            sort(path, ledger.row(path, fields.whole(path)));
        }
    }

    private void sort(String path, Optional<LedgerRow> row) {
        boolean off = isOff(path, row.map(LedgerRow::fallback).orElse(""));
        if (row.isEmpty()) {
            (off ? harmless : unknown).add(path);
            return;
        }
        switch (row.get().decides()) {
            case NOT_READ -> {
                if (off) {
                    harmless.add(path);
                } else {
                    add(row.get(), path);
                }
            }
            case UPDATE -> idle.add(path);
            case OUTSIDE, NOTHING -> harmless.add(path);
            case SETTING, SECTION -> {}
        }
    }

    /** As if it were not written: off, or the default. */
    private boolean isOff(String path, String fallback) {
        String text = fields.whole(path);
        boolean same = text.equals(fallback)
                || Decimals.parse(text)
                        .flatMap(n -> Decimals.parse(fallback).map(m -> n.compareTo(m) == 0))
                        .orElse(false);
        boolean silent = fallback.isEmpty() || fallback.equals("0") || fallback.equals("false");
        return same || silent && fields.isOff(path);
    }

    private void add(LedgerRow row, String path) {
        List<String> paths = updates.computeIfAbsent(row, r -> new ArrayList<>());
        if (!paths.contains(path)) {
            paths.add(path);
        }
    }

    /** What the fields are. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (!harmless.isEmpty()) {
            findings.add(Finding.at(place, Code.SS041, "not about updates, and not checked: " + shown(sections())));
        }
        if (!idle.isEmpty()) {
            findings.add(Finding.at(place, Code.SS041, "without effect beside the others: " + shown(idle)));
        }
        updates.forEach((row, paths) -> findings.add(
                Finding.at(fields.where(paths.get(0)).orElse(place), Code.SS043, shown(paths) + ": " + row.reason())
                        .detail("What an update is without it is shown; the verdict is not exact.")));
        if (!unknown.isEmpty()) {
            findings.add(Finding.at(
                            fields.where(unknown.get(0)).orElse(place),
                            Code.SS044,
                            "not known here, and not checked: " + shown(unknown))
                    .detail("A field that changes an update would be missed: no verdict is exact."));
        }
        return findings;
    }

    /** A section of which nothing is read is one name. */
    private List<String> sections() {
        return harmless.stream()
                .map(path -> {
                    int dot = path.indexOf('.');
                    String section = dot < 0 ? path : path.substring(0, dot);
                    return fields.isRead(section) ? path : section;
                })
                .distinct()
                .toList();
    }

    private static String shown(List<String> names) {
        String more = names.size() > SHOWN ? ", and " + (names.size() - SHOWN) + " more" : "";
        return names.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more;
    }
}
