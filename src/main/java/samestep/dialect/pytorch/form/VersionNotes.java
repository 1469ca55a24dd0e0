package samestep.dialect.pytorch.form;

import java.util.List;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.version.Dated;
import samestep.recipe.version.Installed;

/** Says which version of a library decided a default that versions have changed. */
public final class VersionNotes {
    private VersionNotes() {}

    /** Those of the fields that a reader asked for, and that no file gives. */
    static List<Finding> of(Fields fields, Place file) {
        return fields.dated().stream()
                .filter(row -> fields.version().isPresent()
                        || !row.dated().orElseThrow().old())
                .map(row -> of(
                        row.fields().get(0) + " is not given",
                        row.dated().orElseThrow(),
                        fields.ledger().library(),
                        fields.version(),
                        file))
                .toList();
    }

    /**
     * One default.
     *
     * @param what that it is needed, in words
     * @param version of the library, where it is known
     * @param file the whole file
     */
    public static Finding of(String what, Dated dated, String library, Optional<Installed> version, Place file) {
        Optional<String> decided = version.flatMap(v -> dated.in(v.releases()));
        if (decided.isPresent()) {
            String words =
                    what + ": " + decided.get() + " in " + version.orElseThrow().words();
            return Finding.at(file, Code.SS434, words)
                    .by(version.orElseThrow().used())
                    .detail("Of " + library + ": " + dated.words() + ".");
        }
        String both = version.map(v -> "; " + v.words() + " allows more than one of them")
                .orElse("");
        return Finding.at(file, Code.SS432, what + ": " + dated.words() + ", in versions of " + library + both)
                .detail("Read as the newest; --framework-version " + library + "=VERSION, or a lock file of the"
                        + " repository, says which one it is.");
    }
}
