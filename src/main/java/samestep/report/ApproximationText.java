package samestep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import samestep.compare.DecayApproximation;
import samestep.compare.bound.GradientSizes;
import samestep.compare.measure.Measurement;
import samestep.compare.measure.Measurement.Run;
import samestep.compare.measure.Measurer.Named;
import samestep.recipe.Numbers;
import samestep.report.terminal.Table;

/** Writes the closest number, and how far off it is on data that it was not fitted on. */
public final class ApproximationText {
    private static final int DIGITS = 3;
    /** A number that is not at least so much better than its rivals stands for nothing. */
    private static final double MUCH_BETTER = 0.5;
    /** Some weights would have twice the decay that is meant, others half. */
    private static final double LARGE_SPREAD = 4;

    private ApproximationText() {}

    /**
     * The lines.
     *
     * @param sizes of gradients, where they were given
     * @param measure trains on what the number was not fitted on
     */
    public static String print(
            DecayApproximation approximation,
            Optional<GradientSizes> sizes,
            Function<List<Named>, Optional<Measurement>> measure) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("The closest decay for the second, fitted on 100 updates of the reference net; not written"
                + " anywhere:");
        Optional<Double> fitted = approximation.fitted();
        if (fitted.isEmpty()) {
            lines.add("    no value could be fitted: they have no layers in common, or a run diverges");
            return String.join("\n", lines) + "\n";
        }
        lines.add("    " + Numbers.rounded(fitted.get(), DIGITS) + " times the first's number"
                + approximation
                        .closedForm()
                        .map(f -> " (by momentum " + Numbers.rounded(f, DIGITS)
                                + (approximation.isInRange() ? ")" : ", out of its range)"))
                        .orElse(" (no closed form for adaptive optimizers)"));
        List<Named> named = new ArrayList<>();
        named.add(new Named("the first", approximation.source()));
        named.add(new Named("fitted", approximation.withDecays(fitted.get())));
        named.add(new Named("copied as it is", approximation.withDecays(1)));
        named.add(new Named("dropped", approximation.withDecays(0)));
        approximation.closedForm().ifPresent(f -> named.add(new Named("by momentum", approximation.withDecays(f))));
        Optional<GradientSizes.Factor> bySizes = sizes.flatMap(approximation::by);
        if (sizes.isPresent()) {
            lines.add("    by the gradients' sizes that were given: "
                    + bySizes.map(ApproximationText::words)
                            .orElse("nothing, for they name no adaptive parameter of the first"));
        }
        bySizes.ifPresent(f -> named.add(new Named("by sizes", approximation.withDecays(f.factor()))));
        measure.apply(named).ifPresent(m -> lines.addAll(measured(m)));
        return String.join("\n", lines) + "\n";
    }

    private static String words(GradientSizes.Factor factor) {
        double spread = factor.most() / factor.least();
        return Numbers.rounded(factor.factor(), DIGITS) + " times, where single weights would need "
                + Numbers.rounded(factor.least(), DIGITS) + " to " + Numbers.rounded(factor.most(), DIGITS)
                + (spread > LARGE_SPREAD
                        ? ", a spread of " + Numbers.rounded(spread, 2) + ": no good single number exists"
                        : "");
    }

    private static List<String> measured(Measurement measurement) {
        List<String> lines = new ArrayList<>();
        lines.add("    on " + measurement.problem() + ", " + measurement.seeds()
                + " runs each, where it was not fitted:");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "drift", "held out right, %", "better than the first"));
        for (Run run : measurement.runs()) {
            rows.add(List.of(
                    run.name(),
                    Numbers.rounded(run.largestDrift(), DIGITS),
                    run.accuracy().map(MeasurementText::percent).orElse("-"),
                    run.better().map(MeasurementText::percent).orElse("-")));
        }
        Table.of(rows, 40, 0).forEach(row -> lines.add("      " + row));
        double fitted = measurement.runs().get(1).largestDrift();
        double rival = Math.min(
                measurement.runs().get(2).largestDrift(),
                measurement.runs().get(3).largestDrift());
        if (!(fitted < MUCH_BETTER * rival)) {
            lines.add("    no good single number exists: there it drifts "
                    + Numbers.rounded(fitted / rival, 2)
                    + " times as far as the better of copying and dropping");
        }
        return lines;
    }
}
