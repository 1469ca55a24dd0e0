package samestep.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import samestep.compare.bound.Denominator;
import samestep.compare.proof.GradientStream;
import samestep.compare.proof.Pair;
import samestep.equation.Branch;
import samestep.equation.Shape;
import samestep.equation.run.DecimalAlgebra;
import samestep.recipe.Parameter;
import samestep.trainer.Stepper;

/** Runs both sides of a pair on the same gradients, update by update, and looks at how far each moves. */
public final class SideBySide {
    private static final MathContext DIGITS = new MathContext(60);
    private static final Shape SHAPE = new Shape(2, 2);
    /** Entries of a gradient. */
    public static final int SIZE = SHAPE.size();

    private final Stepper<BigDecimal[]> left;
    private final Stepper<BigDecimal[]> right;
    private BigDecimal[] leftBefore;
    private BigDecimal[] rightBefore;
    private BigDecimal previous = BigDecimal.ONE;
    private int updates;

    /** From weights of one: at zero, an update that looks at its weights does not show what it does. */
    public SideBySide(Pair pair) {
        left = stepper(pair.source());
        right = stepper(pair.target());
        leftBefore = left.weights(0);
        rightBefore = right.weights(0);
    }

    private static Stepper<BigDecimal[]> stepper(Parameter parameter) {
        BigDecimal[] ones = new BigDecimal[SHAPE.size()];
        Arrays.fill(ones, BigDecimal.ONE);
        return new Stepper<>(
                List.of(new Stepper.Binding<>(parameter, SHAPE, ones)),
                new DecimalAlgebra(DIGITS),
                Branch.Observer.NONE,
                7,
                5);
    }

    /**
     * How far one entry moved on each side.
     *
     * @param source on the source's
     * @param target on the target's
     */
    public record Move(BigDecimal source, BigDecimal target) {
        /** How much the target's differs, relative to the source's; no number where the source does not move. */
        double relative() {
            return source.signum() == 0
                    ? (target.signum() == 0 ? 0 : Double.POSITIVE_INFINITY)
                    : target.subtract(source).abs().divide(source.abs(), DIGITS).doubleValue();
        }
    }

    /**
     * One update of both.
     *
     * @throws ArithmeticException where a side has no value
     */
    public List<Move> update(BigDecimal rate, BigDecimal[] gradient) {
        BigDecimal[] now = {rate};
        BigDecimal[] before = {updates == 0 ? rate : previous};
        Stepper.Rates<BigDecimal[]> rates = new Stepper.Rates<>(now, before, now, now);
        List<List<BigDecimal[]>> gradients = List.of(Collections.singletonList(gradient));
        left.update(updates, rates, gradients);
        right.update(updates, rates, gradients);
        updates++;
        previous = rate;
        BigDecimal[] leftNow = left.weights(0);
        BigDecimal[] rightNow = right.weights(0);
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < leftNow.length; i++) {
            moves.add(new Move(leftNow[i].subtract(leftBefore[i]), rightNow[i].subtract(rightBefore[i])));
        }
        leftBefore = leftNow;
        rightBefore = rightNow;
        return moves;
    }

    /** The gradient of a stream's update. */
    static BigDecimal[] gradient(GradientStream stream, Random random, int update) {
        return stream.gradient(random, update, SHAPE.size(), stream.exponent(random, update));
    }

    /**
     * The largest relative difference of any one update from equal state that a search finds, for sides whose state depends
     * on gradients alone; of optimizers whose quotient goes into a velocity, only first updates begin with equal state.
     *
     * @param pair optimizers alone
     * @param runs how many runs of each stream
     */
    public static double worst(Pair pair, int runs, long seed) {
        boolean firstOnly =
                pair.source().optimizer().map(Denominator::hasMomentum).orElse(false);
        Random random = new Random(seed);
        double worst = 0;
        for (int run = 0; run < runs; run++) {
            GradientStream stream = GradientStream.ALL.get(run % 2);
            SideBySide sides = new SideBySide(pair);
            for (int update = 0; update < (firstOnly ? 1 : stream.steps()); update++) {
                for (Move move : sides.update(BigDecimal.ONE, gradient(stream, random, update))) {
                    worst = Math.max(worst, move.relative());
                }
            }
        }
        return worst;
    }
}
