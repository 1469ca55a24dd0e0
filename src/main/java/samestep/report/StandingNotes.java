package samestep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import samestep.finding.Code;
import samestep.finding.Finding;

/**
 * Notes that say the same of every translation to a framework. One line names their pages, so that the other lines are about
 * the file. A standing note that has something of this file in its details is printed whole.
 */
public final class StandingNotes {
    private StandingNotes() {}

    /** The findings that are about this file, and one line for those that hold for every file. */
    public static String summarized(List<Finding> findings, FindingText text) {
        List<Finding> about = new ArrayList<>(findings);
        about.removeIf(StandingNotes::isStanding);
        String pages = findings.stream()
                .filter(StandingNotes::isStanding)
                .map(Finding::code)
                .distinct()
                .map(StandingNotes::named)
                .collect(Collectors.joining("; "));
        return text.render(about)
                + (pages.isEmpty() ? "" : "As for every file: " + pages + " (--verbose prints it here)\n");
    }

    private static boolean isStanding(Finding finding) {
        return finding.code().isStanding() && finding.details().isEmpty();
    }

    private static String named(Code code) {
        return code.title() + ", translate explain " + code;
    }
}
