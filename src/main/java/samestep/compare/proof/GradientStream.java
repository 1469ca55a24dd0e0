package samestep.compare.proof;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Gradients and rates that are made to find a difference: free values, of all scales, with rates that change at every
 * step. The same stream is given to both sides.
 *
 * @param name what is special about it, as a condition
 * @param directed whether it is one of the sets that random values never hit, such as zeros
 * @param steps how many updates
 * @param smallest decimal exponent of the smallest gradients
 * @param largest decimal exponent of the largest gradients
 * @param silence how many updates have gradients of zero at the start
 * @param sparsity which share of the gradients is zero after that
 * @param atZero whether the weights start at zero
 * @param constantRate whether the rate stays the same
 * @param rate which one it then is; empty for any
 */
public record GradientStream(
        String name,
        boolean directed,
        int steps,
        int smallest,
        int largest,
        int silence,
        double sparsity,
        boolean atZero,
        boolean constantRate,
        Optional<BigDecimal> rate) {
    private static final int MANTISSA_DIGITS = 18;
    private static final long MANTISSAS = 1_000_000_000_000_000_000L;

    /** A stream of no rate in particular. */
    public GradientStream(
            String name,
            boolean directed,
            int steps,
            int smallest,
            int largest,
            int silence,
            double sparsity,
            boolean atZero,
            boolean constantRate) {
        this(name, directed, steps, smallest, largest, silence, sparsity, atZero, constantRate, Optional.empty());
    }

    /** The streams of a proof. Together they reach both sides of every branch that a recorded optimizer has. */
    public static final List<GradientStream> ALL = List.of(
            new GradientStream("gradients of all scales", false, 14, -12, 6, 0, 0, false, false),
            new GradientStream("ordinary gradients", false, 14, -1, 1, 0, 0, false, false),
            new GradientStream("the first gradients are zero", true, 8, -2, 2, 3, 0, false, false),
            new GradientStream("gradients are sparse and weights start at zero", true, 8, -2, 2, 0, 0.5, true, false),
            new GradientStream("all gradients are zero", true, 4, 0, 0, 4, 0, false, false));

    /** Gradients at which a branch of one side changes, and no branch of the other; see {@link Jumps}. */
    static final GradientStream NEAR_A_JUMP =
            new GradientStream("gradients at which a branch changes", false, 3, -1, 0, 0, 0, false, false);

    /** The same gradients under a constant rate. */
    public GradientStream withConstantRate() {
        return new GradientStream(name, directed, steps, smallest, largest, silence, sparsity, atZero, true);
    }

    /** The same gradients under one rate. */
    public GradientStream withRate(BigDecimal constant) {
        return new GradientStream(
                name, directed, steps, smallest, largest, silence, sparsity, atZero, true, Optional.of(constant));
    }

    /** The rate of each update; now and then zero. */
    BigDecimal[] rates(Random random) {
        BigDecimal[] rates = new BigDecimal[steps];
        if (rate.isPresent()) {
            Arrays.fill(rates, rate.get());
            return rates;
        }
        for (int i = 0; i < steps; i++) {
            rates[i] = constantRate && i > 0
                    ? rates[0]
                    : !constantRate && random.nextInt(7) == 0
                            ? BigDecimal.ZERO
                            : scaled(random, -3, 0).abs();
        }
        return rates;
    }

    /** The gradient of a tensor at an update. */
    public BigDecimal[] gradient(Random random, int step, int size, int exponent) {
        BigDecimal[] gradient = new BigDecimal[size];
        for (int i = 0; i < size; i++) {
            boolean zero = step < silence || random.nextDouble() < sparsity;
            gradient[i] = zero ? BigDecimal.ZERO : scaled(random, exponent, exponent);
        }
        return gradient;
    }

    /** The decimal exponent of an update's gradients; the extremes come first, so that they surely come. */
    public int exponent(Random random, int step) {
        if (step < 2 && silence == 0) {
            return step == 0 ? largest : smallest;
        }
        return smallest + random.nextInt(largest - smallest + 1);
    }

    /** The weights at the start. */
    BigDecimal[] initial(Random random, int size) {
        BigDecimal[] weights = new BigDecimal[size];
        for (int i = 0; i < size; i++) {
            weights[i] = atZero ? BigDecimal.ZERO : scaled(random, -1, 0);
        }
        return weights;
    }

    private static BigDecimal scaled(Random random, int smallest, int largest) {
        int exponent = smallest + random.nextInt(largest - smallest + 1);
        long mantissa = random.nextLong() % MANTISSAS;
        return BigDecimal.valueOf(mantissa, MANTISSA_DIGITS - exponent);
    }
}
