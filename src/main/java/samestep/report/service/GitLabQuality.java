package samestep.report.service;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import samestep.check.CheckResult;
import samestep.check.Found;
import samestep.check.file.PassedOver;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;

/**
 * Findings as GitLab's code quality report, a JSON array of issues.
 *
 * <p>Source of the form: GitLab's documentation, "Code Quality report format": {@code description}, {@code check_name},
 * {@code fingerprint}, {@code severity} (info, minor, major, critical, blocker), {@code location.path} relative to the
 * repository without {@code ./}, {@code location.lines.begin}.
 */
public final class GitLabQuality {
    private GitLabQuality() {}

    /** One issue for each named file that could not be read, then one for each finding. */
    public static String print(CheckResult result, List<Found> findings) {
        StringWriter text = new StringWriter();
        try (JsonWriter out = new JsonWriter(text)) {
            out.setIndent("  ");
            out.beginArray();
            for (PassedOver file : result.unreadable()) {
                issue(out, Code.SS002, file.why(), file.fingerprint(), Severity.ERROR, file.file(), 1);
            }
            for (Found found : findings) {
                Finding finding = found.finding();
                issue(
                        out,
                        finding.code(),
                        finding.text(),
                        found.fingerprint(),
                        finding.severity(),
                        found.file(),
                        finding.place().orElseThrow().position().line());
            }
            out.endArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void issue(
            JsonWriter out, Code code, String words, String fingerprint, Severity severity, String file, int line)
            throws IOException {
        out.beginObject();
        out.name("description").value(words);
        out.name("check_name").value(code.name());
        out.name("fingerprint").value(fingerprint);
        out.name("severity")
                .value(
                        switch (severity) {
                            case ERROR -> "critical";
                            case WARNING -> "major";
                            case NOTE -> "info";
                        });
        out.name("location").beginObject();
        out.name("path").value(file.replace('\\', '/').replaceFirst("^(\\./)+", ""));
        out.name("lines").beginObject().name("begin").value(line).endObject();
        out.endObject();
        out.endObject();
    }
}
