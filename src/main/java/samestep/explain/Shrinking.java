package samestep.explain;

import java.math.BigDecimal;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.trainer.SingleWeight;

/**
 * What the first update does to a weight that has no gradient, found by running it: there only decay is left.
 *
 * @param ofOne what becomes of a weight of 1
 * @param ofTwo what becomes of a weight of 2
 * @param defined whether there is a value at all, and no division by zero
 */
public record Shrinking(BigDecimal ofOne, BigDecimal ofTwo, boolean defined) {
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal NOTHING = new BigDecimal("1e-60");
    private static final int DIGITS = 12;

    /** Runs the update. */
    static Shrinking of(Recipe recipe, Parameter parameter) {
        try {
            return new Shrinking(after(BigDecimal.ONE, recipe, parameter), after(TWO, recipe, parameter), true);
        } catch (ArithmeticException e) {
            return new Shrinking(BigDecimal.ZERO, BigDecimal.ZERO, false);
        }
    }

    private static BigDecimal after(BigDecimal weight, Recipe recipe, Parameter parameter) {
        BigDecimal[] initial = {weight};
        BigDecimal[] none = {BigDecimal.ZERO};
        return SingleWeight.after(1, recipe, parameter, new DecimalAlgebra(Exact.DIGITS), initial, none)[0];
    }

    /** Whether it is a factor, the same for every weight. */
    public boolean isFactor() {
        return defined && ofTwo.subtract(ofOne.multiply(TWO)).abs().compareTo(NOTHING) < 0;
    }

    /** In words. */
    public String words() {
        if (!defined) {
            return "without a gradient the first update divides by zero";
        }
        if (ofOne.compareTo(BigDecimal.ONE) == 0 && ofTwo.compareTo(TWO) == 0) {
            return "without a gradient the first update leaves w as it is";
        }
        if (isFactor()) {
            return "without a gradient the first update multiplies w by " + rounded(ofOne);
        }
        return "without a gradient the first update makes " + rounded(ofOne) + " of 1 and " + rounded(ofTwo)
                + " of 2: no factor";
    }

    private static String rounded(BigDecimal value) {
        return Numbers.rounded(value.doubleValue(), DIGITS);
    }
}
