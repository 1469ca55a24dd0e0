package samestep.compare.proof;

import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.recipe.Schedule;

/** The rates of a run, all of them. */
public final class Rates {
    private static final int CHUNK = 1 << 15;

    private Rates() {}

    /** The rate of each update from the first, in doubles, of the decimals as they are written. */
    public static double[] of(Schedule schedule, int updates) {
        Formula<double[]> rate = schedule.rate(new DoubleAlgebra(false));
        double[] rates = new double[updates];
        for (int start = 0; start < updates; start += CHUNK) {
            double[] t = new double[Math.min(CHUNK, updates - start)];
            for (int i = 0; i < t.length; i++) {
                t[i] = start + i;
            }
            double[] some = rate.at(t);
            for (int i = 0; i < t.length; i++) {
                rates[start + i] = some.length == 1 ? some[0] : some[i];
            }
        }
        return rates;
    }
}
