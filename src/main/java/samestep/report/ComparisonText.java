package samestep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import samestep.compare.Bounds;
import samestep.compare.Comparison;
import samestep.compare.Comparison.Group;
import samestep.compare.Difference;
import samestep.compare.Drift;
import samestep.compare.ValueRow;
import samestep.compare.ValueRows;
import samestep.compare.Verdict;
import samestep.dialect.ParameterList;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.trainer.Trajectory;
import samestep.translate.FileComparison;
import samestep.translate.Remedy;

/** Writes a comparison of two files as plain text: values side by side, verdicts, what to write where. */
public final class ComparisonText {
    private static final int WIDEST_CELL = 36;
    private static final int DIGITS = 3;

    private final StringBuilder out = new StringBuilder();
    private final FileComparison compared;

    private ComparisonText(FileComparison compared) {
        this.compared = compared;
    }

    /**
     * The whole report.
     *
     * @param source the first file's name
     * @param target the second file's name
     * @param measured whether both are run on the reference problem, and the runs printed
     */
    public static String print(String source, String target, FileComparison compared, boolean measured) {
        ComparisonText text = new ComparisonText(compared);
        text.table(source, target);
        text.verdicts();
        text.differences();
        text.remedies();
        if (measured) {
            text.runs();
        }
        text.line(ResultLine.of(compared.comparison(), OptionalDouble.empty(), compared.findings()));
        return text.out.toString();
    }

    private void line(String words) {
        out.append(FindingText.visible(words.stripTrailing())).append('\n');
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
        int[] widths = new int[4];
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.min(WIDEST_CELL, Math.max(widths[i], row.get(i).length()));
            }
        }
        for (List<String> row : cells) {
            StringBuilder padded = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                padded.append(cell)
                        .append(" ".repeat(Math.max(0, widths[i] - cell.length())))
                        .append("  ");
            }
            line(padded + row.get(4));
        }
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
        for (Group group : comparison.groups()) {
            String cause = group.cause().map(c -> ", from the " + c.word()).orElse("");
            line(ParameterList.count(group.parameters()) + " (" + names(group.parameters()) + "): "
                    + words(group.verdict()) + (group.verdict().isProven() ? "" : cause));
        }
        alone("only in the first", comparison.alone());
        alone("only in the second", comparison.aloneInTarget());
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

    private static String names(List<Parameter> parameters) {
        List<String> names =
                parameters.stream().map(p -> p.name().layer()).distinct().toList();
        int last = names.size() - 1;
        return last < 3 ? String.join(", ", names) : names.get(0) + " ... " + names.get(last);
    }

    private static String words(Verdict verdict) {
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
            line("    for " + wrong.words() + "; " + row.name() + " is then " + meant + " as by " + right.words());
        }
    }

    private void runs() {
        Optional<Drift.Runs> runs = Drift.runs(compared.source(), compared.target(), compared.partners());
        out.append('\n');
        if (runs.isEmpty()) {
            line("not measured: the two have no layer with a kernel in common to stand for the reference net's");
            return;
        }
        line("measured on the reference net, never a bound:");
        line("  update   largest difference of a weight   loss, first   loss, second");
        Trajectory first = runs.get().source();
        Trajectory second = runs.get().target();
        Set<Integer> steps = new TreeSet<>();
        first.snapshots().forEach(s -> steps.add(s.step()));
        for (int step : steps) {
            line(String.format(
                    Locale.ROOT,
                    "  %6d   %-30s   %-11s   %s",
                    step,
                    Numbers.rounded(at(first, step).largestDifference(at(second, step)), DIGITS),
                    Numbers.rounded(first.losses().get(step - 1), DIGITS + 1),
                    Numbers.rounded(second.losses().get(step - 1), DIGITS + 1)));
        }
    }

    private static Trajectory at(Trajectory run, int step) {
        return new Trajectory(
                run.snapshots().stream().filter(s -> s.step() == step).toList(), List.of(), List.of());
    }
}
