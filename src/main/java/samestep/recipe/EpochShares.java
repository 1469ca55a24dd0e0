package samestep.recipe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.run.Exact;

/**
 * A schedule in epochs of unknown length, of which every update advances by its share: {@code t} is in epochs and need
 * not be whole. Pieces begin at whole steps, and half an epoch is not a whole step. So the pieces are kept on a grid
 * that is fine enough. The grid is known to this class only: formula, boundaries and lengths come out of it in epochs.
 */
public final class EpochShares implements ScheduleForm {
    private static final BigDecimal GRID = BigDecimal.valueOf(1_000_000);

    private final ScheduleForm onGrid;

    private EpochShares(ScheduleForm onGrid) {
        this.onGrid = onGrid;
    }

    /** Makes a form of lengths in epochs. */
    @FunctionalInterface
    public interface Maker {
        /**
         * The form, empty where it is not known.
         *
         * @param length turns a length in epochs into the one that the form is to be made with
         */
        Optional<ScheduleForm> form(UnaryOperator<Expression> length);
    }

    /** The schedule in epochs; one that never changes counts nothing, and is itself. */
    public static Optional<ScheduleForm> of(Maker maker) {
        return maker.form(epochs -> epochs.times(Expression.literal(GRID))).map(EpochShares::of);
    }

    private static ScheduleForm of(ScheduleForm onGrid) {
        return onGrid instanceof Constant ? onGrid : new EpochShares(onGrid);
    }

    /** The epochs at which a rate drops, not all of them whole; empty where it changes all the time. */
    public List<BigDecimal> drops() {
        return onGrid instanceof Steps steps
                ? steps.starts().stream().map(EpochShares::epochs).toList()
                : List.of();
    }

    /** The form with so many steps to an epoch that its lengths are whole; {@link #epochs} says them in epochs. */
    public ScheduleForm onGrid() {
        return onGrid;
    }

    /** Steps of {@link #onGrid()}, in epochs. */
    public static BigDecimal epochs(long gridSteps) {
        return BigDecimal.valueOf(gridSteps).divide(GRID).stripTrailingZeros();
    }

    /** The same in a simpler form, where it has one. */
    ScheduleForm simplest() {
        return of(ConstantDisguise.simplest(onGrid));
    }

    /** The rate that it is a schedule of. */
    Expression base(Expression start) {
        return ScheduleForms.base(onGrid, start);
    }

    /** Every rate of it times a factor. */
    ScheduleForm scaled(Expression factor) {
        return new EpochShares(ScheduleForms.scaled(onGrid, factor));
    }

    @Override
    public Expression formula() {
        Expression onGridStep = T.times(Expression.literal(GRID));
        return Expressions.substitute(onGrid.formula(), Map.of(Builtin.T, onGridStep));
    }

    /** Two are the same where these are equal: which form it has, whether it stays at its end, and its numbers. */
    @Override
    public List<Expression> parameters() {
        List<Expression> its = onGrid.parameters();
        if (its.isEmpty()) {
            return List.of();
        }
        List<Expression> all = new ArrayList<>(List.of(Expression.literal(Sequence.kind(onGrid))));
        all.addAll(its);
        return all;
    }

    /** Where two that have equal parameters part, in epochs: one stays at its end, the other continues. */
    static Optional<BigDecimal> partAfter(EpochShares one, EpochShares other) {
        return ScheduleForms.partAfter(one.onGrid, other.onGrid).map(step -> step.divide(GRID, Exact.DIGITS));
    }

    @Override
    public ScheduleForm mapped(UnaryOperator<Expression> change) {
        return of(onGrid.mapped(change));
    }

    /** No update of it is known, so no every nth one. */
    @Override
    public Optional<ScheduleForm> everyNth(int n, int offset) {
        return Optional.empty();
    }

    @Override
    public Optional<ScheduleForm> spreadOver(int n) {
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EpochShares that && onGrid.equals(that.onGrid);
    }

    @Override
    public int hashCode() {
        return onGrid.hashCode();
    }

    @Override
    public String toString() {
        return "in epochs, update by update: " + formula();
    }
}
