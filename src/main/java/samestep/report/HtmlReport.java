package samestep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import samestep.compare.Comparison;
import samestep.compare.Difference;
import samestep.compare.ValueRow;
import samestep.compare.ValueRows;
import samestep.compare.bound.Bounds;
import samestep.compare.measure.Measurement;
import samestep.compare.proof.Verdict;
import samestep.compare.trait.Trait;
import samestep.dialect.ParameterList;
import samestep.finding.Finding;
import samestep.recipe.Recipe;
import samestep.report.picture.SvgCanvas;
import samestep.report.terminal.Screen;
import samestep.text.Html;
import samestep.translate.FileComparison;
import samestep.translate.Remedy;

/** Writes everything that is known of a difference as one page, which loads nothing from anywhere. */
public final class HtmlReport {
    private static final String CSS = Packaged.text("report.css");

    private final StringBuilder out = new StringBuilder();
    private final FileComparison compared;
    private final List<String> names;

    private HtmlReport(FileComparison compared, List<String> names) {
        this.compared = compared;
        this.names = List.copyOf(names);
    }

    /**
     * The page.
     *
     * @param names what the configurations are called; the first two were compared
     * @param measurements what was measured
     * @param reproduction how to have the same again, line by line
     */
    public static String print(
            List<String> names, FileComparison compared, List<Measurement> measurements, List<String> reproduction) {
        HtmlReport report = new HtmlReport(compared, names);
        report.head();
        report.remedies();
        report.differences();
        report.equations();
        report.values();
        report.rates();
        report.measurements(measurements);
        report.findings();
        report.reproduction(reproduction);
        report.out.append("</main>\n</body>\n</html>\n");
        return report.out.toString();
    }

