package samestep.compare.induction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The induction modulo one prime. */
final class Attempt {
    private static final int RUNS = 3;
    /** Half of all residues have a root: of ten roots all exist at one point of a thousand. */
    private static final int MOST_DRAWS = 5_000;

    private static final int FEWEST_POINTS = 12;
    private static final int MOST_POINTS = 600;
    private static final int POINTS_OF_ZEROS = 4;

    private final ResidueAlgebra algebra;
    private final Machine machine;
    private final Side left;
    private final Side right;
    private List<Relation> leftRelations = List.of();
    private List<Relation> rightRelations = List.of();

    Attempt(ResidueAlgebra algebra, Question question) {
        this.algebra = algebra;
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
        return atRandomPoints() && atZeros();
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

    private boolean atRandomPoints() {
        Map<Long, Integer> seen = new HashMap<>();
        for (int points = 0; points < MOST_POINTS; points++) {
            if (points >= FEWEST_POINTS && seen.values().stream().allMatch(count -> count > 1)) {
                return machine.firstUpdatesLeaveRelatedStates(POINTS_OF_ZEROS, Zeros.NONE);
            }
            if (!machine.draw(() -> machine.anyUpdate(Zeros.NONE)).equals(Optional.of(Machine.Outcome.SAME))) {
                return false;
            }
            seen.merge(algebra.decisions(), 1, Integer::sum);
        }
        return false;
    }

    private boolean atZeros() {
        return Zeros.ALL.stream()
                .allMatch(zeros -> machine.anyUpdatesAgree(POINTS_OF_ZEROS, zeros)
                        && (zeros.states() || machine.firstUpdatesLeaveRelatedStates(POINTS_OF_ZEROS, zeros)));
    }
}
