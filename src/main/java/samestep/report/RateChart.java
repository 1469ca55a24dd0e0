package samestep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.report.picture.Chart;

/** The learning rates over the whole run, where a configuration says how long that is. */
final class RateChart {
    private static final int POINTS = 600;

    private RateChart() {}

    /**
     * The chart; empty where no run has a length, and where a rate is not one of updates or never changes on any side.
     *
     * @param labels what the recipes are called, in their order
     */
    static Optional<Chart> of(List<Recipe> recipes, List<String> labels) {
        OptionalLong last = recipes.stream()
                .map(recipe -> recipe.schedule().horizon())
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max();
        boolean isOfUpdates = recipes.stream().allMatch(r -> r.schedule().unit() == Schedule.Unit.UPDATES);
        if (last.isEmpty() || last.getAsLong() < 2 || !isOfUpdates) {
            return Optional.empty();
        }
        List<Chart.Series> series = new ArrayList<>();
        for (int i = 0; i < recipes.size(); i++) {
            series.add(series(recipes.get(i).schedule(), last.getAsLong(), labels.get(i), i));
        }
        boolean isFlat = series.stream().allMatch(s -> isFlat(s.y()));
        return isFlat ? Optional.empty() : Optional.of(new Chart("learning rate over the run", false, series));
    }

    private static Chart.Series series(Schedule schedule, long last, String label, int place) {
        long end = Math.min(last, schedule.horizon().orElse(last));
        int points = (int) Math.min(POINTS, end);
        Formula<double[]> rate = schedule.rate(new DoubleAlgebra(false));
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            x[i] = Math.rint((end - 1.0) * i / Math.max(1, points - 1));
            y[i] = at(rate, x[i]);
        }
        return new Chart.Series(label, place, x, y);
    }

    /** What has no value interrupts a curve. */
    private static double at(Formula<double[]> rate, double update) {
        try {
            return rate.at(new double[] {update})[0];
        } catch (ArithmeticException e) {
            return Double.NaN;
        }
    }

    private static boolean isFlat(double[] rates) {
        for (double rate : rates) {
            if (rate != rates[0]) {
                return false;
            }
        }
        return true;
    }
}
