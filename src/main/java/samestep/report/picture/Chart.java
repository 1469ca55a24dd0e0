package samestep.report.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import samestep.report.picture.Canvas.Anchor;
import samestep.report.picture.Canvas.Ink;

/**
 * Curves over the updates of a run.
 *
 * @param title what the numbers are
 * @param logarithmic whether the numbers' axis is
 * @param series the curves, whose names are above
 */
public record Chart(String title, boolean logarithmic, List<Series> series) {
    /** How wide a chart is. */
    public static final double WIDTH = 460;
    /** How high. */
    public static final double HEIGHT = 270;

    private static final double LEFT = 58;
    private static final double RIGHT = 22;
    private static final double TOP = 50;
    private static final double BOTTOM = 40;
    private static final double CHARACTER = 6.7;

    /**
     * A curve.
     *
     * @param place which of the configurations it is, which decides its colour
     */
    public record Series(String name, int place, double[] x, double[] y) {}

    /** Copies the series. */
    public Chart {
        series = List.copyOf(series);
    }

    /** Draws it, with its upper left corner there. */
    public void draw(Canvas canvas, double left, double top) {
        canvas.text(left + LEFT, top + 18, title, Anchor.START, Ink.TITLE);
        Ticks across = Ticks.of(numbers(true), false);
        Ticks up = Ticks.of(numbers(false), logarithmic);
        double right = left + WIDTH - RIGHT;
        double bottom = top + HEIGHT - BOTTOM;
        for (double mark : up.marks()) {
            double y = bottom - up.share(mark) * (bottom - top - TOP);
            canvas.line(left + LEFT, y, right, y, Ink.GRID);
            canvas.text(left + LEFT - 6, y + 4, up.words(mark), Anchor.END, Ink.LABEL);
        }
        for (double mark : across.marks()) {
            double x = left + LEFT + across.share(mark) * (right - left - LEFT);
            canvas.line(x, bottom, x, bottom + 4, Ink.AXIS);
            canvas.text(x, bottom + 17, across.words(mark), Anchor.MIDDLE, Ink.LABEL);
        }
        canvas.line(left + LEFT, bottom, right, bottom, Ink.AXIS);
        canvas.text(right, bottom + 33, "update", Anchor.END, Ink.LABEL);
        double legend = left + LEFT;
        for (Series one : series) {
            canvas.curve(new double[] {legend, legend + 22}, new double[] {top + 34, top + 34}, one.place());
            canvas.text(legend + 27, top + 38, one.name(), Anchor.START, Ink.LABEL);
            legend += 27 + CHARACTER * one.name().length() + 16;
        }
        for (Series one : series) {
            curve(canvas, one, left, top, across, up);
        }
    }

    private List<Double> numbers(boolean across) {
        List<Double> numbers = new ArrayList<>();
        for (Series one : series) {
            for (double number : across ? one.x() : one.y()) {
                numbers.add(number);
            }
        }
        if (across) {
            numbers.add(0.0);
        }
        return numbers;
    }

    /** What is not a number, or cannot be shown, interrupts a curve. */
    private void curve(Canvas canvas, Series one, double left, double top, Ticks across, Ticks up) {
        double width = WIDTH - LEFT - RIGHT;
        double height = HEIGHT - TOP - BOTTOM;
        double[] x = new double[one.x().length];
        double[] y = new double[one.x().length];
        int count = 0;
        for (int i = 0; i <= one.x().length; i++) {
            boolean shown = i < one.x().length && Double.isFinite(one.y()[i]) && (!logarithmic || one.y()[i] > 0);
            if (shown) {
                x[count] = left + LEFT + across.share(one.x()[i]) * width;
                y[count] = top + TOP + (1 - up.share(one.y()[i])) * height;
                count++;
            } else if (count > 0) {
                canvas.curve(Arrays.copyOf(x, count), Arrays.copyOf(y, count), one.place());
                count = 0;
            }
        }
    }
}
