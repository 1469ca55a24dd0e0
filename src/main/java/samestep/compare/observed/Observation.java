package samestep.compare.observed;

import java.util.List;
import samestep.equation.Shape;
import samestep.recipe.ParameterName;

/**
 * What a real optimizer did.
 *
 * @param tensors the parameters, in order
 * @param streams what was fed to it, and what became of the weights, each from a new optimizer
 * @param unit the rounding of the number format it computed in, relative to a number: 2^-53 of a double
 * @param limit so many units of difference are rounding
 * @param powers the largest relative error of the powers of a number that it computed; 0 where they are as exact as ours
 * @param shipped whether a recipe rounds its numbers where its framework does
 */
public record Observation(
        List<Tensor> tensors, List<Stream> streams, double unit, double limit, double powers, boolean shipped) {
    /** Copies the lists. */
    public Observation {
        tensors = List.copyOf(tensors);
        streams = List.copyOf(streams);
    }

    /** A parameter that was trained, or not: a small twin of the real one. */
    public record Tensor(String title, ParameterName name, Shape shape) {}

    /**
     * Gradients, and weights.
     *
     * @param name what the gradients are like
     * @param initial the weights before, for each tensor
     * @param gradients for each update, each micro-step and each tensor
     * @param weights the weights after each update, for each tensor
     * @param scheduleFrom which update the schedule takes the first one for, from 0
     * @param updatesFrom which update the optimizer takes it for
     */
    public record Stream(
            String name,
            int scheduleFrom,
            int updatesFrom,
            List<double[]> initial,
            List<List<List<double[]>>> gradients,
            List<List<double[]>> weights) {
        /** Copies the lists. */
        public Stream {
            initial = List.copyOf(initial);
            gradients = List.copyOf(gradients);
            weights = List.copyOf(weights);
        }

        /** Micro-steps in an update. */
        int microSteps() {
            return gradients.isEmpty() ? 1 : gradients.get(0).size();
        }
    }

    /** Micro-steps in an update. */
    int microSteps() {
        return streams.isEmpty() ? 1 : streams.get(0).microSteps();
    }
}
