package samestep.recipe.version;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A default that versions of a library have changed, {@code 1.0, 0 before 0.19.3}: the newest first, and then each with the
 * version that has it no more. A change that was {@code long before} a version is of interest only where a version is known.
 *
 * @param values what it was, the newest first
 * @param changes the versions that changed it, one less
 * @param old whether the newest has been the default for so long that no file is taken for an older one without a reason
 */
public record Dated(List<String> values, List<Release> changes, boolean old) {
    private static final String BEFORE = " before ";
    private static final String LONG_BEFORE = " long" + BEFORE;

    /** Copies the lists. */
    public Dated {
        values = List.copyOf(values);
        changes = List.copyOf(changes);
    }

    /**
     * Reads a default; empty where all versions have the same.
     *
     * @throws IllegalArgumentException where a version is not one; tables are ours
     */
    public static Optional<Dated> parse(String text) {
        if (!text.contains(BEFORE)) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        List<Release> changes = new ArrayList<>();
        for (String part : text.replace(LONG_BEFORE, BEFORE).split(", ")) {
            int at = part.lastIndexOf(BEFORE);
            if (at < 0 != values.isEmpty()) {
                throw new IllegalArgumentException("the newest default is first, and has no version: " + text);
            }
            values.add(at < 0 ? part : part.substring(0, at));
            if (at >= 0) {
                changes.add(Release.parse(part.substring(at + BEFORE.length()))
                        .orElseThrow(() -> new IllegalArgumentException("not a version: " + text)));
            }
        }
        return Optional.of(new Dated(values, changes, text.contains(LONG_BEFORE)));
    }

    /** The default of the newest version. */
    public String newest() {
        return values.get(0);
    }

    /** The default of some versions; empty where it is not the same in all of them. */
    public Optional<String> in(Releases releases) {
        Set<String> met = new LinkedHashSet<>();
        for (int i = 0; i < values.size(); i++) {
            Optional<Release> since = i < changes.size() ? Optional.of(changes.get(i)) : Optional.empty();
            Optional<Release> before = i == 0 ? Optional.empty() : Optional.of(changes.get(i - 1));
            if (releases.meets(since, before)) {
                met.add(values.get(i));
            }
        }
        return met.size() == 1 ? Optional.of(met.iterator().next()) : Optional.empty();
    }

    /** In words: {@code 1.0 since 0.19.3, 0 before}. */
    public String words() {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            words.append(i == 0 ? "" : ", ").append(values.get(i).equals("-") ? "none" : values.get(i));
            words.append(i < changes.size() ? " since " + changes.get(i) : " before");
        }
        return words.toString();
    }
}
