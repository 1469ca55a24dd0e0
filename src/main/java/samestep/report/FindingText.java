package samestep.report;

import java.util.List;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.report.terminal.Screen;
import samestep.report.terminal.Style;
import samestep.report.terminal.Wrapping;
import samestep.text.Position;
import samestep.text.Visible;

/** Writes findings for a terminal, in the manner of compilers: place, message, the line with a mark, details. */
public final class FindingText {
    private static final int WIDEST_LINE = 160;
    private static final int MOST = 100;

    /** Details are under the message. */
    private static final int INDENTATION = 3;
    /** So much of a long line is shown before what is marked. */
    private static final int BEFORE_MARK = 20;

    private static final String CUT = "...";

    private final Screen screen;

    /** For a screen. */
    public FindingText(Screen screen) {
        this.screen = screen;
    }

    /** One finding, with its line end. */
    public String render(Finding finding) {
        StringBuilder out = new StringBuilder();
        String label = finding.severity().label() + ": ";
        String place = finding.place().map(p -> Visible.of(p.toString()) + ": ").orElse("");
        List<String> message = Wrapping.of(
                place + label + Visible.of(finding.message()) + " [" + finding.code() + "]",
                screen.width(),
                INDENTATION);
        boolean isFirst = message.get(0).startsWith(label.strip(), place.length());
        for (int i = 0; i < message.size(); i++) {
            int at = i == 0 ? place.length() : INDENTATION;
            boolean hasLabel = i == (isFirst ? 0 : 1) && message.get(i).startsWith(label.strip(), at);
            out.append(hasLabel ? coloured(finding.severity(), message.get(i), at) : message.get(i))
                    .append('\n');
        }
        boolean shown = finding.severity() != Severity.NOTE || !finding.label().isEmpty();
        if (shown) {
            finding.place().ifPresent(p -> sourceLine(out, p, finding.label()));
        }
        for (String detail : finding.details()) {
            Wrapping.of(" ".repeat(INDENTATION) + Visible.of(detail), screen.width(), INDENTATION)
                    .forEach(line -> out.append(line).append('\n'));
        }
        return out.toString();
    }

    /** A line whose word at a place is the severity. */
    private String coloured(Severity severity, String line, int at) {
        int end = at + severity.label().length();
        return line.substring(0, at) + colour(severity, severity.label()) + line.substring(end);
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

    private void sourceLine(StringBuilder out, Place place, String label) {
        Position position = place.position();
        String written = place.source().line(position.line());
        if (written.codePointCount(0, written.length()) > WIDEST_LINE) {
            return;
        }
        String line = Visible.of(written.replace('\t', ' '));
        String number = Integer.toString(position.line());
        String margin = " ".repeat(Math.max(0, 5 - number.length()));
        int column = position.column() - 1;
        int room = screen.beside(Math.max(5, number.length()) + 3);
        int[] letters = line.codePoints().toArray();
        if (room > 0 && letters.length > room) {
            int start = Math.max(0, Math.min(column - BEFORE_MARK, letters.length - room + CUT.length()));
            String before = start == 0 ? "" : CUT;
            int shown = Math.min(letters.length - start, room - before.length());
            line = before + new String(letters, start, shown);
            column = column - start + before.length();
        }
        out.append(margin).append(number).append(" | ").append(line).append('\n');
        out.append("      | ").append(" ".repeat(Math.max(0, column))).append('^');
        out.append(label.isEmpty() ? "" : " " + Visible.of(label)).append('\n');
    }

    private String colour(Severity severity, String text) {
        return screen.styled(
                switch (severity) {
                    case ERROR -> Style.BAD;
                    case WARNING -> Style.CAREFUL;
                    case NOTE -> Style.QUIET;
                },
                text);
    }
}