    private void head() {
        boolean same = compared.isSameTraining();
        String title = title(same);
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<link rel=\"icon\" href=\"data:,\">\n<title>")
                .append(title)
                .append("</title>\n<style>\n")
                .append(CSS)
                .append("</style>\n</head>\n<body>\n<main>\n");
        element("h1", title);
        out.append("<ul>\n");
        List<Recipe> recipes = List.of(compared.source(), compared.target());
        for (int i = 0; i < names.size(); i++) {
            String framework = i < recipes.size()
                    ? " (" + recipes.get(i).framework() + ")"
                    : " (measured beside them, not compared)";
            out.append("<li>").append(MeasurementText.place(i)).append(": <code>");
            out.append(Html.escaped(names.get(i))).append("</code>");
            out.append(Html.escaped(framework)).append("</li>\n");
        }
        out.append("</ul>\n<p class=\"verdict").append(same ? " same" : "").append("\">");
        String settings = SettingText.result(compared.settings());
        String line = ResultLine.of(compared.comparison(), OptionalDouble.empty(), compared.findings())
                + (settings.isEmpty() ? "" : "; " + settings);
        out.append(Html.escaped(line)).append("</p>\n");
    }

    /** Of more than two files, only the first two were compared. */
    private String title(boolean same) {
        boolean several = names.size() > 2;
        if (!same && compared.comparison().isProven()) {
            return (several ? "The first two have the" : "The") + " same update; settings, net or data differ";
        }
        String who = several ? "The first two are " : "";
        String what = same
                ? "the same training"
                : isRefuted() ? "not the same training" : "not proven to be the same training";
        String words = who + what + (same ? "" : reason());
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private boolean isRefuted() {
        Comparison comparison = compared.comparison();
        return Stream.concat(
                        Stream.of(comparison.schedule().verdict()),
                        comparison.groups().stream().map(Comparison.Group::verdict))
                .anyMatch(v -> v.kind().compareTo(Verdict.Kind.INEXACT) >= 0);
    }

    /** What makes the first difference, such as {@code : 2 kernels differ in L2 in the gradient}. */
    private String reason() {
        List<Difference> all = compared.differences();
        if (all.isEmpty()) {
            return compared.comparison().schedule().verdict().isProven() ? "" : ": the learning rates differ";
        }
        Difference first = all.get(0);
        String traits = first.traits().stream().map(Trait::name).collect(Collectors.joining(", "));
        String more = all.size() == 1 ? "" : ", and " + (all.size() - 1) + " more";
        return ": " + ParameterList.count(first.parameters())
                + (first.parameters().size() == 1 ? " differs" : " differ") + (traits.isEmpty() ? "" : " in " + traits)
                + more;
    }

    private void element(String name, String text) {
        out.append('<').append(name).append('>').append(Html.escaped(text));
        out.append("</").append(name).append(">\n");
    }

    private void section(String title, String explanation) {
        element("h2", title);
        if (!explanation.isEmpty()) {
            out.append("<p class=\"soft\">").append(Html.escaped(explanation)).append("</p>\n");
        }
    }

    private void differences() {
        if (compared.differences().isEmpty()) {
            return;
        }
        section(
                "What makes the difference",
                "Found by testing: one thing after another was made equal. Left of the bar: " + label(0)
                        + "; right of it: " + label(1) + ".");
        for (Difference difference : compared.differences()) {
            element(
                    "h3",
                    ParameterList.count(difference.parameters()) + ": "
                            + ComparisonText.names(difference.parameters()));
            list(DifferenceWords.of(difference));
        }
        List<String> rounding = new ArrayList<>();
        for (Recipe recipe : List.of(compared.source(), compared.target())) {
            Bounds.ofSinglePrecision(recipe).map(Object::toString).ifPresent(words -> {
                if (!rounding.contains(words)) {
                    rounding.add(words);
                }
            });
        }
        if (!rounding.isEmpty()) {
            element("h3", "Rounding");
            list(rounding);
        }
    }

    private void list(List<String> lines) {
        out.append("<ul>\n");
        lines.forEach(line -> element("li", line));
        out.append("</ul>\n");
    }

    private void equations() {
        section(
                "One update",
                "The equations with their numbers. What makes the difference is marked; what is not marked is the"
                        + " same, or proven to do the same.");
        for (SideEquations sides : SideEquations.of(compared)) {
            element("h3", sides.title());
            out.append("<div class=\"sides\">\n");
            side(sides.source());
            side(sides.target());
            out.append("</div>\n");
        }
    }

    private void side(List<SideEquations.Marked> lines) {
        out.append("<div><pre>");
        for (SideEquations.Marked line : lines) {
            out.append(line.differs() ? "<span class=\"mark\">" : "").append(Html.escaped(line.line()));
            out.append(line.differs() ? "</span>" : "").append('\n');
        }
        out.append("</pre></div>\n");
    }

    private void values() {
        section("Every value", "");
        out.append("<div class=\"wide\"><table>\n<tr><th></th><th>")
                .append(Html.escaped(label(0)))
                .append("</th><th>")
                .append(Html.escaped(label(1)))
                .append("</th><th></th></tr>\n");
        for (ValueRow row : ValueRows.merged(compared.rows())) {
            out.append(row.same() ? "<tr>" : "<tr class=\"differs\">");
            for (String cell : List.of(
                    row.name(), row.source().words(), row.target().words(), ParameterList.count(row.parameters()))) {
                out.append("<td>").append(Html.escaped(cell)).append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</table></div>\n");
    }

    private void remedies() {
        if (compared.remedies().isEmpty()) {
            return;
        }
        section(
                "What to write",
                "Change one file, not both. Each edit was tried alone: it makes its value the same, and none different.");
        List<Remedy> ofTarget =
                compared.remedies().stream().filter(Remedy::isOfTheTarget).toList();
        List<Remedy> ofSource =
                compared.remedies().stream().filter(r -> !r.isOfTheTarget()).toList();
        boolean isChoice = !ofTarget.isEmpty() && !ofSource.isEmpty();
        side(ofTarget, (isChoice ? "Either in the " : "In the ") + label(1));
        side(ofSource, (isChoice ? "Or in the " : "In the ") + label(0));
    }

    private void side(List<Remedy> remedies, String title) {
        if (remedies.isEmpty()) {
            return;
        }
        element("h3", title);
        out.append("<ul>\n");
        for (Remedy remedy : remedies) {
            out.append("<li><code>")
                    .append(Html.escaped(remedy.place().toString()))
                    .append("</code>: write <code>");
            out.append(Html.escaped(remedy.text())).append("</code> for <code>");
            out.append(Html.escaped(remedy.place().text())).append("</code> (");
            out.append(Html.escaped(remedy.row().name())).append(")</li>\n");
        }
        out.append("</ul>\n");
    }

    /** Such as {@code first (Caffe)}. */
    private String label(int place) {
        List<Recipe> recipes = List.of(compared.source(), compared.target());
        return MeasurementText.place(place)
                + (place < recipes.size() ? " (" + recipes.get(place).framework() + ")" : "");
    }

    private void rates() {
        RateChart.of(List.of(compared.source(), compared.target()), List.of(label(0), label(1)))
                .ifPresent(chart -> {
                    section("Learning rate", "");
                    out.append("<div class=\"charts\">\n")
                            .append(SvgCanvas.inPage(chart))
                            .append("</div>\n");
                });
    }

    private void measurements(List<Measurement> measurements) {
        if (!measurements.isEmpty()) {
            section("Measured", "What runs on small nets did. Never a bound; another net drifts differently.");
        }
        for (Measurement measurement : measurements) {
            element("h3", measurement.problem());
            out.append("<div class=\"charts\">\n");
            List<String> labels = IntStream.range(0, measurement.runs().size())
                    .mapToObj(this::label)
                    .toList();
            ChartSheet.charts(measurement, labels).forEach(chart -> out.append(SvgCanvas.inPage(chart)));
            out.append("</div>\n<div class=\"wide\">");
            table(MeasurementText.course(measurement));
            out.append("</div>\n");
            list(MeasurementText.end(measurement));
        }
    }

    private void table(List<List<String>> rows) {
        out.append("<table>\n");
        for (int i = 0; i < rows.size(); i++) {
            String cell = i == 0 ? "th" : "td";
            out.append("<tr>");
            for (String words : rows.get(i)) {
                out.append('<').append(cell).append('>').append(Html.escaped(words));
                out.append("</").append(cell).append('>');
            }
            out.append("</tr>\n");
        }
        out.append("</table>\n");
    }

    private void findings() {
        section("Findings", compared.findings().isEmpty() ? "None in reading the files." : "");
        FindingText text = new FindingText(Screen.PLAIN);
        for (Finding finding : compared.findings()) {
            out.append("<pre>").append(escapedLines(text.render(finding))).append("</pre>\n");
        }
    }

    private static String escapedLines(String text) {
        return String.join("\n", text.lines().map(Html::escaped).toList());
    }

    private void reproduction(List<String> lines) {
        section("To have the same again", "");
        out.append("<pre>").append(escapedLines(String.join("\n", lines))).append("</pre>\n");
    }
}
