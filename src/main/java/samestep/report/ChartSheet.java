package samestep.report;

import java.util.ArrayList;
import java.util.List;
import samestep.compare.measure.Measurement;
import samestep.compare.measure.Measurement.Point;
import samestep.compare.measure.Measurement.Run;
import samestep.report.picture.Canvas;
import samestep.report.picture.Canvas.Anchor;
import samestep.report.picture.Canvas.Ink;
import samestep.report.picture.Chart;

/**
 * The charts of what was measured, two beside each other.
 *
 * @param measurements a row of headings and charts each
 */
public record ChartSheet(List<Measurement> measurements) {
    private static final double HEADING = 34;
    private static final int IN_A_ROW = 2;
    private static final int LONGEST_HEADING = 130;

    /** Of each measurement: drift, norm, loss, and the rate where it changes among the updates that were measured. */
    static List<Chart> charts(Measurement measurement, List<String> labels) {
        List<Chart> charts = new ArrayList<>();
        charts.add(new Chart(
                "drift: largest difference of a weight from the first's",
                true,
                series(measurement, 1, Value.DRIFT, labels)));
        charts.add(new Chart("norm of all weights", false, series(measurement, 0, Value.NORM, labels)));
        charts.add(new Chart(
                "loss, mean of the updates since the last point", false, series(measurement, 0, Value.LOSS, labels)));
        if (measurement.runs().stream().anyMatch(ChartSheet::isRateChanging)) {
            charts.add(new Chart("learning rate", false, series(measurement, 0, Value.RATE, labels)));
        }
        return charts;
    }

    private static boolean isRateChanging(Run run) {
        return run.points().stream().mapToDouble(Point::rate).distinct().count() > 1;
    }

    private enum Value {
        DRIFT,
        NORM,
        LOSS,
        RATE;

        double of(Point point) {
            return switch (this) {
                case DRIFT -> point.drift();
                case NORM -> point.norm();
                case LOSS -> point.loss();
                case RATE -> point.rate();
            };
        }
    }

    private static List<Chart.Series> series(Measurement measurement, int from, Value value, List<String> labels) {
        List<Chart.Series> series = new ArrayList<>();
        List<Run> runs = measurement.runs();
        for (int i = from; i < runs.size(); i++) {
            List<Point> points = runs.get(i).points();
            double[] x = points.stream().mapToDouble(Point::update).toArray();
            double[] y = points.stream().mapToDouble(value::of).toArray();
            boolean any = points.stream().anyMatch(p -> Double.isFinite(value.of(p)));
            if (any) {
                series.add(new Chart.Series(labels.get(i), i, x, y));
            }
        }
        return series;
    }

    /** How wide it is. */
    public double width() {
        return IN_A_ROW * Chart.WIDTH;
    }

    /** How high. */
    public double height() {
        return measurements.size() * (HEADING + 2 * Chart.HEIGHT);
    }

    /** Draws all. */
    public void draw(Canvas canvas) {
        double top = 0;
        for (Measurement measurement : measurements) {
            String words = measurement.problem();
            String heading = words.length() > LONGEST_HEADING ? words.substring(0, LONGEST_HEADING) + " ..." : words;
            canvas.text(14, top + 22, heading, Anchor.START, Ink.TITLE);
            List<Chart> charts = charts(
                    measurement, MeasurementText.places(measurement.runs().size()));
            for (int i = 0; i < charts.size(); i++) {
                int row = i / IN_A_ROW;
                charts.get(i).draw(canvas, (i % IN_A_ROW) * Chart.WIDTH, top + HEADING + row * Chart.HEIGHT);
            }
            top += HEADING + 2 * Chart.HEIGHT;
        }
    }
}
