package samestep.trainer;

import java.util.List;
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
}
