package samestep.report.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import samestep.check.CheckResult;
import samestep.check.Found;
import samestep.check.file.PassedOver;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.text.Html;
import samestep.text.Position;

/**
 * Findings in the XML of JUnit's reports, which CI systems show as test results: a suite for each file, a case for each
 * finding. A finding below the level that fails is a case that passes, with the message as its output. Without any finding
 * there is one case that passes.
 */
public final class JunitXml {
    private static final String NO_XML = "[\\x{FFFE}\\x{FFFF}\\x{D800}-\\x{DFFF}]";

    private final StringBuilder out = new StringBuilder();
    private final Predicate<Finding> fails;

    private JunitXml(Predicate<Finding> fails) {
        this.fails = fails;
    }

    /**
     * One document.
     *
     * @param fails whether a finding makes the command fail
     */
    public static String print(CheckResult result, List<Found> findings, Predicate<Finding> fails) {
        JunitXml xml = new JunitXml(fails);
        Map<String, List<Found>> files = new LinkedHashMap<>();
        findings.forEach(
                f -> files.computeIfAbsent(f.file(), file -> new ArrayList<>()).add(f));
        int unread = result.unreadable().size();
        boolean nothing = files.isEmpty() && unread == 0;
        long failures = findings.stream().filter(f -> fails.test(f.finding())).count();
        xml.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        int tests = nothing ? 1 : findings.size() + unread;
        xml.line("<testsuites name=\"samestep\"" + counts(tests, failures, unread) + ">");
        if (nothing) {
            xml.line("  <testsuite name=\"samestep\"" + counts(1, 0, 0) + ">");
            xml.line("    <testcase name=\"nothing found\" classname=\"samestep\"/>");
            xml.line("  </testsuite>");
        }
        result.unreadable().forEach(xml::unread);
        files.forEach(xml::suite);
        xml.line("</testsuites>");
        return xml.out.toString();
    }

    private void unread(PassedOver file) {
        String name = escaped(file.file());
        line("  <testsuite name=\"" + name + "\"" + counts(1, 0, 1) + ">");
        line("    <testcase name=\"" + Code.SS002 + "\" classname=\"" + name + "\">");
        line("      <error type=\"" + Code.SS002 + "\" message=\"" + escaped(file.why()) + "\"/>");
        line("    </testcase>");
        line("  </testsuite>");
    }

    private void suite(String file, List<Found> findings) {
        long failures = findings.stream().filter(f -> fails.test(f.finding())).count();
        line("  <testsuite name=\"" + escaped(file) + "\"" + counts(findings.size(), failures, 0) + ">");
        findings.forEach(found -> testCase(file, found.finding()));
        line("  </testsuite>");
    }

    private void testCase(String file, Finding finding) {
        Position at = finding.place().orElseThrow().position();
        String where = file + ":" + at.line() + ":" + at.column();
        line("    <testcase name=\"" + escaped(finding.code() + " at " + at.line() + ":" + at.column())
                + "\" classname=\"" + escaped(file) + "\" file=\"" + escaped(file) + "\" line=\"" + at.line() + "\">");
        List<String> words = new ArrayList<>(List.of(where + ": " + finding.message()));
        words.addAll(finding.details());
        String text = escaped(String.join("\n", words));
        if (fails.test(finding)) {
            line("      <failure type=\"" + finding.severity().label() + "\" message=\""
                    + escaped(finding.message().replace('\n', ' ')) + "\">" + text + "</failure>");
        } else {
            line("      <system-out>" + text + "</system-out>");
        }
        line("    </testcase>");
    }

    private static String counts(long tests, long failures, long errors) {
        return " tests=\"" + tests + "\" failures=\"" + failures + "\" errors=\"" + errors + "\"";
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** Characters that XML 1.0 has no place for are replaced as for a terminal. */
    private static String escaped(String text) {
        return text.lines().map(Html::escaped).collect(Collectors.joining("\n")).replaceAll(NO_XML, "\uFFFD");
    }
}
