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
        Products.affine(input, 0, input.length, weights.get(0), weights.get(1), activation, 0);
        for (int h = 0; h < activation.length; h++) {
            activation[h] = Math.tanh(activation[h]);
        }
        Products.affine(activation, 0, activation.length, weights.get(2), weights.get(3), output, 0);
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
        Rows rows = new Rows(batch, weights);
        double loss = 0;
        for (int row = 0; row < batchSize; row++) {
            loss += softmaxError(rows.output, row * outputs, labels[rows.first + row]);
        }
        gradients[0] = new double[x[0].length * hidden];
        gradients[1] = new double[hidden];
        gradients[2] = new double[hidden * outputs];
        gradients[3] = new double[outputs];
        rows.backward(weights.get(2), new double[batchSize * hidden], gradients);
        return loss / batchSize;
    }

    /** Turns a sample's outputs into their gradient, over the batch size, and gives the loss of the sample. */
    private double softmaxError(double[] output, int at, int label) {
        double largest = output[at];
        for (int o = at; o < at + outputs; o++) {
            largest = Math.max(largest, output[o]);
        }
        double shifted = output[at + label] - largest;
        double sum = 0;
        for (int o = at; o < at + outputs; o++) {
            output[o] = Math.exp(output[o] - largest);
            sum += output[o];
        }
        for (int o = at; o < at + outputs; o++) {
            output[o] = (output[o] / sum - (o == at + label ? 1 : 0)) / batchSize;
        }
        return Math.log(sum) - shifted;
    }

    @Override
    public void addOutputPenalties(
            List<OutputPenalty> penalties, List<double[]> weights, int batch, double[][] gradients) {
        Rows rows = new Rows(batch, weights);
        double[] above = slopes(penalties, 1, rows.output);
        double[] below = slopes(penalties, 0, rows.activation);
        System.arraycopy(above, 0, rows.output, 0, above.length);
        rows.backward(weights.get(2), below, gradients);
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

    /** A batch: what each sample's units put out, one sample after the other. */
    private final class Rows {
        private final int first;
        private final double[] input;
        private final double[] activation = new double[batchSize * hidden];
        private final double[] output = new double[batchSize * outputs];

        Rows(int batch, List<double[]> weights) {
            int inputs = x[0].length;
            first = batch % (x.length / batchSize) * batchSize;
            input = new double[batchSize * inputs];
            for (int row = 0; row < batchSize; row++) {
                System.arraycopy(x[first + row], 0, input, row * inputs, inputs);
                Products.affine(input, row * inputs, inputs, weights.get(0), weights.get(1), activation, row * hidden);
            }
            for (int i = 0; i < activation.length; i++) {
                activation[i] = Math.tanh(activation[i]);
            }
            for (int row = 0; row < batchSize; row++) {
                Products.affine(
                        activation, row * hidden, hidden, weights.get(2), weights.get(3), output, row * outputs);
            }
        }

        /**
         * Adds to the gradients; {@code output} now holds the derivative with respect to each output.
         *
         * @param below what is added to the derivative with respect to each activation; changed
         */
        void backward(double[] kernel, double[] below, double[][] gradients) {
            for (int row = 0; row < batchSize; row++) {
                for (int h = 0; h < hidden; h++) {
                    int unit = row * hidden + h;
                    double back = below[unit];
                    for (int o = 0; o < outputs; o++) {
                        back += kernel[h * outputs + o] * output[row * outputs + o];
                    }
                    below[unit] = back * (1 - activation[unit] * activation[unit]);
                }
            }
            Products.outer(input, below, batchSize, gradients[0]);
            Products.sum(below, gradients[1]);
            Products.outer(activation, output, batchSize, gradients[2]);
            Products.sum(output, gradients[3]);
        }
    }
}
