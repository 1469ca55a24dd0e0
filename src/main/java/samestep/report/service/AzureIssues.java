package samestep.report.service;

import java.util.List;
import samestep.check.CheckResult;
import samestep.check.Found;
import samestep.check.file.PassedOver;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.text.Position;
import samestep.text.Visible;

/**
 * Findings as the logging commands that Azure Pipelines shows as errors and warnings of a run.
 *
 * <p>Source of the form: Azure's documentation, "Logging commands", {@code task.logissue}: {@code type} (error or warning),
 * {@code sourcepath}, {@code linenumber}, {@code columnnumber}, {@code code}. It has no level for notes: they are warnings here.
 */
public final class AzureIssues {
    private AzureIssues() {}

    /** One line for each named file that could not be read, then one for each finding. */
    public static String print(CheckResult result, List<Finding> findings) {
        StringBuilder out = new StringBuilder();
        for (PassedOver file : result.unreadable()) {
            issue(out, "error", file.file().replace('\\', '/'), "", Code.SS002, file.why());
        }
        for (Finding finding : findings) {
            Position at = finding.place().orElseThrow().position();
            issue(
                    out,
                    finding.severity() == Severity.ERROR ? "error" : "warning",
                    Found.file(finding.place().orElseThrow().source()),
                    ";linenumber=" + at.line() + ";columnnumber=" + at.column(),
                    finding.code(),
                    finding.text());
        }
        return out.toString();
    }

    private static void issue(StringBuilder out, String type, String file, String at, Code code, String words) {
        out.append("##vso[task.logissue type=").append(type);
        out.append(";sourcepath=").append(property(file)).append(at);
        out.append(";code=").append(code).append(";]").append(data(words)).append('\n');
    }

    private static String data(String text) {
        return Visible.lines(text).replace("%", "%AZP25").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(Visible.of(text)).replace(";", "%3B").replace("]", "%5D");
    }
}
