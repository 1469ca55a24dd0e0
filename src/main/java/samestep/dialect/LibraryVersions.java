package samestep.dialect;

import java.util.Optional;
import java.util.TreeSet;
import samestep.recipe.version.Installed;
import samestep.text.Spelling;

/** The versions of libraries that can be named for a run. */
public final class LibraryVersions {
    private LibraryVersions() {}

    /**
     * A library and its version, {@code deepspeed=0.18.0}.
     *
     * @throws IllegalArgumentException where it is not, or the version of that library decides nothing here; with what is known
     */
    public static Installed parse(String text) {
        Installed installed = Installed.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a library and its version, such as deepspeed=0.18.0, not \"" + text + "\""));
        TreeSet<String> known = known();
        if (!known.contains(installed.library())) {
            String near = Spelling.nearest(installed.library(), known);
            throw new IllegalArgumentException("no default depends on the version of \"" + installed.library() + "\""
                    + (near.isEmpty() ? "" : "; did you mean " + near + "?") + "; known: " + String.join(", ", known));
        }
        return installed;
    }

    /** Why a text is not a library and its version; empty where it is. */
    public static Optional<String> wrong(String text) {
        try {
            parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static TreeSet<String> known() {
        TreeSet<String> known = new TreeSet<>();
        Dialects.all().forEach(dialect -> known.addAll(dialect.datedLibraries()));
        return known;
    }
}
