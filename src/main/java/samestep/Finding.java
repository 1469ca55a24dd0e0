package samestep;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that was noticed: one cause, one finding.
 *
 * @param code the stable code, such as {@code SS101}; docs/findings has a page for each
 * @param severity how much it matters here
 * @param message one sentence with the numbers
 * @param details further lines: what was written, what would be exact, what to do
 * @param place where in which file, if it is about a place
 */
public record Finding(String code, Severity severity, String message, List<String> details, Optional<Place> place) {

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
     * @param file the file, as it was named
     * @param line from 1
     * @param column from 1, in characters, as editors count
     */
    public record Place(String file, int line, int column) {
        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }

    /** Copies the details. */
    public Finding {
        details = List.copyOf(details);
    }

    static Finding of(samestep.finding.Finding finding) {
        return new Finding(
                finding.code().name(),
                Severity.valueOf(finding.severity().name()),
                finding.message(),
                finding.details(),
                finding.place().map(Finding::place));
    }

    static List<Finding> of(List<samestep.finding.Finding> findings) {
        return findings.stream().map(Finding::of).toList();
    }

    static Place place(samestep.finding.Place place) {
        return new Place(
                place.source().name(), place.position().line(), place.position().column());
    }

    /** The finding in one line, as compilers print theirs. */
    @Override
    public String toString() {
        return place.map(where -> where + ": ").orElse("") + severity.name().toLowerCase(Locale.ROOT) + ": " + message
                + " [" + code + "]";
    }
}
