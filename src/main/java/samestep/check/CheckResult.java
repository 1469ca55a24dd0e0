package samestep.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import samestep.check.file.PassedOver;
import samestep.finding.Code;
import samestep.finding.Finding;

/**
 * What came of a check.
 *
 * @param files how many files were read as configurations
 * @param pairs how many declared pairs were compared
 * @param found everything that was found, sorted by file and line; what is suppressed is among it
 * @param unreadable named files that could not be read, in the order in which they were named
 * @param passed all other files that were not checked, sorted by name
 */
public record CheckResult(
        int files, int pairs, List<Found> found, List<PassedOver> unreadable, List<PassedOver> passed) {
    /** Nothing checked. */
    public static final CheckResult NOTHING = new CheckResult(0, 0, List.of(), List.of(), List.of());

    /** Copies the lists. */
    public CheckResult {
        found = List.copyOf(found);
        unreadable = List.copyOf(unreadable);
        passed = List.copyOf(passed);
    }

    /** The same with other findings. */
    CheckResult withFound(List<Found> other) {
        return new CheckResult(files, pairs, other, unreadable, passed);
    }

    /** Both together. */
    CheckResult and(CheckResult other) {
        return new CheckResult(
                files + other.files,
                pairs + other.pairs,
                all(found, other.found, Checker.FOUND_ORDER),
                all(unreadable, other.unreadable, (a, b) -> 0),
                all(passed, other.passed, Comparator.comparing(PassedOver::file)));
    }

    private static <T> List<T> all(List<T> some, List<T> others, Comparator<T> order) {
        return Stream.concat(some.stream(), others.stream()).sorted(order).toList();
    }

    /** How many files were passed over for a kind of reason. */
    public long passed(PassedOver.Kind kind) {
        return passed.stream().filter(p -> p.kind() == kind).count();
    }

    /** Whether a file could not be checked by a fault of Samestep; nothing suppresses that. */
    public boolean hasDefects() {
        return found.stream().anyMatch(f -> f.finding().code() == Code.SS099);
    }

    /** What is reported. */
    public List<Finding> reported() {
        return found.stream().filter(Found::isReported).map(Found::finding).toList();
    }
}
