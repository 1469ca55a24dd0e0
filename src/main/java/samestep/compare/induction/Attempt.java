package samestep.compare.induction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The induction modulo one prime. */
final class Attempt {
    private static final int RUNS = 3;
    /** Half of all residues have a root: of ten roots all exist at one point of a thousand. */
    private static final int MOST_DRAWS = 5_000;

    private static final int FEWEST_POINTS = 12;
    private static final int MOST_POINTS = 600;
    private static final int POINTS_OF_ZEROS = 4;
    private static final int POINTS_OF_SIMPLE = 2;
    private static final int FEW_ROOTS = 5;
    private static final int VERY_FEW_ROOTS = 3;

    private final ResidueAlgebra algebra;
    private final boolean confirms;
    private final Machine machine;
    private final Side left;
    private final Side right;
    private List<Relation> leftRelations = List.of();
    private List<Relation> rightRelations = List.of();

    /**
     * Prepares both sides.
     *
     * @param confirms whether it succeeded modulo another prime, so that fewer points do
     */
    Attempt(ResidueAlgebra algebra, Question question, boolean confirms) {
        this.algebra = algebra;
        this.confirms = confirms;
        this.machine = new Machine(algebra, question, MOST_DRAWS);
        this.left = machine.left();
        this.right = machine.right();
    }

    /** Whether the first update, one from arbitrary states, and those at zeros all agree. */
    boolean succeeds() {
        Optional<Observations> observed = observations();
        if (observed.isEmpty()) {
            return false;
        }
        leftRelations = observed.get().left(left);
        rightRelations = observed.get().right(left, right);
        machine.relate(leftRelations, rightRelations);
        return atRandomPoints() && (isPolynomial() || atZeros());
    }

    /** Whether both updates are polynomials, which are equal at zeros if they are the same. */
    private boolean isPolynomial() {
        return algebra.isPolynomial()
                && leftRelations.stream().noneMatch(Attempt::divides)
                && rightRelations.stream().noneMatch(Attempt::divides);
    }

    private static boolean divides(Relation relation) {
        return relation instanceof Relation.Multiple multiple && multiple.rateExponent() < 0;
    }

    /** The first updates of a few runs; empty if the very first gives other weights. */
    private Optional<Observations> observations() {
        Observations observations = new Observations(algebra.field());
        for (int run = 0; run < RUNS; run++) {
            Optional<Observations.Run> observed = observe();
            if (observed.isEmpty()) {
                return Optional.empty();
            }
            observations.add(observed.get());
        }
        return Optional.of(observations);
    }

    /** The relation that it succeeded with: the left side's states. */
    List<Relation> leftRelations() {
        return leftRelations;
    }

    /** The right side's states. */
    List<Relation> rightRelations() {
        return rightRelations;
    }

    /** A run's first updates; empty if the very first gives other weights. */
    private Optional<Observations.Run> observe() {
        Draws.Point[] last = new Draws.Point[1];
        Optional<Machine.Outcome> first = machine.draw(() -> {
            last[0] = machine.draws().first(Zeros.NONE);
            return machine.firstUpdate(last[0]);
        });
        if (!first.equals(Optional.of(Machine.Outcome.SAME))) {
            return Optional.empty();
        }
        List<Long> rates = new ArrayList<>();
        List<List<long[]>> ours = new ArrayList<>();
        List<List<long[]>> theirs = new ArrayList<>();
        algebra.setLenient(true);
        for (int t = 0; t < Observations.UPDATES; t++) {
            if (t > 0) {
                last[0] = machine.draws().after(last[0]);
                machine.update(algebra.number(t), last[0]);
            }
            rates.add(last[0].rates().current()[0].value());
            ours.add(left.values());
            theirs.add(right.values());
        }
        algebra.setLenient(false);
        return Optional.of(new Observations.Run(rates, ours, theirs));
    }

    /** Points until each combination of branches that came up did so twice. */
    private boolean atRandomPoints() {
        Map<Long, Integer> seen = new HashMap<>();
        int simple = 1;
        for (int points = 0; points < MOST_POINTS; points++) {
            if (simple > 0 ? points >= simple : points >= FEWEST_POINTS && isEachSeenTwice(seen)) {
                return agree(Zeros.NONE, () -> machine.relatedFirstUpdate(Zeros.NONE));
            }
            if (!machine.agrees(() -> machine.anyUpdate(Zeros.NONE), Zeros.NONE)) {
                return false;
            }
            seen.merge(algebra.decisions(), 1, Integer::sum);
            simple = enough(simple);
        }
        return false;
    }

    private static boolean isEachSeenTwice(Map<Long, Integer> seen) {
        for (int count : seen.values()) {
            if (count < 2) {
                return false;
            }
        }
        return true;
    }

    private boolean atZeros() {
        for (Zeros zeros : Zeros.ALL) {
            boolean same = agree(zeros, () -> machine.anyUpdate(zeros))
                    && (zeros.states() || agree(zeros, () -> machine.relatedFirstUpdate(zeros)));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** Whether updates agree at a few points. */
    private boolean agree(Zeros zeros, Supplier<Machine.Outcome> update) {
        int simple = 1;
        for (int points = 0; points < (simple > 0 ? simple : POINTS_OF_ZEROS); points++) {
            if (!machine.agrees(update, zeros)) {
                return false;
            }
            simple = enough(simple);
        }
        return true;
    }

    /**
     * How many points without a branch are enough, all that came before considered; 0 if one had a branch or many roots. A difference
     * is zero at one with a chance of about its degree times 4 to the power of the roots over 2^31. So three points, two modulo the
     * first prime and one modulo the second, are enough with very few roots, and four with few.
     */
    private int enough(int before) {
        if (before == 0 || algebra.decisions() != ResidueAlgebra.NO_DECISION || algebra.rootBits() > FEW_ROOTS) {
            return 0;
        }
        return confirms && algebra.rootBits() <= VERY_FEW_ROOTS ? before : POINTS_OF_SIMPLE;
    }
}
