package samestep.compare.measure;

import java.util.List;
import java.util.Optional;

/**
 * What several recipes did to the same net, on the same data, from the same weights. Measured: nothing here is a bound.
 *
 * @param problem what was trained, in words
 * @param seeds how many runs each had, from other weights and on other data
 * @param runs one for each recipe; the first is what the others are compared with
 */
public record Measurement(String problem, int seeds, List<Run> runs) {
    /** Copies the runs. */
    public Measurement {
        runs = List.copyOf(runs);
    }

    /**
     * What one recipe did.
     *
     * @param name what it is called
     * @param points the course of its runs
     * @param loss the mean loss of the last tenth of a run's batches, without penalties
     * @param accuracy of samples that were held out, where there are some
     * @param better by how much that accuracy is better than the first recipe's, seed by seed
     */
    public record Run(
            String name, List<Point> points, Spread loss, Optional<Spread> accuracy, Optional<Spread> better) {
        /** Copies the points. */
        public Run {
            points = List.copyOf(points);
        }

        /** The largest difference of any weight from the first recipe's, at any point. */
        public double largestDrift() {
            return points.stream().mapToDouble(Point::drift).reduce(0, Measurement::worse);
        }

        /** The point after so many updates. */
        public Optional<Point> after(int update) {
            return points.stream().filter(p -> p.update() == update).findFirst();
        }
    }

    /** The larger; no number is worst. */
    static double worse(double a, double b) {
        return Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : Math.max(a, b);
    }

    /**
     * After so many updates.
     *
     * @param drift the largest difference of any weight from the first recipe's, in any run
     * @param norm the square root of the sum of all squared weights, mean of the runs
     * @param loss mean of the batches since the point before, mean of the runs
     * @param rate the learning rate of the update
     */
    public record Point(int update, double drift, double norm, double loss, double rate) {}

    /**
     * A number in several runs.
     *
     * @param mean of them
     * @param deviation the sample's standard deviation; 0 of one run
     * @param runs how many
     */
    public record Spread(double mean, double deviation, int runs) {
        /** Of these. */
        static Spread of(List<Double> values) {
            double mean =
                    values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
            double squares =
                    values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
            int n = values.size();
            return new Spread(mean, n < 2 ? 0 : Math.sqrt(squares / (n - 1)), n);
        }

        /** The standard error of the mean. */
        public double error() {
            return deviation / Math.sqrt(runs);
        }
    }
}
