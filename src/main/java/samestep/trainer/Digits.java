package samestep.trainer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * Handwritten digits, a small real data set (digits.txt beside it says whose, and under which licence), and a perceptron of
 * 64, 32 tanh and 10 units to be trained on it. A seed decides which images are held out, the order of the others, and the
 * weights before the first update.
 */
public final class Digits {
    /** Pixels of an image. */
    public static final int INPUTS = 64;
    /** Units of the hidden layer. */
    public static final int HIDDEN = 32;
    /** Classes. */
    public static final int OUTPUTS = 10;
    /** Images in a batch. */
    public static final int BATCH = 32;
    /** Images that are trained on; the others are held out. */
    public static final int TRAINED = 1440;

    private static final double BRIGHTEST = 16;

    private final double[][] images;
    private final int[] labels;

    private Digits(double[][] images, int[] labels) {
        this.images = images;
        this.labels = labels;
    }

    /** Reads the data. */
    public static Digits load() {
        try (InputStream packed = Digits.class.getResourceAsStream("digits.gz")) {
            if (packed == null) {
                throw new IllegalStateException("digits.gz is not in the jar");
            }
            byte[] bytes = new GZIPInputStream(packed).readAllBytes();
            int count = bytes.length / (INPUTS + 1);
            double[][] images = new double[count][INPUTS];
            int[] labels = new int[count];
            for (int image = 0; image < count; image++) {
                int at = image * (INPUTS + 1);
                labels[image] = bytes[at];
                for (int i = 0; i < INPUTS; i++) {
                    images[image][i] = bytes[at + 1 + i] / BRIGHTEST;
                }
            }
            return new Digits(images, labels);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many images there are. */
    public int size() {
        return images.length;
    }

    /** The problem of a seed. Weights begin uniformly between the roots of 6 / (inputs + outputs), biases at 0 (Glorot). */
    public Problem problem(long seed) {
        Random random = new Random(seed);
        int[] order = new int[images.length];
        for (int i = 0; i < order.length; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        List<double[]> initial = new ArrayList<>();
        initial.add(uniform(random, INPUTS, HIDDEN));
        initial.add(new double[HIDDEN]);
        initial.add(uniform(random, HIDDEN, OUTPUTS));
        initial.add(new double[OUTPUTS]);
        MultilayerProblem.HeldOut heldOut = new MultilayerProblem.HeldOut(
                images(order, TRAINED, order.length), labels(order, TRAINED, order.length));
        return new MultilayerProblem(
                images(order, 0, TRAINED), labels(order, 0, TRAINED), BATCH, initial, HIDDEN, OUTPUTS, heldOut);
    }

    private static double[] uniform(Random random, int inputs, int outputs) {
        double limit = Math.sqrt(6.0 / (inputs + outputs));
        double[] weights = new double[inputs * outputs];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = limit * (2 * random.nextDouble() - 1);
        }
        return weights;
    }

    private double[][] images(int[] order, int from, int to) {
        double[][] some = new double[to - from][];
        for (int i = from; i < to; i++) {
            some[i - from] = images[order[i]];
        }
        return some;
    }

    private int[] labels(int[] order, int from, int to) {
        int[] some = new int[to - from];
        for (int i = from; i < to; i++) {
            some[i - from] = labels[order[i]];
        }
        return some;
    }
}
