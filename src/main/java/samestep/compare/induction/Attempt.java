package samestep.compare.induction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import samestep.equation.Extent;
import samestep.equation.Shape;
import samestep.recipe.Parameter;
import samestep.trainer.Stepper;

/** The induction modulo one prime. */
final class Attempt {
    private static final int RUNS = 3;
    /** Half of all residues have a root: of ten roots all exist at one point of a thousand. */
    private static final int MOST_DRAWS = 5_000;

    private static final int FEWEST_POINTS = 12;
    private static final int MOST_POINTS = 600;
    private static final int POINTS_OF_ZEROS = 4;

    private final ResidueAlgebra algebra;
    private final PrimeField field;
    private final Draws draws;
    private final Side left;
    private final Side right;
    private final int tensors;
    private int drawn;
    private List<Relation> leftRelations = List.of();
    private List<Relation> rightRelations = List.of();

    /** What came of an update of both sides. */
    private enum Outcome {
        SAME,
        DIFFERENT,
        /** Both divide by zero: nothing follows. */
        UNDEFINED
    }

    Attempt(ResidueAlgebra algebra, Question question) {
        this.algebra = algebra;
        this.field = algebra.field();
        this.tensors = question.source().size();
        Shape shape = shape(question);
        this.draws = new Draws(algebra, tensors, shape.size(), question.microSteps(), question.rate());
        this.left = new Side(question.source(), shape, algebra, question.batch(), question.outputs());
        this.right = new Side(question.target(), shape, algebra, question.batch(), question.outputs());
    }

    /** One entry, unless something looks at several: then two of each kind that it may tell apart. */
    private static Shape shape(Question question) {
        List<Extent> reduced = Stream.concat(question.source().stream(), question.target().stream())
                .map(Parameter::stages)
                .flatMap(List::stream)
                .flatMap(stage -> stage.equations().reductions().stream())
                .toList();
        boolean matrix = reduced.contains(Extent.ROWS) || reduced.contains(Extent.COLUMNS);
        return matrix ? new Shape(2, 2) : reduced.isEmpty() ? new Shape(1, 1) : new Shape(1, 2);
    }

    /** Whether the first update, one from arbitrary states, and those at zeros all agree. */
    boolean succeeds() {
        Observations observations = new Observations(field);
        for (int run = 0; run < RUNS; run++) {
            Optional<Observations.Run> observed = observe();
            if (observed.isEmpty()) {
                return false;
            }
            observations.add(observed.get());
        }
        leftRelations = observations.left(left);
        Optional<List<Relation>> found = observations.right(left, right);
        rightRelations = found.orElse(List.of());
        return found.isPresent() && atRandomPoints() && atZeros() && !left.jumps() && !right.jumps();
    }

    /** A run's first updates; empty if the very first gives other weights. */
    private Optional<Observations.Run> observe() {
        Point[] last = new Point[1];
        Optional<Outcome> first = draw(() -> {
            last[0] = draws.first(Zeros.NONE);
            return firstUpdate(last[0]);
        });
        if (!first.equals(Optional.of(Outcome.SAME))) {
            return Optional.empty();
        }
        List<Long> rates = new ArrayList<>();
        List<List<long[]>> ours = new ArrayList<>();
        List<List<long[]>> theirs = new ArrayList<>();
        algebra.setLenient(true);
        for (int t = 0; t < Observations.UPDATES; t++) {
            if (t > 0) {
                last[0] = draws.after(last[0]);
                update(algebra.number(t), last[0]);
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
                return firstUpdatesLeaveRelatedStates(Zeros.NONE);
            }
            if (!draw(() -> anyUpdate(Zeros.NONE)).equals(Optional.of(Outcome.SAME))) {
                return false;
            }
            seen.merge(algebra.decisions(), 1, Integer::sum);
        }
        return false;
    }

    private boolean atZeros() {
        return Zeros.ALL.stream().allMatch(zeros -> {
            for (int i = 0; i < POINTS_OF_ZEROS; i++) {
                Optional<Outcome> outcome = draw(() -> anyUpdate(zeros));
                if (outcome.isEmpty() || outcome.get() == Outcome.DIFFERENT) {
                    return false;
                }
            }
            return zeros.states() || firstUpdatesLeaveRelatedStates(zeros);
        });
    }

    private boolean firstUpdatesLeaveRelatedStates(Zeros zeros) {
        for (int i = 0; i < POINTS_OF_ZEROS; i++) {
            Point[] point = new Point[1];
            Optional<Outcome> outcome = draw(() -> {
                point[0] = draws.first(zeros);
                return firstUpdate(point[0]);
            });
            boolean undefined = outcome.equals(Optional.of(Outcome.UNDEFINED)) && !zeros.equals(Zeros.NONE);
            boolean same = outcome.equals(Optional.of(Outcome.SAME)) && areRelated(point[0], power -> power.base());
            if (!undefined && !same) {
                return false;
            }
        }
        return true;
    }

