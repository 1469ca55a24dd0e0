package samestep.trainer;

import java.util.List;
import java.util.OptionalDouble;
import samestep.equation.Shape;

/**
 * A small training problem with gradients in closed form.
 *
 * <p>Tensors alternate: kernel and bias of the first layer, of the second, ... Kernels are [inputs][outputs], row by row.
 */
public interface Problem {
    /** The tensors' names, for example {@code W1, b1}. */
    List<String> tensors();

    /** The tensors' shapes. */
    List<Shape> shapes();

    /** The weights before the first update. */
    List<double[]> initial();

    /** Samples in a batch. */
    int batchSize();

    /** Outputs for a sample. */
    int outputs();

    /**
     * The loss of a batch and its gradient.
     *
     * @param weights a value for each tensor
     * @param batch number of the batch, from 0; they come round
     * @param gradients filled with the gradient for each tensor, as fresh arrays
     * @return the mean loss of the batch, without penalties
     */
    double lossAndGradients(List<double[]> weights, int batch, double[][] gradients);

    /**
     * A penalty on the outputs of a layer, after its activation: absolute values times {@code l1}, and half the squares
     * times {@code l2}, summed and divided by the batch's size.
     *
     * @param layer its number, from 0
     */
    record OutputPenalty(int layer, double l1, double l2) {
        /** The derivative with respect to an output. */
        double slope(double output, int batchSize) {
            return (l1 * Math.signum(output) + l2 * output) / batchSize;
        }
    }

    /** Adds the gradient of penalties on outputs, with the same weights and batch. */
    void addOutputPenalties(List<OutputPenalty> penalties, List<double[]> weights, int batch, double[][] gradients);

    /** The share of samples that were held out for which the largest output is the right one; empty where none were. */
    default OptionalDouble accuracy(List<double[]> weights) {
        return OptionalDouble.empty();
    }
}
