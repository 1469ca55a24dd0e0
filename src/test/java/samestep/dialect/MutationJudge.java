package samestep.dialect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.compare.Comparer;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.setting.SettingComparison;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.recipe.ledger.Decides;

/** What comparing says of a file and the same file with one field changed. */
public final class MutationJudge {
    private final Dialect dialect;
    private final ProofMemory memory = new ProofMemory();
    private final Map<String, Outcome<Recipe>> read = new HashMap<>();

    /** For files of a framework. */
    public MutationJudge(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * One change.
     *
     * @param where which field of which file
     * @param name the field's own name
     */
    public record Variant(String where, String name, Input before, Input after) {}

    /** What comparing says of a change, the strongest first. */
    public enum Seen {
        /** The changed file is refused: nothing is called the same. */
        REFUSED,
        /** A setting differs. */
        SETTING,
        /** The update is not proven to be the same. */
        UPDATE,
        /** A finding that was not there before names the field. */
        FINDING,
        /** Named among the fields that are not judged. */
        NAMED,
        /** Nothing. */
        NOTHING
    }

    /** What is wrong with a field's changes, in words; empty if comparing behaves as the ledger says. */
    public String wrong(Decides decides, List<Variant> variants) {
        Map<Seen, List<String>> seen = new EnumMap<>(Seen.class);
        for (Variant variant : variants) {
            seen.computeIfAbsent(seen(variant), kind -> new ArrayList<>()).add(variant.where());
            // One change that is seen is enough; what must be quiet, or named, is asked of all.
            boolean one = decides == Decides.UPDATE || decides == Decides.NOT_READ || decides == Decides.SETTING;
            if (one && holds(decides, seen.keySet())) {
                return "";
            }
        }
        Map<Seen, String> few = new EnumMap<>(Seen.class);
        seen.forEach((kind, places) -> few.put(kind, places.size() + " as in " + places.get(0)));
        return holds(decides, seen.keySet()) ? "" : few.toString();
    }

    private static boolean holds(Decides decides, Set<Seen> seen) {
        return switch (decides) {
            case UPDATE, NOT_READ ->
                seen.contains(Seen.UPDATE)
                        || seen.contains(Seen.SETTING)
                        || seen.contains(Seen.FINDING)
                        || seen.contains(Seen.REFUSED);
            case SETTING -> seen.contains(Seen.SETTING);
            case OUTSIDE -> (seen.contains(Seen.NAMED) || seen.contains(Seen.FINDING)) && !seen.contains(Seen.NOTHING);
            case NOTHING ->
                seen.contains(Seen.NOTHING)
                        && Set.of(Seen.NOTHING, Seen.REFUSED).containsAll(seen);
            case SECTION -> true;
        };
    }

    private Seen seen(Variant variant) {
        Outcome<Recipe> here = read(variant.before());
        Outcome<Recipe> there = read(variant.after());
        if (here.value().isEmpty() || there.value().isEmpty()) {
            return Seen.REFUSED;
        }
        SettingComparison settings = SettingComparison.of(
                here.value().get().allSettings(), there.value().get().allSettings(), Partners.byName());
        if (settings.differs()) {
            return Seen.SETTING;
        }
        if (!Comparer.judge(here.value().get(), there.value().get(), Partners.byName(), memory)
                .isProven()) {
            return Seen.UPDATE;
        }
        if (isNamed(variant.name(), here, there)) {
            return Seen.FINDING;
        }
        return settings.unjudged().isEmpty() ? Seen.NOTHING : Seen.NAMED;
    }

    private Outcome<Recipe> read(Input input) {
        String text =
                input.source().text() + input.model().map(m -> "\0" + m.text()).orElse("");
        return read.computeIfAbsent(text, t -> dialect.read(input));
    }

    /** Whether a warning that was not there before has the field's name, or is at its place. */
    private static boolean isNamed(String name, Outcome<Recipe> here, Outcome<Recipe> there) {
        Set<String> before = new HashSet<>();
        here.findings().forEach(f -> before.add(f.message()));
        return there.findings().stream()
                .filter(f -> !before.contains(f.message()) && f.severity() != Severity.NOTE)
                .anyMatch(f -> f.message().contains(name) || isAt(f, name));
    }

    private static boolean isAt(Finding finding, String name) {
        Optional<String> line = finding.place().map(place -> {
            String text = place.source().text();
            int start = text.lastIndexOf('\n', Math.max(0, place.span().start() - 1)) + 1;
            int end = text.indexOf('\n', start);
            return text.substring(start, end < 0 ? text.length() : end);
        });
        return line.filter(l -> l.contains(name)).isPresent();
    }
}
