package samestep.compare.induction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the states of both sides were after the first updates of several runs, and the relation between them that this
 * suggests. A suggestion is enough: the induction holds it against one update from any states.
 */
final class Observations {
    /** Updates of a run. */
    static final int UPDATES = 3;

    /** The learning rate is a factor no more often. */
    static final int MOST_EXPONENT = 2;

    private static final int[] EXPONENTS = {0, 1, -1, 2, -2};

    private final PrimeField field;
    private final List<Run> runs = new ArrayList<>();

    /** For each update its rate, and the values of all states of both sides after it. */
    record Run(List<Long> rates, List<List<long[]>> left, List<List<long[]>> right) {}

    Observations(PrimeField field) {
        this.field = field;
    }

    void add(Run run) {
        runs.add(run);
    }

    /** The states of the left side: powers of the number of updates, or free. */
    List<Relation> left(Side side) {
        List<Relation> relations = new ArrayList<>();
        for (int i = 0; i < side.states().size(); i++) {
            int state = i;
            List<List<long[]>> values =
                    runs.stream().map(run -> of(run.left, state)).toList();
            relations.add(power(values).map(Relation.class::cast).orElseGet(Relation.Free::new));
        }
        return relations;
    }

    /** The states of the right side: powers, or multiples of the left side's, or free where nothing comes of them. */
    List<Relation> right(Side left, Side right) {
        List<Relation> relations = new ArrayList<>();
        for (int i = 0; i < right.states().size(); i++) {
            int state = i;
            List<List<long[]>> values =
                    runs.stream().map(run -> of(run.right, state)).toList();
            relations.add(power(values)
                    .map(Relation.class::cast)
                    .or(() -> multiple(left, right, state, values))
                    .orElseGet(Relation.Free::new));
        }
        return relations;
    }

    private static List<long[]> of(List<List<long[]>> updates, int state) {
        return updates.stream().map(values -> values.get(state)).toList();
    }

    /** A state that has the same value in all runs, whatever their gradients, and the same factor in each update. */
    private Optional<Relation.Power> power(List<List<long[]>> runs) {
        List<long[]> first = runs.get(0);
        long value = first.get(0)[0];
        for (List<long[]> run : runs) {
            for (int u = 0; u < UPDATES; u++) {
                long expected = first.get(u)[0];
                if (Arrays.stream(run.get(u)).anyMatch(v -> v != expected)) {
                    return Optional.empty();
                }
            }
        }
        if (value == 0) {
            boolean stays = first.stream().allMatch(v -> v[0] == 0);
            return stays ? Optional.of(new Relation.Power(0, 1)) : Optional.empty();
        }
        long base = field.divide(first.get(1)[0], value);
        boolean keeps = base != 0 && field.multiply(first.get(1)[0], base) == first.get(2)[0];
        return keeps ? Optional.of(new Relation.Power(field.divide(value, base), base)) : Optional.empty();
    }

    private Optional<Relation> multiple(Side left, Side right, int state, List<List<long[]>> values) {
        for (int i = 0; i < left.states().size(); i++) {
            boolean samePlace =
                    left.states().get(i).tensor() == right.states().get(state).tensor();
            for (int exponent : samePlace ? EXPONENTS : new int[0]) {
                Optional<Long> factor = factor(i, exponent, left.rateMultiplier(i), values);
                if (factor.isPresent()) {
                    return Optional.of(new Relation.Multiple(i, factor.get(), exponent));
                }
            }
        }
        return Optional.empty();
    }

    /** The constant that a state is of another times a power of the rate, in all entries, updates and runs. */
    private Optional<Long> factor(int leftState, int exponent, long multiplier, List<List<long[]>> values) {
        Optional<Long> factor = Optional.empty();
        for (int r = 0; r < runs.size(); r++) {
            for (int u = 0; u < UPDATES; u++) {
                long[] theirs = runs.get(r).left.get(u).get(leftState);
                long[] ours = values.get(r).get(u);
                long rate = field.multiply(runs.get(r).rates.get(u), multiplier);
                if (rate == 0 && exponent > 0) {
                    // Of nothing, whatever the factor is.
                    return Optional.empty();
                }
                for (int e = 0; e < ours.length; e++) {
                    if (theirs.length != ours.length || theirs[e] == 0) {
                        return Optional.empty();
                    }
                    long here = field.divide(ours[e], field.multiply(theirs[e], rate(field, rate, exponent)));
                    if (factor.isPresent() && factor.get() != here) {
                        return Optional.empty();
                    }
                    factor = Optional.of(here);
                }
            }
        }
        return factor;
    }

    /** The rate to a small power; nothing is proven by a relation that has no value at a rate of zero. */
    static long rate(PrimeField field, long rate, int exponent) {
        if (rate == 0 && exponent < 0) {
            throw new Unprovable("division by a rate of zero");
        }
        long power = field.raise(rate, Math.abs(exponent));
        return exponent < 0 ? field.divide(1, power) : power;
    }
}
