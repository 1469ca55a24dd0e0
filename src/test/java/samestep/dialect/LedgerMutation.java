package samestep.dialect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samestep.compare.Comparer;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.setting.SettingComparison;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.ledger.ChangedField;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;
import samestep.text.SourceText;

/** One field of a form changed, and what comparing says of it. */
final class LedgerMutation {
    private final Dialect dialect;
    private final Ledger ledger;
    private final List<? extends BaseFile> bases;
    private final ProofMemory memory = new ProofMemory();
    private final Map<String, Outcome<Recipe>> read = new HashMap<>();

    LedgerMutation(Dialect dialect, Ledger ledger, List<? extends BaseFile> bases) {
        this.dialect = dialect;
        this.ledger = ledger;
        this.bases = bases;
    }

    /** Whether comparing behaves as the row says, for one of its fields. */
    boolean holds(LedgerRow row, String field) {
        String path = field.split("=", 2)[0].replace("*", "x");
        return switch (row.decides()) {
            case UPDATE, NOT_READ -> wholes().stream().anyMatch(base -> isSeen(base, row, field, path, true));
            case SETTING -> bases.stream().anyMatch(base -> isSeen(base, row, field, path, false));
            case OUTSIDE -> wholes().stream().allMatch(base -> isQuiet(base, row, field, path, true));
            case NOTHING -> wholes().stream().allMatch(base -> isQuiet(base, row, field, path, false));
            case SECTION -> true;
        };
    }

    /** The bases that are the same training as themselves; others have a field that is not read, and prove nothing. */
    private List<BaseFile> wholes() {
        List<BaseFile> wholes =
                bases.stream().filter(this::isWhole).map(b -> (BaseFile) b).toList();
        if (wholes.isEmpty()) {
            throw new IllegalStateException("no base of " + ledger.library() + " is read as a whole");
        }
        return wholes;
    }

    private boolean isWhole(BaseFile base) {
        Outcome<Recipe> here = read(base.text());
        return here.value().isPresent()
                && isProven(here, here)
                && here.findings().stream().noneMatch(f -> f.code() == Code.SS043);
    }

    /** A field that the base does not have and the library has no default of is changed from one value to another. */
    private boolean isSeen(BaseFile base, LedgerRow row, String field, String path, boolean update) {
        String one = base.value(path).orElse(row.fallback());
        String value = changed(row, field, one);
        SourceText before = one.isEmpty() && !update ? base.with(path, changed(row, field, value)) : base.text();
        SourceText after = base.with(path, value);
        Outcome<Recipe> here = read(before);
        Outcome<Recipe> there = read(after);
        if (here.value().isEmpty()) {
            throw new IllegalStateException(base.name() + ": " + here.findings());
        }
        boolean differs = there.value().isPresent() && settings(here, there).differs();
        if (!update) {
            return differs;
        }
        // A file that is refused is not called the same either.
        return differs || there.value().isEmpty() || !isProven(here, there) || isNamed(path, here, there);
    }

    /** No verdict changes; a field of the net or the data is named, and no other is. */
    private boolean isQuiet(BaseFile base, LedgerRow row, String field, String path, boolean named) {
        Outcome<Recipe> here = read(base.text());
        SourceText after = base.with(path, changed(row, field, base.value(path).orElse(row.fallback())));
        Outcome<Recipe> there = read(after);
        boolean hasSection = !after.text().equals(base.text().text());
        return !hasSection
                || there.value().isPresent()
                        && isProven(here, there)
                        && !settings(here, there).differs()
                        && settings(here, there).unjudged().stream().anyMatch(d -> isAtOrIn(d.path(), path)) == named
                        && there.findings().stream().noneMatch(f -> f.code() == Code.SS043 || f.code() == Code.SS044);
    }

    private static boolean isAtOrIn(String field, String path) {
        boolean anySection = path.startsWith("x.") && field.endsWith(path.substring(1));
        return field.equals(path) || field.startsWith(path + ".") || anySection;
    }

    private Outcome<Recipe> read(SourceText text) {
        return read.computeIfAbsent(text.text(), t -> dialect.read(Input.of(text)));
    }

    private boolean isProven(Outcome<Recipe> here, Outcome<Recipe> there) {
        return Comparer.judge(here.value().orElseThrow(), there.value().orElseThrow(), Partners.byName(), memory)
                .isProven();
    }

    private static SettingComparison settings(Outcome<Recipe> here, Outcome<Recipe> there) {
        return SettingComparison.of(
                here.value().orElseThrow().allSettings(),
                there.value().orElseThrow().allSettings(),
                Partners.byName());
    }

    /** Whether a finding that was not there before has the field's name, or its place. */
    private static boolean isNamed(String path, Outcome<Recipe> here, Outcome<Recipe> there) {
        Set<String> before = new HashSet<>();
        here.findings().forEach(f -> before.add(f.message()));
        String name = path.substring(path.lastIndexOf('.') + 1);
        return there.findings().stream()
                .filter(f -> !before.contains(f.message()) && f.code() != Code.SS041)
                .anyMatch(f -> f.message().contains(name) || isAt(f, name));
    }

    private static boolean isAt(Finding finding, String name) {
        return finding.place()
                .map(place -> {
                    String text = place.source().text();
                    int start = text.lastIndexOf('\n', Math.max(0, place.span().start() - 1)) + 1;
                    String line = text.substring(start).stripLeading();
                    return line.startsWith(name + ":") || line.startsWith(name + "=");
                })
                .orElse(false);
    }

    /** Another value of the field's type. */
    private static String changed(LedgerRow row, String field, String value) {
        if (field.contains("=")) {
            return field.split("=", 2)[1].replace("*", "x");
        }
        return ChangedField.of(row, value);
    }
}
