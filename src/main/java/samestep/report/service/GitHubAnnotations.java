package samestep.report.service;

import java.util.List;
import samestep.check.CheckResult;
import samestep.check.Found;
import samestep.check.file.PassedOver;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.text.Visible;

/** Findings as the workflow commands that GitHub shows beside the lines of a change. */
public final class GitHubAnnotations {
    private GitHubAnnotations() {}

    /** One line for each named file that could not be read, then one for each finding. */
    public static String print(CheckResult result, List<Finding> findings) {
        StringBuilder out = new StringBuilder();
        for (PassedOver file : result.unreadable()) {
            out.append("::error file=").append(property(file.file().replace('\\', '/')));
            out.append(",title=").append(property(Code.SS002 + ": " + Code.SS002.title()));
            out.append("::").append(data(file.why())).append('\n');
        }
        for (Finding finding : findings) {
            Place place = finding.place().orElseThrow();
            String level = finding.severity() == Severity.NOTE
                    ? "notice"
                    : finding.severity().label();
            out.append("::").append(level);
            out.append(" file=").append(property(Found.file(place.source())));
            out.append(",line=").append(place.position().line());
            out.append(",col=").append(place.position().column());
            out.append(",title=")
                    .append(property(finding.code() + ": " + finding.code().title()));
            out.append("::").append(data(finding.text())).append('\n');
        }
        return out.toString();
    }

    private static String data(String text) {
        return Visible.lines(text).replace("%", "%25").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(Visible.of(text)).replace(":", "%3A").replace(",", "%2C");
    }
}
