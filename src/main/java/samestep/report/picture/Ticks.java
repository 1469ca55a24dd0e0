package samestep.report.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import samestep.recipe.Numbers;

/**
 * An axis: which part of the numbers it shows, and where it has marks.
 *
 * @param logarithmic whether equal lengths are equal ratios
 */
record Ticks(double low, double high, boolean logarithmic, List<Double> marks) {
    private static final int WANTED = 5;
    private static final int DIGITS = 6;

    /** An axis for numbers; only those above 0 count where it is logarithmic. */
    static Ticks of(List<Double> numbers, boolean logarithmic) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double number : numbers) {
            if (Double.isFinite(number) && (!logarithmic || number > 0)) {
                low = Math.min(low, number);
                high = Math.max(high, number);
            }
        }
        if (low > high) {
            return logarithmic ? decades(0.1, 1) : linear(0, 1);
        }
        return logarithmic ? decades(low, high) : linear(low, high);
    }

    private static Ticks decades(double low, double high) {
        int first = (int) Math.floor(Math.log10(low));
        int last = Math.max(first + 1, (int) Math.ceil(Math.log10(high)));
        int every = Math.max(1, (last - first + WANTED - 1) / WANTED);
        List<Double> marks = new ArrayList<>();
        for (int decade = first; decade <= last; decade += every) {
            marks.add(Math.pow(10, decade));
        }
        return new Ticks(Math.pow(10, first), Math.pow(10, last), true, marks);
    }

    private static Ticks linear(double low, double high) {
        // One number alone gets some room around it.
        double room = high > low ? 0 : Math.max(Math.abs(high), 1e-300) / 2;
        double from = low - room;
        double to = high + room;
        double raw = (to - from) / WANTED;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = 10 * power;
        for (double nice : new double[] {1, 2, 5}) {
            if (nice * power >= raw) {
                step = nice * power;
                break;
            }
        }
        List<Double> marks = new ArrayList<>();
        double start = Math.floor(from / step);
        double end = Math.ceil(to / step);
        for (double i = start; i <= end; i++) {
            marks.add(i * step);
        }
        return new Ticks(start * step, end * step, false, marks);
    }

    /** Where a number lies between the axis' ends, from 0 to 1. */
    double share(double number) {
        return logarithmic
                ? (Math.log(number) - Math.log(low)) / (Math.log(high) - Math.log(low))
                : (number - low) / (high - low);
    }

    /** A mark in words. */
    String words(double mark) {
        if (!logarithmic) {
            return Numbers.rounded(mark, DIGITS);
        }
        double decade = Math.rint(Math.log10(mark));
        return decade >= -2 && decade <= 3
                ? Numbers.rounded(Math.pow(10, decade), 2)
                : String.format(Locale.ROOT, "1e%d", (int) decade);
    }
}
