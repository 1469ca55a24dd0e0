package samestep.check;

import java.util.List;
import samestep.finding.Finding;

/**
 * What came of a check.
 *
 * @param files how many files were read as configurations
 * @param pairs how many declared pairs were compared
 * @param found everything that was found, sorted by file and line; what is suppressed is among it
 * @param unreadable named files that could not be read
 */
public record CheckResult(int files, int pairs, List<Found> found, List<Finding> unreadable) {
    /** Copies the lists. */
    public CheckResult {
        found = List.copyOf(found);
        unreadable = List.copyOf(unreadable);
    }

    /** What is reported. */
    public List<Finding> reported() {
        return found.stream().filter(Found::isReported).map(Found::finding).toList();
    }
}
