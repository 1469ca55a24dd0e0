package samestep;

import java.util.List;

/**
 * The result of {@link Samestep#check(List)}.
 *
 * @param files how many files were read as configurations
 * @param pairs how many pairs were compared that a {@code samestep.yaml} declares
 * @param findings what was found, sorted by file and place, without what a comment or {@code samestep.yaml} suppresses.
 *     Each has a place, except those about named files that could not be read
 */
public record Check(int files, int pairs, List<Finding> findings) {

    /**
     * Copies the findings.
     *
     * @param files that were read
     * @param pairs that were compared
     * @param findings what was found
     */
    public Check {
        findings = List.copyOf(findings);
    }

    /**
     * Whether there is something that should be looked at.
     *
     * @return true if a finding is a warning or an error, for which {@code translate check} exits with 1 or 2
     */
    public boolean fails() {
        return findings.stream().anyMatch(finding -> finding.severity() != Finding.Severity.NOTE);
    }
}