    /** Draws until all roots exist; empty if that takes too long. */
    private Optional<Outcome> draw(Supplier<Outcome> update) {
        while (drawn++ < MOST_DRAWS) {
            algebra.nextPoint();
            try {
                return Optional.of(update.get());
            } catch (NoSuchRoot e) {
                // Another point.
            }
        }
        return Optional.empty();
    }

    private Outcome firstUpdate(Point point) {
        left.stepper().restart();
        right.stepper().restart();
        setWeights(point);
        return update(algebra.number(0), point);
    }

    /** One update from related states, after any number of others; the states have to be related again. */
    private Outcome anyUpdate(Zeros zeros) {
        Point point = draws.any(zeros);
        setWeights(point);
        relate(point, zeros);
        Outcome outcome = update(algebra.updates(), point);
        boolean related = outcome != Outcome.SAME
                || areRelated(point, power -> field.multiply(algebra.powerOfUpdates(power.base()), power.base()));
        return related ? outcome : Outcome.DIFFERENT;
    }

    private void setWeights(Point point) {
        left.replaceWeights(point.weights());
        right.replaceWeights(point.weights());
    }

    private void relate(Point point, Zeros zeros) {
        relate(left, leftRelations, point, zeros);
        relate(right, rightRelations, point, zeros);
    }

    private void relate(Side side, List<Relation> relations, Point point, Zeros zeros) {
        for (int i = 0; i < relations.size(); i++) {
            Stepper.State<Residue[]> state = side.states().get(i);
            Relation relation = relations.get(i);
            int size = state.value().length;
            if (relation instanceof Relation.Free) {
                state.replace(draws.free(size, zeros.states()));
            } else if (relation instanceof Relation.Power power) {
                state.replace(filled(size, power(power, algebra.powerOfUpdates(power.base()))));
            } else if (relation instanceof Relation.Multiple multiple) {
                state.replace(multiple(multiple, point.rates().previous()[0].value()));
            }
        }
    }

    private long power(Relation.Power power, long factor) {
        return field.multiply(power.start(), factor);
    }

    /** A multiple of the left side's state, as it is now. */
    private Residue[] multiple(Relation.Multiple multiple, long lastRate) {
        long rate = field.multiply(lastRate, left.rateMultiplier(multiple.state()));
        long factor = field.multiply(multiple.factor(), Observations.rate(field, rate, multiple.rateExponent()));
        return Arrays.stream(left.states().get(multiple.state()).value())
                .map(value -> Residue.unknown(field.multiply(factor, value.value())))
                .toArray(Residue[]::new);
    }

    private static Residue[] filled(int size, long value) {
        Residue[] values = new Residue[size];
        Arrays.fill(values, Residue.unknown(value));
        return values;
    }

    /** The factor of a power after an update. */
    private interface Factor {
        long of(Relation.Power power);
    }

    private boolean areRelated(Point point, Factor factor) {
        return areRelated(left, leftRelations, point, factor) && areRelated(right, rightRelations, point, factor);
    }

    private boolean areRelated(Side side, List<Relation> relations, Point point, Factor factor) {
        for (int i = 0; i < relations.size(); i++) {
            Residue[] value = side.states().get(i).value();
            Relation relation = relations.get(i);
            Residue[] expected = relation instanceof Relation.Power power
                    ? filled(value.length, power(power, factor.of(power)))
                    : relation instanceof Relation.Multiple multiple
                            ? multiple(multiple, point.rates().current()[0].value())
                            : value;
            if (!Arrays.equals(Side.residues(value), Side.residues(expected))) {
                return false;
            }
        }
        return true;
    }

    private Outcome update(Residue[] updates, Point point) {
        boolean ours = update(left, updates, point);
        boolean theirs = update(right, updates, point);
        if (!ours || !theirs) {
            return ours == theirs ? Outcome.UNDEFINED : Outcome.DIFFERENT;
        }
        for (int i = 0; i < tensors; i++) {
            long[] left = Side.residues(this.left.stepper().weights(i));
            if (!Arrays.equals(left, Side.residues(right.stepper().weights(i)))) {
                return Outcome.DIFFERENT;
            }
        }
        return Outcome.SAME;
    }

    private static boolean update(Side side, Residue[] updates, Point point) {
        try {
            side.stepper().updateAfter(updates, point.rates(), point.gradients());
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }
}
