package samestep.compare.induction;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import samestep.equation.Shape;
import samestep.trainer.Stepper;

/** Takes updates of both sides at random points modulo one prime, from states that are related. */
final class Machine {
    /** Of ten roots all exist at one point of a thousand; after as many points without all, some root never exists. */
    private static final int MOST_WITHOUT_ROOTS = 10_000;

    private final ResidueAlgebra algebra;
    private final PrimeField field;
    private final Draws draws;
    private final Side left;
    private final Side right;
    private final int tensors;
    private final long mostDraws;
    private long drawn;
    private List<Relation> leftRelations = List.of();
    private List<Relation> rightRelations = List.of();

    /** What came of an update of both sides. */
    enum Outcome {
        SAME,
        DIFFERENT,
        /** Both divide by zero: nothing follows. */
        UNDEFINED
    }

    /**
     * Prepares both sides.
     *
     * @param mostDraws points that are drawn at most, with those at which a root does not exist
     */
    Machine(ResidueAlgebra algebra, Question question, long mostDraws) {
        this.algebra = algebra;
        this.field = algebra.field();
        this.tensors = question.source().size();
        this.mostDraws = mostDraws;
        Shape shape = question.shape();
        this.draws = new Draws(algebra, tensors, shape.size(), question.microSteps(), question.rate());
        this.left = new Side(question.source(), shape, algebra, question.batch(), question.outputs());
        this.right = new Side(question.target(), shape, algebra, question.batch(), question.outputs());
    }

    /** How many points were drawn. */
    long drawn() {
        return drawn;
    }

    ResidueAlgebra algebra() {
        return algebra;
    }

    Draws draws() {
        return draws;
    }

    Side left() {
        return left;
    }

    Side right() {
        return right;
    }

    /** From what states updates start. */
    void relate(List<Relation> leftStates, List<Relation> rightStates) {
        leftRelations = leftStates;
        rightRelations = rightStates;
    }

    /** Whether updates from any related states agree, so many times. */
    boolean anyUpdatesAgree(int points, Zeros zeros) {
        return agree(points, zeros, () -> anyUpdate(zeros));
    }

    /** Whether first updates agree, and leave related states, so many times. */
    boolean firstUpdatesLeaveRelatedStates(int points, Zeros zeros) {
        return agree(points, zeros, () -> relatedFirstUpdate(zeros));
    }

    private boolean agree(int points, Zeros zeros, Supplier<Outcome> update) {
        for (int i = 0; i < points; i++) {
            if (!agrees(update, zeros)) {
                return false;
            }
        }
        return true;
    }

    /** Whether an update agrees at a new point; where something is zero, both sides may divide by it. */
    boolean agrees(Supplier<Outcome> update, Zeros zeros) {
        Optional<Outcome> outcome = draw(update);
        boolean undefined = outcome.equals(Optional.of(Outcome.UNDEFINED)) && !zeros.equals(Zeros.NONE);
        return undefined || outcome.equals(Optional.of(Outcome.SAME));
    }

    /** A first update; the states have to be related after it. */
    Outcome relatedFirstUpdate(Zeros zeros) {
        Draws.Point point = draws.first(zeros);
        Outcome outcome = firstUpdate(point);
        return outcome != Outcome.SAME || areRelated(point, Relation.Power::base) ? outcome : Outcome.DIFFERENT;
    }

    /** Draws until all roots exist; empty if that takes too long. */
    Optional<Outcome> draw(Supplier<Outcome> update) {
        for (int i = 0; i < MOST_WITHOUT_ROOTS && drawn++ < mostDraws; i++) {
            algebra.nextPoint();
            try {
                return Optional.of(update.get());
            } catch (NoSuchRoot e) {
                // Another point.
            }
        }
        return Optional.empty();
    }

    Outcome firstUpdate(Draws.Point point) {
        left.stepper().restart();
        right.stepper().restart();
        setWeights(point);
        return update(algebra.number(0), point);
    }

    /** One update from related states, after any number of others; the states have to be related again. */
    Outcome anyUpdate(Zeros zeros) {
        Draws.Point point = draws.any(zeros);
        setWeights(point);
        relate(point, zeros);
        Outcome outcome = update(algebra.updates(), point);
        boolean related = outcome != Outcome.SAME
                || areRelated(point, power -> field.multiply(algebra.powerOfUpdates(power.base()), power.base()));
        return related ? outcome : Outcome.DIFFERENT;
    }

