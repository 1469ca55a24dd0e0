package samestep.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.check.CheckResult;
import samestep.check.file.PassedOver;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.report.terminal.Screen;
import samestep.text.Edit;
import samestep.text.Visible;

/** What a check found, for people. */
public final class CheckText {
    private CheckText() {}

    /** The findings, each with its line. */
    public static String findings(List<Finding> findings, Screen screen) {
        FindingText text = new FindingText(screen);
        StringBuilder out = new StringBuilder();
        findings.forEach(finding -> out.append(text.render(finding)));
        return out.toString();
    }

    /** One line a finding: its place, how severe it is, what was found, and its code. */
    public static String concise(List<Finding> findings) {
        StringBuilder out = new StringBuilder();
        for (Finding finding : findings) {
            out.append(Visible.of(finding.place().orElseThrow() + ": "));
            out.append(finding.severity().label()).append(": ").append(words(finding));
            out.append('\n');
        }
        return out.toString();
    }

    /** A heading for each file, and a line for each of its findings below it. */
    public static String grouped(List<Finding> findings) {
        Map<String, List<Finding>> files = new LinkedHashMap<>();
        findings.forEach(finding -> files.computeIfAbsent(
                        finding.place().orElseThrow().source().name(), name -> new ArrayList<>())
                .add(finding));
        StringBuilder out = new StringBuilder();
        files.forEach((file, found) -> {
            out.append(Visible.of(file)).append(":\n");
            for (Finding finding : found) {
                out.append(String.format(
                        "  %7s %-8s %s%n",
                        finding.place().orElseThrow().position(),
                        finding.severity().label(),
                        words(finding)));
            }
            out.append('\n');
        });
        return out.toString();
    }

    private static String words(Finding finding) {
        return Visible.of(finding.message()) + " [" + finding.code() + "]";
    }

    /** At most this many named files that are not configurations are listed; a hook may name hundreds. */
    private static final int MOST_NAMES = 3;

    /** One line that sums up. */
    public static String summary(CheckResult result, List<Finding> shown) {
        StringBuilder out = new StringBuilder();
        out.append(count(result.files(), "configuration"));
        if (result.pairs() > 0) {
            out.append(", ").append(count(result.pairs(), "declared pair"));
        }
        out.append(": ");
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        shown.forEach(finding -> counts.merge(finding.severity(), 1, Integer::sum));
        if (shown.isEmpty()) {
            out.append("nothing found");
        } else {
            out.append(count(counts.getOrDefault(Severity.ERROR, 0), "error"))
                    .append(", ")
                    .append(count(counts.getOrDefault(Severity.WARNING, 0), "warning"))
                    .append(", ")
                    .append(count(counts.getOrDefault(Severity.NOTE, 0), "note"));
        }
        long suppressed = result.found().stream().filter(f -> !f.isReported()).count();
        out.append(suppressed == 0 ? "" : ", " + suppressed + " suppressed");
        long exact = fixable(shown, true);
        long others = fixable(shown, false) - exact;
        out.append(exact == 0 ? "" : "; --fix mends " + exact);
        out.append(others == 0 ? "" : "; --unsafe-fixes " + (exact == 0 ? "mends " : "") + others + " more");
        out.append(notChecked(result, result.files() == 0));
        return out.append('\n').toString();
    }

    /**
     * What was not checked: a few files that were named, by their names; always what could not be read, and all of it where
     * nothing was checked.
     */
    private static String notChecked(CheckResult result, boolean all) {
        List<PassedOver> named = result.passed().stream()
                .filter(p -> p.named() && p.kind() != PassedOver.Kind.UNREAD)
                .toList();
        boolean byName = !named.isEmpty() && named.size() <= MOST_NAMES;
        List<PassedOver> others = result.passed().stream()
                .filter(p -> !byName || !named.contains(p))
                .toList();
        List<String> counts = new ArrayList<>();
        count(counts, others, PassedOver.Kind.UNREAD, " could not be read");
        count(counts, others, PassedOver.Kind.UNSUPPORTED, " of a known form that cannot be read yet");
        if (all) {
            count(counts, others, PassedOver.Kind.OTHER, " passed over");
        }
        List<String> parts = new ArrayList<>();
        if (byName) {
            named.forEach(p -> parts.add(Visible.of(p.file() + " " + p.why())));
        }
        if (!counts.isEmpty()) {
            parts.add(String.join(", ", counts) + " (-v lists them)");
        }
        return parts.isEmpty() ? "" : "; " + String.join("; ", parts);
    }

    private static void count(List<String> parts, List<PassedOver> files, PassedOver.Kind kind, String what) {
        int count = (int) files.stream().filter(p -> p.kind() == kind).count();
        if (count > 0) {
            parts.add(count(count, "file") + what);
        }
    }

    /** A line for each file that was not checked, with the reason. */
    public static String passed(CheckResult result) {
        StringBuilder out = new StringBuilder();
        result.passed()
                .forEach(p -> out.append("passed over: ")
                        .append(Visible.of(p.file()))
                        .append(": ")
                        .append(Visible.of(p.why()))
                        .append('\n'));
        return out.toString();
    }

    private static long fixable(List<Finding> findings, boolean exact) {
        return findings.stream()
                .filter(f -> !f.edits().isEmpty())
                .filter(f -> !exact || f.edits().stream().allMatch(e -> e.certainty() == Edit.Certainty.EXACT))
                .count();
    }

    private static String count(int count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    /** How often each code was found, most often first. */
    public static String statistics(List<Finding> findings) {
        Map<Code, Integer> counts = new EnumMap<>(Code.class);
        findings.forEach(finding -> counts.merge(finding.code(), 1, Integer::sum));
        StringBuilder out = new StringBuilder();
        counts.entrySet().stream()
                .sorted(Map.Entry.<Code, Integer>comparingByValue().reversed())
                .forEach(entry -> out.append(String.format(
                        "%7d  %s  %s%n",
                        entry.getValue(), entry.getKey(), entry.getKey().title())));
        return out.toString();
    }
}
