package samestep.compare.observed;

import java.util.ArrayList;
import java.util.List;

/**
 * How far weights may be from those expected because the framework's powers are not correctly rounded. An update that subtracts
 * powers from each other, as rectified Adam does, makes their last digits large. This is measured: the updates are run again with
 * every power off by the framework's error, and what each update adds to the difference is summed up.
 *
 * @param differences after each update, for each tensor and entry
 */
record PowerError(List<List<double[]>> differences) {
    /** Powers are as exact as ours. */
    static final PowerError NONE = new PowerError(List.of());

    /** What is more is not rounding, whatever it comes from: the rounding of single precision, relative to a number. */
    private static final double MOST = 0x1p-23;

    /**
     * The larger of the differences that some runs make.
     *
     * @param weights those expected
     * @param others those of runs whose powers are off
     */
    static PowerError of(List<List<double[]>> weights, List<List<List<double[]>>> others) {
        List<List<double[]>> differences = new ArrayList<>();
        for (int t = 0; t < weights.size(); t++) {
            List<double[]> tensors = new ArrayList<>();
            for (int i = 0; i < weights.get(t).size(); i++) {
                double[] most = new double[weights.get(t).get(i).length];
                for (List<List<double[]>> other : others) {
                    for (int j = 0; j < most.length; j++) {
                        most[j] = Math.max(most[j], Math.abs(added(weights, other, t, i, j)));
                    }
                }
                for (int j = 0; j < most.length && t > 0; j++) {
                    most[j] += differences.get(t - 1).get(i)[j];
                }
                tensors.add(most);
            }
            differences.add(tensors);
        }
        return new PowerError(differences);
    }

    /** What an update adds to the difference; NaN where a weight is NaN or infinite. */
    private static double added(List<List<double[]>> weights, List<List<double[]>> other, int t, int i, int j) {
        double now = other.get(t).get(i)[j] - weights.get(t).get(i)[j];
        return t == 0
                ? now
                : now - (other.get(t - 1).get(i)[j] - weights.get(t - 1).get(i)[j]);
    }

    /** The difference that is allowed to a weight, relative to a number of its scale; 0 where it is too much, or no number. */
    double at(int update, int tensor, int entry, double scale) {
        if (differences.isEmpty() || !(scale > 0)) {
            return 0;
        }
        double difference = differences.get(update).get(tensor)[entry] / scale;
        return difference <= MOST ? difference : 0;
    }
}
