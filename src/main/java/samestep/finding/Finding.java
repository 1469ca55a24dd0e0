package samestep.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.text.Edit;

/**
 * One thing that was noticed: one cause, one finding.
 *
 * @param code the stable code
 * @param severity how much it matters here
 * @param message one sentence with the numbers
 * @param place where in the source, if it is about a place
 * @param label the text under the place, such as "and 7 more biases"; may be empty
 * @param details further lines: what was written, what would be exact, what to do
 * @param edits what mends it, all together, as far as that is known
 * @param version of a library that decided, if one did
 */
public record Finding(
        Code code,
        Severity severity,
        String message,
        Optional<Place> place,
        String label,
        List<String> details,
        List<Edit> edits,
        Optional<UsedVersion> version) {

    /** Copies the lists. */
    public Finding {
        details = List.copyOf(details);
        edits = List.copyOf(edits);
    }

    /** A finding with the usual severity of its code, about no place. */
    public static Finding of(Code code, String message) {
        return new Finding(
                code, code.severity(), message, Optional.empty(), "", List.of(), List.of(), Optional.empty());
    }

    /** A finding with the usual severity of its code, at a place. */
    public static Finding at(Place place, Code code, String message) {
        return new Finding(
                code, code.severity(), message, Optional.of(place), "", List.of(), List.of(), Optional.empty());
    }

    /** The same, with another severity. */
    public Finding as(Severity other) {
        return new Finding(code, other, message, place, label, details, edits, version);
    }

    /** The same, about a place if there is one. */
    public Finding at(Optional<Place> other) {
        return new Finding(code, severity, message, other, label, details, edits, version);
    }

    /** The same, with another message. */
    public Finding saying(String words) {
        return new Finding(code, severity, words, place, label, details, edits, version);
    }

    /** The same, with words beside the mark under the source line. */
    public Finding labelled(String words) {
        return new Finding(code, severity, message, place, words, details, edits, version);
    }

    /** The same, with one more line of detail. */
    public Finding detail(String line) {
        List<String> all = new ArrayList<>(details);
        all.add(line);
        return new Finding(code, severity, message, place, label, all, edits, version);
    }

    /** The same, decided by the version of a library. */
    public Finding by(UsedVersion used) {
        return new Finding(code, severity, message, place, label, details, edits, Optional.of(used));
    }

    /** The message, and each detail on a line of its own below it. */
    public String text() {
        return details.isEmpty() ? message : message + "\n" + String.join("\n", details);
    }

    /** The same, mended by changes. */
    public Finding mendedBy(List<Edit> changes) {
        return new Finding(code, severity, message, place, label, details, changes, version);
    }
}
