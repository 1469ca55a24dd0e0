package samestep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import samestep.compare.Comparison;
import samestep.compare.Comparison.Group;
import samestep.compare.DecayApproximation;
import samestep.compare.Difference;
import samestep.compare.ValueRow;
import samestep.compare.ValueRows;
import samestep.compare.bound.Bounds;
import samestep.compare.measure.Measurement;
import samestep.compare.proof.Verdict;
import samestep.dialect.ParameterList;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.report.terminal.Table;
import samestep.text.Visible;
import samestep.translate.FileComparison;
import samestep.translate.Remedy;

/** Writes a comparison of two files as plain text: values side by side, verdicts, what to write where. */
public final class ComparisonText {
    private static final int WIDEST_CELL = 36;

    private final StringBuilder out = new StringBuilder();
    private final FileComparison compared;
    private final int width;

    private ComparisonText(FileComparison compared, int width) {
        this.compared = compared;
        this.width = width;
    }

    /**
     * The whole report.
     *
     * @param source the first file's name
     * @param target the second file's name
     * @param measurements what was measured, if anything
     * @param width that tables have at most; 0 where lines are not broken
     */
    public static String print(
            String source, String target, FileComparison compared, List<Measurement> measurements, int width) {
        ComparisonText text = new ComparisonText(compared, width);
        text.table(source, target);
        text.verdicts();
        text.decay();
        text.differences();
        text.remedies();
        MeasurementText.of(measurements, width).forEach(text::line);
        String settings = SettingText.result(compared.settings());
        String decay = DecayText.isNeeded(compared) ? "; " + DecayText.relation(compared.decay()) : "";
        text.line(ResultLine.of(compared.comparison(), OptionalDouble.empty(), compared.findings())
                + decay
                + (settings.isEmpty() ? "" : "; " + settings));
        return text.out.toString();
    }

    private void line(String words) {
        out.append(Visible.of(words.stripTrailing())).append('\n');
    }

    private void table(String source, String target) {
        List<List<String>> cells = new ArrayList<>();
        line("first:  " + source + " (" + compared.source().framework() + ")");
        line("second: " + target + " (" + compared.target().framework() + ")");
        out.append('\n');
        cells.add(List.of("", "", "first", "second", ""));
        for (ValueRow row : ValueRows.merged(compared.rows())) {
            cells.add(List.of(
                    row.same() ? "=" : "!",
                    row.name(),
                    row.source().words(),
                    row.target().words(),
                    ParameterList.count(row.parameters())));
        }
        cells.addAll(SettingText.cells(compared.settings()));
        Table.of(cells, WIDEST_CELL, width).forEach(this::line);
    }

    private void verdicts() {
        Comparison comparison = compared.comparison();
        out.append('\n');
        boolean factor =
                comparison.isAtAnotherRate() && comparison.schedule().verdict().isProven();
        line("schedule: "
                + (factor
                        ? "the same but for a factor"
                        : words(comparison.schedule().verdict())));
        compared.shift().ifPresent(shift -> line("    " + shift.words()));
        for (Group group : comparison.groups()) {
            String cause = group.cause().map(c -> ", from the " + c.word()).orElse("");
            line(ParameterList.count(group.parameters()) + " (" + names(group.parameters()) + "): "
                    + words(group.verdict()) + (group.verdict().isProven() ? "" : cause));
        }
        alone("only in the first", comparison.alone());
        alone("only in the second", comparison.aloneInTarget());
    }

    private void decay() {
        if (DecayText.isNeeded(compared)) {
            out.append('\n');
            DecayText.lines(compared).forEach(this::line);
        }
    }

    /** What was found by testing one thing after another. */
    private void differences() {
        if (!compared.differences().isEmpty()) {
            out.append("\nWhat makes the difference, found by testing:\n");
        }
        for (Difference difference : compared.differences()) {
            line(ParameterList.count(difference.parameters()) + " (" + names(difference.parameters())
                    + "): first | second");
            DifferenceWords.of(difference).forEach(words -> line("    " + words));
        }
        if (!compared.differences().isEmpty()) {
            DecayApproximation.of(compared.source(), compared.targetRenamed())
                    .ifPresent(a -> line("offered: " + a.words()));
            Stream.of(compared.source(), compared.target())
                    .flatMap(recipe -> Bounds.ofSinglePrecision(recipe).stream())
                    .distinct()
                    .forEach(bound -> line("beside all this, " + bound));
        }
    }

    private void alone(String where, List<Parameter> parameters) {
        if (!parameters.isEmpty()) {
            line(where + ": " + ParameterList.count(parameters) + " (" + names(parameters) + ")");
        }
    }

    /** Which layers, shortened. */
    static String names(List<Parameter> parameters) {
        List<String> names =
                parameters.stream().map(p -> p.name().layer()).distinct().toList();
        int last = names.size() - 1;
        return last < 3 ? String.join(", ", names) : names.get(0) + " ... " + names.get(last);
    }

    /** A verdict on two files. */
    static String words(Verdict verdict) {
        // Nothing is to be expressed here: both are there already.
        String kind = verdict.kind() == Verdict.Kind.NOT_EXPRESSIBLE
                ? "not the same"
                : verdict.kind().words();
        return kind + (verdict.condition().isEmpty() ? "" : " (" + verdict.condition() + ")");
    }

    private void remedies() {
        boolean header = true;
        for (Remedy remedy : compared.remedies()) {
            ValueRow row = remedy.row();
            boolean second = remedy.isOfTheTarget();
            ValueRow.Side wrong = second ? row.target() : row.source();
            ValueRow.Side right = second ? row.source() : row.target();
            String meant = right.quantity()
                    .map(q -> Numbers.rounded(q.doubleValue(), 6))
                    .orElse("");
            if (header) {
                out.append("\nTo make a value the same, change one side:\n");
                header = false;
            }
            line(remedy.place() + ": write " + remedy.text());
            line("    for " + wrong.words() + "; "
                    + (remedy.ofOtherKind()
                            ? "the step is then the same as with " + right.words()
                            : row.name() + " is then "
                                    + (row.isInOneUnit() ? meant + " as by " : "the same for this loss as ")
                                    + right.words()));
        }
    }
}
