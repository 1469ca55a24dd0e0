package samestep.trainer;

import java.util.List;
import java.util.OptionalDouble;
import samestep.equation.Shape;

/** A perceptron with one hidden layer of tanh units and softmax cross-entropy, mean over the batch. */
record MultilayerProblem(
        double[][] x, int[] labels, int batchSize, List<double[]> initial, int hidden, int outputs, HeldOut heldOut)
        implements Problem {

    /** Samples that are not trained on, and their labels; may be none. */
    record HeldOut(double[][] x, int[] labels) {
        static final HeldOut NONE = new HeldOut(new double[0][], new int[0]);
    }

    @Override
    public OptionalDouble accuracy(List<double[]> weights) {
        if (heldOut.x.length == 0) {
            return OptionalDouble.empty();
        }
        double[] activation = new double[hidden];
        double[] output = new double[outputs];
        int right = 0;
        for (int row = 0; row < heldOut.x.length; row++) {
            forward(heldOut.x[row], weights, activation, output);
            int best = 0;
            for (int o = 1; o < outputs; o++) {
                best = output[o] > output[best] ? o : best;
            }
            right += best == heldOut.labels[row] ? 1 : 0;
        }
        return OptionalDouble.of((double) right / heldOut.x.length);
    }

    private static void forward(double[] input, List<double[]> weights, double[] activation, double[] output) {
        affine(input, weights.get(0), weights.get(1), activation);
        for (int h = 0; h < activation.length; h++) {
            activation[h] = Math.tanh(activation[h]);
        }
        affine(activation, weights.get(2), weights.get(3), output);
    }

    @Override
    public List<String> tensors() {
        return List.of("W1", "b1", "W2", "b2");
    }

    @Override
    public List<Shape> shapes() {
        return List.of(
                new Shape(x[0].length, hidden),
                new Shape(1, hidden),
                new Shape(hidden, outputs),
                new Shape(1, outputs));
    }

    @Override
    public double lossAndGradients(List<double[]> weights, int batch, double[][] gradients) {
        double[] activation = new double[hidden];
        double[] output = new double[outputs];
        double[] none = new double[hidden];
        for (int i = 0; i < 4; i++) {
            gradients[i] = new double[weights.get(i).length];
        }
        int first = batch % (x.length / batchSize) * batchSize;
        double loss = 0;
        for (int row = first; row < first + batchSize; row++) {
            forward(x[row], weights, activation, output);
            loss += softmaxError(output, labels[row]);
            backward(x[row], activation, output, none, weights.get(2), gradients);
        }
        return loss / batchSize;
    }

    private static void affine(double[] input, double[] kernel, double[] bias, double[] into) {
        System.arraycopy(bias, 0, into, 0, into.length);
        for (int i = 0; i < input.length; i++) {
            double value = input[i];
            int at = i * into.length;
            for (int o = 0; o < into.length; o++) {
                into[o] += value * kernel[at + o];
            }
        }
    }

    /** Turns outputs into their gradient, over the batch size, and gives the loss of the sample. */
    private double softmaxError(double[] output, int label) {
        double largest = output[0];
        for (double value : output) {
            largest = Math.max(largest, value);
        }
        double shifted = output[label] - largest;
        double sum = 0;
        for (int o = 0; o < output.length; o++) {
            output[o] = Math.exp(output[o] - largest);
            sum += output[o];
        }
        for (int o = 0; o < output.length; o++) {
            output[o] = (output[o] / sum - (o == label ? 1 : 0)) / batchSize;
        }
        return Math.log(sum) - shifted;
    }

    @Override
    public void addOutputPenalties(
            List<OutputPenalty> penalties, List<double[]> weights, int batch, double[][] gradients) {
        double[] activation = new double[hidden];
        double[] output = new double[outputs];
        int first = batch % (x.length / batchSize) * batchSize;
        for (int row = first; row < first + batchSize; row++) {
            forward(x[row], weights, activation, output);
            double[] above = slopes(penalties, 1, output);
            double[] below = slopes(penalties, 0, activation);
            backward(x[row], activation, above, below, weights.get(2), gradients);
        }
    }

    private double[] slopes(List<OutputPenalty> penalties, int layer, double[] output) {
        double[] slopes = new double[output.length];
        for (OutputPenalty penalty : penalties) {
            for (int i = 0; i < output.length && penalty.layer() == layer; i++) {
                slopes[i] += penalty.slope(output[i], batchSize);
            }
        }
        return slopes;
    }

    /**
     * Adds the gradients of one sample.
     *
     * @param error the derivative with respect to each output
     * @param below what is added to the derivative with respect to each activation
     */
    private void backward(
            double[] input,
            double[] activation,
            double[] error,
            double[] below,
            double[] kernel,
            double[][] gradients) {
        for (int o = 0; o < outputs; o++) {
            gradients[3][o] += error[o];
        }
        for (int h = 0; h < hidden; h++) {
            double back = below[h];
            int at = h * outputs;
            for (int o = 0; o < outputs; o++) {
                gradients[2][at + o] += activation[h] * error[o];
                back += kernel[at + o] * error[o];
            }
            back *= 1 - activation[h] * activation[h];
            gradients[1][h] += back;
            for (int i = 0; i < input.length; i++) {
                gradients[0][i * hidden + h] += input[i] * back;
            }
        }
    }
}
