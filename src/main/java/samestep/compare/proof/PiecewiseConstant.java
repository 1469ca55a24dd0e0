package samestep.compare.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.recipe.Schedule;

/**
 * A learning rate in constant pieces, for a framework that has no other: the pieces and values with the least largest
 * difference, relative to the larger of the two, at any update. Derivation: docs/approximations.md.
 *
 * @param starts the first update of each piece
 * @param values the rate of each
 * @param largest the largest relative difference at any update
 */
public record PiecewiseConstant(List<Integer> starts, List<Double> values, double largest) {
    /** Longer runs are not looked at. */
    public static final int MOST_UPDATES = 1_000_000;

    private static final int HALVINGS = 50;

    /** Copies the lists. */
    public PiecewiseConstant {
        starts = List.copyOf(starts);
        values = List.copyOf(values);
    }

    /**
     * The best with so many pieces, or fewer where they are as good.
     *
     * @param updates of the run, up to {@link #MOST_UPDATES}
     * @return empty where a rate is negative or no number, or where there are more stretches of zeros than pieces
     */
    public static Optional<PiecewiseConstant> of(Schedule schedule, int updates, int pieces) {
        double[] rates = Rates.of(schedule, updates);
        for (double rate : rates) {
            if (!(rate >= 0) || Double.isInfinite(rate)) {
                return Optional.empty();
            }
        }
        double low = 0;
        double high = 1;
        Optional<PiecewiseConstant> best = Optional.empty();
        for (int i = 0; i <= HALVINGS; i++) {
            double allowed = i == 0 ? 0 : (low + high) / 2;
            PiecewiseConstant tried = within(rates, allowed);
            if (tried.starts.size() <= pieces) {
                best = Optional.of(tried);
                high = allowed;
            } else {
                low = allowed;
            }
        }
        return best;
    }

    /** A piece continues as long as its rates allow: no other choice needs fewer pieces. */
    private static PiecewiseConstant within(double[] rates, double allowed) {
        double ratio = (1 - allowed) * (1 - allowed);
        List<Integer> starts = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        double largest = 0;
        int start = 0;
        while (start < rates.length) {
            double least = rates[start];
            double most = rates[start];
            int end = start + 1;
            while (end < rates.length
                    && Math.min(least, rates[end]) >= ratio * Math.max(most, rates[end])
                    && (rates[end] == 0) == (most == 0)) {
                least = Math.min(least, rates[end]);
                most = Math.max(most, rates[end]);
                end++;
            }
            starts.add(start);
            values.add(least == most ? least : Math.sqrt(least) * Math.sqrt(most));
            largest = Math.max(largest, least == most ? 0 : 1 - Math.sqrt(least / most));
            start = end;
        }
        return new PiecewiseConstant(starts, values, largest);
    }
}
