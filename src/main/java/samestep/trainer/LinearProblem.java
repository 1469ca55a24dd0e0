package samestep.trainer;

import java.util.List;
import samestep.equation.Shape;

/** Linear regression: half the sum of squared errors over the outputs, mean over the batch. */
record LinearProblem(double[][] x, double[][] target, int batchSize, List<double[]> initial) implements Problem {

    @Override
    public List<String> tensors() {
        return List.of("W1", "b1");
    }

    @Override
    public List<Shape> shapes() {
        return List.of(new Shape(x[0].length, outputs()), new Shape(1, outputs()));
    }

    @Override
    public int outputs() {
        return target[0].length;
    }

    @Override
    public double lossAndGradients(List<double[]> weights, int batch, double[][] gradients) {
        int outputs = outputs();
        int inputs = x[0].length;
        double[] kernel = weights.get(0);
        double[] bias = weights.get(1);
        double[] kernelGradient = new double[kernel.length];
        double[] biasGradient = new double[bias.length];
        int first = batch % (x.length / batchSize) * batchSize;
        double loss = 0;
        for (int row = first; row < first + batchSize; row++) {
            for (int o = 0; o < outputs; o++) {
                double y = bias[o];
                for (int i = 0; i < inputs; i++) {
                    y += x[row][i] * kernel[i * outputs + o];
                }
                double error = y - target[row][o];
                loss += error * error;
                biasGradient[o] += error / batchSize;
                for (int i = 0; i < inputs; i++) {
                    kernelGradient[i * outputs + o] += x[row][i] * error / batchSize;
                }
            }
        }
        gradients[0] = kernelGradient;
        gradients[1] = biasGradient;
        return loss / (2 * batchSize);
    }

    @Override
    public void addOutputPenalties(
            List<OutputPenalty> penalties, List<double[]> weights, int batch, double[][] gradients) {
        int first = batch % (x.length / batchSize) * batchSize;
        for (int row = first; row < first + batchSize; row++) {
            for (int o = 0; o < outputs(); o++) {
                double y = weights.get(1)[o];
                for (int i = 0; i < x[row].length; i++) {
                    y += x[row][i] * weights.get(0)[i * outputs() + o];
                }
                for (OutputPenalty penalty : penalties) {
                    double slope = penalty.slope(y, batchSize);
                    gradients[1][o] += slope;
                    for (int i = 0; i < x[row].length; i++) {
                        gradients[0][i * outputs() + o] += x[row][i] * slope;
                    }
                }
            }
        }
    }
}
