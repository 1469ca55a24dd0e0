package samestep.report;

import java.util.List;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.text.Position;
import samestep.text.Visible;

/** Writes findings for a terminal, in the manner of compilers: place, message, the line with a mark, details. */
public final class FindingText {
    private static final int WIDEST_LINE = 160;
    private static final int MOST = 100;

    private final boolean colours;

    /** With or without colours. */
    public FindingText(boolean colours) {
        this.colours = colours;
    }

    /** One finding, with its line end. */
    public String render(Finding finding) {
        StringBuilder out = new StringBuilder();
        finding.place()
                .ifPresent(place -> out.append(Visible.of(place.toString())).append(": "));
        out.append(colour(finding.severity(), finding.severity().label())).append(": ");
        out.append(Visible.of(finding.message()))
                .append(" [")
                .append(finding.code())
                .append("]\n");
        boolean shown = finding.severity() != Severity.NOTE || !finding.label().isEmpty();
        if (shown) {
            finding.place().ifPresent(place -> sourceLine(out, place, finding.label()));
        }
        for (String detail : finding.details()) {
            out.append("   ").append(Visible.of(detail)).append('\n');
        }
        return out.toString();
    }

    /** Several findings; of very many the first, and how many more there are. */
    public String render(List<Finding> findings) {
        StringBuilder out = new StringBuilder();
        findings.stream().limit(MOST).forEach(f -> out.append(render(f)));
        if (findings.size() > MOST) {
            List<Finding> rest = findings.subList(MOST, findings.size());
            long errors =
                    rest.stream().filter(f -> f.severity() == Severity.ERROR).count();
            out.append("and ").append(rest.size()).append(" more findings, ");
            out.append(errors).append(" of them errors\n");
        }
        return out.toString();
    }

    private static void sourceLine(StringBuilder out, Place place, String label) {
        Position position = place.position();
        String written = place.source().line(position.line());
        if (written.codePointCount(0, written.length()) > WIDEST_LINE) {
            return;
        }
        String line = Visible.of(written.replace('\t', ' '));
        String number = Integer.toString(position.line());
        String margin = " ".repeat(Math.max(0, 5 - number.length()));
        out.append(margin).append(number).append(" | ").append(line).append('\n');
        out.append("      | ").append(" ".repeat(position.column() - 1)).append('^');
        out.append(label.isEmpty() ? "" : " " + Visible.of(label)).append('\n');
    }

    private String colour(Severity severity, String text) {
        if (!colours) {
            return text;
        }
        String code = switch (severity) {
            case ERROR -> "31";
            case WARNING -> "33";
            case NOTE -> "36";
        };
        return "\u001b[1;" + code + "m" + text + "\u001b[0m";
    }
}