    private void setWeights(Draws.Point point) {
        left.replaceWeights(point.weights());
        right.replaceWeights(point.weights());
    }

    private void relate(Draws.Point point, Zeros zeros) {
        relate(left, leftRelations, point, zeros);
        relate(right, rightRelations, point, zeros);
    }

    private void relate(Side side, List<Relation> relations, Draws.Point point, Zeros zeros) {
        for (int i = 0; i < relations.size(); i++) {
            Stepper.State<Residue[]> state = side.states().get(i);
            Relation relation = relations.get(i);
            int size = state.value().length;
            if (relation instanceof Relation.Free) {
                state.replace(draws.free(size, zeros.states()));
            } else if (relation instanceof Relation.Power power) {
                state.replace(filled(size, power(power, algebra.powerOfUpdates(power.base()))));
            } else if (relation instanceof Relation.Multiple multiple) {
                state.replace(multiple(multiple, point.rates().previous()[0]));
            }
        }
    }

    private long power(Relation.Power power, long factor) {
        return field.multiply(power.start(), factor);
    }

    /** A multiple of the left side's state, as it is now. */
    private Residue[] multiple(Relation.Multiple multiple, Residue lastRate) {
        long rate = field.multiply(lastRate.value(), left.rateMultiplier(multiple.state()));
        long factor = field.multiply(multiple.factor(), Observations.rate(field, rate, multiple.rateExponent()));
        int degree = lastRate.up() * Math.abs(multiple.rateExponent());
        boolean upright = multiple.rateExponent() >= 0;
        Residue[] values = left.states().get(multiple.state()).value();
        Residue[] multiples = new Residue[values.length];
        for (int i = 0; i < values.length; i++) {
            multiples[i] = Residue.unknown(
                    field.multiply(factor, values[i].value()),
                    values[i].up() + (upright ? degree : 0),
                    values[i].down() + (upright ? 0 : degree));
        }
        return multiples;
    }

    private static Residue[] filled(int size, long value) {
        Residue[] values = new Residue[size];
        Arrays.fill(values, Residue.square(value));
        return values;
    }

    /** The factor of a power after an update. */
    private interface Factor {
        long of(Relation.Power power);
    }

    private boolean areRelated(Draws.Point point, Factor factor) {
        return areRelated(left, leftRelations, point, factor) && areRelated(right, rightRelations, point, factor);
    }

    private boolean areRelated(Side side, List<Relation> relations, Draws.Point point, Factor factor) {
        for (int i = 0; i < relations.size(); i++) {
            Residue[] value = side.states().get(i).value();
            Relation relation = relations.get(i);
            Residue[] expected = relation instanceof Relation.Power power
                    ? filled(value.length, power(power, factor.of(power)))
                    : relation instanceof Relation.Multiple multiple
                            ? multiple(multiple, point.rates().current()[0])
                            : value;
            if (!areEqual(value, expected)) {
                return false;
            }
        }
        return true;
    }

    Outcome update(Residue[] updates, Draws.Point point) {
        boolean ours = update(left, updates, point);
        boolean theirs = update(right, updates, point);
        if (!ours || !theirs) {
            return ours == theirs ? Outcome.UNDEFINED : Outcome.DIFFERENT;
        }
        for (int i = 0; i < tensors; i++) {
            if (!areEqual(left.stepper().weights(i), right.stepper().weights(i))) {
                return Outcome.DIFFERENT;
            }
        }
        return Outcome.SAME;
    }

    private boolean areEqual(Residue[] ours, Residue[] theirs) {
        boolean equal = ours.length == theirs.length;
        for (int i = 0; i < ours.length && equal; i++) {
            algebra.census().compared(ours[i], theirs[i]);
            equal = ours[i].value() == theirs[i].value();
        }
        return equal;
    }

    private static boolean update(Side side, Residue[] updates, Draws.Point point) {
        try {
            side.stepper().updateAfter(updates, point.rates(), point.gradients());
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }
}
