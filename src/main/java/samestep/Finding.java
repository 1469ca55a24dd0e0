package samestep;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that was noticed: one cause, one finding.
 *
 * @param code the stable code, such as {@code SS101}, to decide by; docs/findings has a page for each
 * @param severity how much it matters here
 * @param message one sentence with the numbers, for people; its words may change with any version
 * @param details further lines: what was written, what would be exact, what to do; may be empty
 * @param place where in which file, if it is about a place
 * @param edits what mends it, all together, as far as that is known; {@link Samestep#write} writes those of one file
 */
public record Finding(
        String code, Severity severity, String message, List<String> details, Optional<Place> place, List<Edit> edits) {

    /** How much a finding matters, from the least. */
    public enum Severity {
        /** Worth knowing. */
        NOTE,
        /** The result is not what was asked for in every respect, or the input is probably not what was meant. */
        WARNING,
        /** There is no result. */
        ERROR
    }

    /**
     * A place in a file.
     *
     * @param file the file, as it was named; of an entry in an archive, {@code a.keras#config.json}
     * @param line from 1
     * @param column from 1, in characters (code points), as editors count
     */
    public record Place(String file, int line, int column) {
        /** {@return such as {@code solver.prototxt:7:15}, which editors and terminals make a link of} */
        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }

    /**
     * Copies the lists.
     *
     * @param code the stable code
     * @param severity how much it matters
     * @param message one sentence
     * @param details further lines
     * @param place where it is
     * @param edits what mends it
     */
    public Finding {
        details = List.copyOf(details);
        edits = List.copyOf(edits);
    }

    static Finding of(samestep.finding.Finding finding) {
        return new Finding(
                finding.code().name(),
                Severity.valueOf(finding.severity().name()),
                finding.message(),
                finding.details(),
                finding.place().map(Finding::place),
                finding.edits().stream().map(Edit::of).toList());
    }

    static List<Finding> of(List<samestep.finding.Finding> findings) {
        return findings.stream().map(Finding::of).toList();
    }

    static Place place(samestep.finding.Place place) {
        return new Place(
                place.source().name(), place.position().line(), place.position().column());
    }

    /** {@return the finding in one line, as compilers print theirs} */
    @Override
    public String toString() {
        return place.map(where -> where + ": ").orElse("") + severity.name().toLowerCase(Locale.ROOT) + ": " + message
                + " [" + code + "]";
    }
}
