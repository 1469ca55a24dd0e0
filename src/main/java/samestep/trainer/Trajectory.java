package samestep.trainer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did.
 *
 * @param snapshots the weights after some steps, by tensor name
 * @param losses the loss of the batch of each step, without penalties, before its update
 * @param learningRates the rate of each step, without multipliers
 */
public record Trajectory(List<Snapshot> snapshots, List<Double> losses, List<Double> learningRates) {

    /** The weights after so many steps. */
    public record Snapshot(int step, Map<String, double[]> weights) {}

    /** Copies the lists. */
    public Trajectory {
        snapshots = List.copyOf(snapshots);
        losses = List.copyOf(losses);
        learningRates = List.copyOf(learningRates);
    }

    /** The largest difference of any weight at any snapshot that both have; not a number if either has one. */
    public double largestDifference(Trajectory other) {
        double largest = 0;
        for (Snapshot mine : snapshots) {
            for (Snapshot theirs : other.snapshots) {
                if (mine.step() == theirs.step()) {
                    largest = worse(largest, difference(mine, theirs));
                }
            }
        }
        return largest;
    }

    private static double difference(Snapshot mine, Snapshot theirs) {
        double largest = 0;
        for (Map.Entry<String, double[]> entry : mine.weights().entrySet()) {
            double[] a = entry.getValue();
            double[] b = theirs.weights().getOrDefault(entry.getKey(), new double[0]);
            if (a.length != b.length) {
                throw new IllegalArgumentException("different problems: " + entry.getKey());
            }
            for (int i = 0; i < a.length; i++) {
                largest = worse(largest, Math.abs(a[i] - b[i]));
            }
        }
        return largest;
    }

    private static double worse(double a, double b) {
        return Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : Math.max(a, b);
    }

    /** The weights after so many steps, tensor by tensor; empty if they were not kept. */
    public Optional<List<double[]>> weightsAfter(int step) {
        return snapshots.stream()
                .filter(s -> s.step() == step)
                .findFirst()
                .map(s -> List.copyOf(s.weights().values()));
    }
}
