package samestep.compare.proof;

import java.util.ArrayList;
import java.util.List;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.recipe.Numbers;
import samestep.recipe.Quantity;

/**
 * What single precision makes of a number x, or of 1 - x, which decay rates of averages occur as.
 *
 * @param words which number
 * @param relative by how much it is off, relative to itself
 */
public record Rounded(String words, double relative) {
    /** Of a number that is not rounded, nothing. */
    public static List<Rounded> of(String name, Quantity quantity) {
        List<Rounded> rounded = new ArrayList<>();
        double ideal = quantity.doubleValue();
        double kept = Formula.compile(quantity.value(), new DoubleAlgebra(true)).at(new double[] {0})[0];
        if (kept == ideal || ideal == 0 || !Double.isFinite(kept)) {
            return rounded;
        }
        String words = name.replace('_', ' ');
        rounded.add(new Rounded(words + " " + Numbers.rounded(ideal, 6), Math.abs(kept / ideal - 1)));
        boolean averages = name.startsWith("beta") || name.startsWith("rho");
        if (averages && ideal != 1) {
            rounded.add(new Rounded(
                    "1 - " + words + " " + Numbers.rounded(1 - ideal, 6), Math.abs((kept - ideal) / (1 - ideal))));
        }
        return rounded;
    }
}
