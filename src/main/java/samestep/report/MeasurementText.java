package samestep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import samestep.compare.measure.Measurement;
import samestep.compare.measure.Measurement.Point;
import samestep.compare.measure.Measurement.Run;
import samestep.compare.measure.Measurement.Spread;
import samestep.recipe.Numbers;
import samestep.report.terminal.Table;

/** Writes what was measured as tables in plain text. */
final class MeasurementText {
    private static final int DIGITS = 3;
    private static final int WIDEST = 40;
    private static final int INDENTATION = 2;
    private static final int[] ROWS = {1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    private MeasurementText() {}

    /**
     * The lines of all that was measured.
     *
     * @param width of a line; 0 where lines are not broken
     */
    static List<String> of(List<Measurement> measurements, int width) {
        List<String> lines = new ArrayList<>();
        for (Measurement measurement : measurements) {
            lines.add("");
            String runs = measurement.seeds() == 1 ? "" : ", " + measurement.seeds() + " runs each";
            lines.add("measured, never a bound, on " + measurement.problem() + runs);
            lines.add("  drift is the largest difference of any weight from the first's, in any run");
            Table.of(course(measurement), WIDEST, width == 0 ? 0 : width - INDENTATION)
                    .forEach(line -> lines.add("  " + line));
            end(measurement).forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    /** Drift and loss at some updates; the first row says which is which. */
    static List<List<String>> course(Measurement measurement) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("update"));
        List<Run> runs = measurement.runs();
        for (int i = 1; i < runs.size(); i++) {
            head.add("drift, " + place(i));
        }
        for (int i = 0; i < runs.size(); i++) {
            head.add("loss, " + place(i));
        }
        rows.add(head);
        for (int update : rows(runs.get(0))) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(update)));
            for (int i = 1; i < runs.size(); i++) {
                row.add(number(runs.get(i).after(update).map(Point::drift)));
            }
            for (Run run : runs) {
                row.add(number(run.after(update).map(Point::loss)));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<Integer> rows(Run run) {
        List<Integer> rows = new ArrayList<>();
        for (int row : ROWS) {
            if (run.after(row).isPresent()) {
                rows.add(row);
            }
        }
        int last = run.points().get(run.points().size() - 1).update();
        if (!rows.contains(last)) {
            rows.add(last);
        }
        return rows;
    }

    /** Where each run ended. */
    static List<String> end(Measurement measurement) {
        List<String> lines = new ArrayList<>();
        List<Run> runs = measurement.runs();
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            String accuracy = run.accuracy()
                    .map(a -> ", " + percent(a) + " % of what was held out right")
                    .orElse("");
            String better =
                    i == 0 ? "" : run.better().map(b -> " (" + better(b) + ")").orElse("");
            if (run.loss().runs() == 0) {
                lines.add(place(i) + ", " + run.name());
                continue;
            }
            lines.add(place(i) + ", " + run.name() + ": loss of the last tenth " + spread(run.loss(), 1) + accuracy
                    + better);
        }
        return lines;
    }

    /** Whether the accuracy is another than the first's, run by run; what is within two standard errors is not seen. */
    private static String better(Spread points) {
        if (points.runs() > 1 && Math.abs(points.mean()) <= 2 * points.error()) {
            return "no difference from the first seen: " + percent(points) + " points";
        }
        Spread size = new Spread(Math.abs(points.mean()), points.deviation(), points.runs());
        return percent(size) + " points " + (points.mean() > 0 ? "better" : "worse") + " than the first";
    }

    static String percent(Spread spread) {
        return spread(spread, 100);
    }

    /** The mean, and the standard deviation where there are several runs. */
    static String spread(Spread spread, double factor) {
        String mean = Numbers.rounded(factor * spread.mean(), DIGITS);
        return spread.runs() < 2 ? mean : mean + " +- " + Numbers.rounded(factor * spread.deviation(), 2);
    }

    private static String number(Optional<Double> value) {
        return value.filter(v -> !v.isNaN())
                .map(v -> Numbers.rounded(v, DIGITS))
                .orElse("-");
    }

    /** Which files there are. */
    static List<String> places(int count) {
        return IntStream.range(0, count).mapToObj(MeasurementText::place).toList();
    }

    /** Which of the files. */
    static String place(int index) {
        List<String> words = List.of("first", "second", "third", "fourth", "fifth");
        return index < words.size() ? words.get(index) : (index + 1) + "th";
    }
}
