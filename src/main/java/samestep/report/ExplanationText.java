package samestep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import samestep.dialect.ParameterList;
import samestep.explain.Explanation;
import samestep.explain.Explanation.Line;
import samestep.explain.Explanation.RatePoint;
import samestep.explain.Explanation.Update;
import samestep.explain.Explanation.Value;
import samestep.explain.Samples;
import samestep.recipe.Numbers;
import samestep.recipe.Quantity;
import samestep.report.terminal.Table;
import samestep.text.Visible;

/** Writes an explanation as plain text; two of them beside each other. */
public final class ExplanationText {
    private static final int DIGITS = 8;
    /** In place of a number that the training does not have. */
    public static final String NOT_KNOWN = "not known";

    private static final int FEW_DIGITS = 4;
    private static final int WIDEST = 60;

    private static final int INDENTATION = 4;
    /** Of the texts of two files that are one above the other. */
    private static final int INNER_INDENTATION = 2;

    private final StringBuilder out = new StringBuilder();
    private final int width;

    private ExplanationText(int width) {
        this.width = width == 0 ? 0 : width - INDENTATION;
    }

    /**
     * What one file means.
     *
     * @param all each parameter of a large net in a row of its own
     * @param width of a line; 0 where lines are not broken
     */
    public static String print(String name, Explanation explanation, boolean all, int width) {
        ExplanationText text = new ExplanationText(width);
        text.line(name + " (" + explanation.recipe().framework() + ")");
        text.section("One update", updates(explanation, text.width));
        List<String> outputs = outputs(explanation);
        if (!outputs.isEmpty()) {
            text.section("Penalties on outputs, in g", outputs);
        }
        text.section("Every number", values(explanation, text.width));
        text.section("Learning rate: " + rateName(explanation), rates(explanation, text.width));
        text.section("Parameters", ParameterTable.of(explanation.recipe(), all, text.width));
        text.section("Samples", samples(explanation.samples()));
        List<String> settings = settings(explanation, text.width);
        if (!settings.isEmpty()) {
            text.section("Settings", settings);
        }
        return text.out.toString();
    }

    /** What two files mean, on one screen; parameters of one name belong together. */
    public static String print(
            String name, Explanation explanation, String otherName, Explanation other, boolean all, int width) {
        ExplanationText text = new ExplanationText(width);
        text.line("first:  " + name + " (" + explanation.recipe().framework() + ")");
        text.line("second: " + otherName + " (" + other.recipe().framework() + ")");
        text.section("Parameters", ParameterTable.of(explanation.recipe(), other.recipe(), all, text.width));
        text.section("One update", text.both(w -> updates(explanation, w), w -> updates(other, w)));
        text.section("Every number", text.both(w -> values(explanation, w), w -> values(other, w)));
        text.section("Learning rate", text.both(w -> rates(explanation, w), w -> rates(other, w)));
        text.section("Samples", text.both(w -> samples(explanation.samples()), w -> samples(other.samples())));
        List<String> settings = text.both(w -> settings(explanation, w), w -> settings(other, w));
        if (!settings.isEmpty()) {
            text.section("Settings", settings);
        }
        return text.out.toString();
    }

    /** Two texts, beside each other if the screen is wide enough. */
    private List<String> both(IntFunction<List<String>> first, IntFunction<List<String>> second) {
        List<String> left = first.apply(0);
        List<String> right = second.apply(0);
        if (Table.fitsBeside(left, right, width)) {
            return Table.beside(left, right, width);
        }
        int inner = width - INNER_INDENTATION;
        return Table.beside(first.apply(inner), second.apply(inner), width);
    }

    private void section(String title, List<String> lines) {
        line("");
        line(title);
        lines.forEach(content -> line("    " + content));
    }

    private void line(String words) {
        out.append(Visible.of(words.stripTrailing())).append('\n');
    }

    private static List<String> updates(Explanation explanation, int width) {
        List<String> lines = new ArrayList<>();
        for (Update update : explanation.updates()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            String who = ParameterTable.names(update.parameters());
            lines.add(ParameterList.count(update.parameters())
                    + (who.isEmpty() ? "" : " (" + who + ")")
                    + (update.shrinking().isEmpty() ? ": frozen" : ""));
            if (update.shrinking().isPresent()) {
                lines.addAll(equations(update, explanation, width));
            }
        }
        return lines;
    }

