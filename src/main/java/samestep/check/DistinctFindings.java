package samestep.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.finding.Finding;
import samestep.finding.Place;

/** Of findings that say the same of one place, the first: a net is read by itself and with its solver. */
final class DistinctFindings {
    private DistinctFindings() {}

    /** Those that differ in place, code or message, in their order. All must have a place. */
    static List<Finding> of(List<Finding> findings) {
        Map<String, Finding> distinct = new LinkedHashMap<>();
        findings.forEach(finding -> distinct.putIfAbsent(key(finding), finding));
        return List.copyOf(distinct.values());
    }

    /** A text: the JVM generates the hash function of a record again at each start, which takes milliseconds. */
    private static String key(Finding finding) {
        Place place = finding.place().orElseThrow();
        return place.source().name()
                + '\n'
                + place.span().start()
                + '-'
                + place.span().end()
                + '\n'
                + finding.code()
                + '\n'
                + finding.message();
    }
}
