package samestep.finding;

import java.util.List;
import java.util.Optional;

/**
 * The version of a library that decided something.
 *
 * @param library the package's name
 * @param version as it is written
 * @param place where a file says it; empty where an option does
 */
public record UsedVersion(String library, String version, Optional<Place> place) {
    /** Those that findings name, each once. */
    public static List<UsedVersion> of(List<Finding> findings) {
        return findings.stream()
                .flatMap(finding -> finding.version().stream())
                .distinct()
                .toList();
    }
}