    private static List<String> equations(Update update, Explanation explanation, int width) {
        List<List<String>> rows = new ArrayList<>();
        for (Line line : update.lines()) {
            rows.add(List.of("  " + line.equation(), line.stage().isEmpty() ? "" : "# " + line.stage()));
        }
        List<String> lines = new ArrayList<>(Table.of(rows, WIDEST, width));
        var multiplier = update.parameters().get(0).rateMultiplier();
        String eta = multiplier.isOne()
                ? "eta is the learning rate"
                : "eta is " + Numbers.rounded(multiplier.doubleValue(), DIGITS) + " times the learning rate";
        String starts = update.starts().isEmpty() ? "" : "; at the start " + String.join(", ", update.starts());
        lines.add("  " + eta + starts);
        if (!explanation.isShrinkingKnown(update)) {
            lines.add("  what it does without a gradient is not known");
            return lines;
        }
        Samples samples = explanation.samples();
        lines.add("  " + update.shrinking().orElseThrow().words());
        update.halfLife().ifPresent(h -> {
            lines.add("  in the long run its half-life is " + updates(h.updates(), samples));
            lines.add("  and its time constant " + updates(h.timeConstant(), samples));
        });
        return lines;
    }

    private static String updates(double updates, Samples samples) {
        String epochs = samples.epochs(1)
                .map(e -> " (" + Numbers.rounded(e * updates, FEW_DIGITS) + " epochs)")
                .orElse("");
        return Numbers.rounded(updates, FEW_DIGITS) + " updates" + epochs;
    }

    private static List<String> values(Explanation explanation, int width) {
        List<List<String>> rows = new ArrayList<>();
        for (Value value : explanation.values()) {
            rows.add(List.of(
                    value.name(),
                    value.quantity().isKnown()
                            ? Numbers.rounded(value.quantity().doubleValue(), DIGITS)
                            : NOT_KNOWN,
                    OriginWords.of(value.quantity())));
        }
        return Table.of(rows, WIDEST, width);
    }

    private static List<String> outputs(Explanation explanation) {
        return explanation.recipe().activityPenalties().stream()
                .map(p -> p.layer() + ": " + p.norm() + " with "
                        + p.coefficient().decimal().toPlainString()
                        + " in the gradient, over the batch's size"
                        + p.coefficient().place().map(at -> "; " + at).orElse(""))
                .toList();
    }

    private static String rateName(Explanation explanation) {
        var schedule = explanation.recipe().schedule();
        return schedule.isFirstKnown() ? schedule.name() : NOT_KNOWN;
    }

    private static List<String> rates(Explanation explanation, int width) {
        if (!explanation.recipe().schedule().isFirstKnown()) {
            return List.of("the rate is not known");
        }
        if (explanation.recipe().schedule().countsEpochs()) {
            return ratesByEpoch(explanation, width);
        }
        Samples samples = explanation.samples();
        boolean epochs = samples.epochs(0).isPresent();
        List<List<String>> rows = new ArrayList<>();
        rows.add(epochs ? List.of("update", "epoch", "rate", "") : List.of("update", "rate", ""));
        for (RatePoint point : explanation.rates()) {
            List<String> row = new ArrayList<>(List.of(point.step().toPlainString()));
            samples.epochs(point.step().longValueExact()).ifPresent(e -> row.add(Numbers.rounded(e, 4)));
            row.add(Numbers.rounded(point.rate(), DIGITS));
            row.add(point.why());
            rows.add(row);
        }
        return Table.of(rows, WIDEST, width);
    }

    /** How many updates an epoch has is not known where a schedule counts epochs. */
    private static List<String> ratesByEpoch(Explanation explanation, int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("epoch", "rate", ""));
        for (RatePoint point : explanation.rates()) {
            String rate = Numbers.rounded(point.rate(), DIGITS);
            rows.add(List.of(point.step().toPlainString(), rate, point.why()));
        }
        return Table.of(rows, WIDEST, width);
    }

    private static List<String> settings(Explanation explanation, int width) {
        return Table.of(SettingText.cells(explanation.recipe().settings()), WIDEST, width);
    }

    private static List<String> samples(Samples samples) {
        if (samples.batchSize().isEmpty()) {
            return List.of("the configuration does not say how large a batch is; " + updates(samples));
        }
        List<String> lines = new ArrayList<>();
        Quantity batch = samples.batchSize().get();
        lines.add((batch.text().isEmpty() ? batch.decimal().stripTrailingZeros().toPlainString() : batch.text())
                + " in a batch x " + samples.microSteps()
                + (samples.microSteps() == 1 ? " batch" : " batches") + " in an update x " + samples.devices()
                + (samples.devices() == 1 ? " device" : " devices")
                + " = " + samples.inAnUpdate().orElseThrow() + " samples in an update");
        lines.add(updates(samples)
                + samples.inTheRun().map(n -> " = " + n + " samples").orElse("")
                + epochs(samples));
        return lines;
    }

    private static String updates(Samples samples) {
        return samples.updates().isPresent()
                ? samples.updates().getAsLong() + " updates"
                : "the number of updates is not given";
    }

    private static String epochs(Samples samples) {
        Optional<Double> epochs =
                samples.updates().isPresent() ? samples.epochs(samples.updates().getAsLong()) : Optional.empty();
        return epochs.map(e -> " = " + Numbers.rounded(e, 4) + " epochs of "
                        + samples.dataSet().getAsLong())
                .orElse("");
    }
}
