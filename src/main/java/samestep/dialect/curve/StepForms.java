package samestep.dialect.curve;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.recipe.Cosine;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;

/** The normal form of a learning rate that is an expression of the step: its pieces one after the other, each a known curve. */
final class StepForms {
    private static final int MOST = 200;
    private static final BigDecimal FOREVER = new BigDecimal("1e15");

    private final List<Long> starts = new ArrayList<>();
    private final List<ScheduleForm> pieces = new ArrayList<>();
    private int splits;

    private StepForms() {}

    /** The form; an expression that has none is compared by its values. */
    static ScheduleForm of(Expression expression) {
        StepForms forms = new StepForms();
        if (!forms.add(expression, 0, FOREVER)) {
            return new ScheduleForm.Other(expression);
        }
        forms.joinHeld();
        return ScheduleForms.joined(forms.starts, forms.pieces);
    }

    /**
     * Adds the pieces of an expression.
     *
     * @param local an expression of the step since the start
     * @param length for how many steps it holds
     */
    private boolean add(Expression local, long start, BigDecimal length) {
        Optional<Splits> split = splits++ < MOST ? Splits.of(local) : Optional.empty();
        if (split.isEmpty()) {
            Optional<ScheduleForm> curve = Curves.of(local, ends(length) ? Optional.of(length) : Optional.empty());
            if (curve.isPresent()) {
                if (!pieces.isEmpty()) {
                    starts.add(start);
                }
                pieces.add(curve.get());
            }
            return curve.isPresent();
        }
        BigDecimal first = split.get().first();
        if (first.signum() <= 0) {
            return add(split.get().after(), start, length);
        }
        if (first.compareTo(length) >= 0) {
            return add(split.get().before(), start, length);
        }
        long steps = first.longValueExact();
        BigDecimal left = ends(length) ? length.subtract(first) : length;
        return add(split.get().before(), start, first)
                && add(Splits.since(split.get().after(), steps), start + steps, left);
    }

    private static boolean ends(BigDecimal length) {
        return length.compareTo(FOREVER) < 0;
    }

    /** A curve that stays where it ends is one piece. */
    private void joinHeld() {
        int last = pieces.size() - 1;
        if (last > 0 && pieces.get(last) instanceof ScheduleForm.Constant end) {
            long length = starts.get(last - 1) - (last == 1 ? 0 : starts.get(last - 2));
            held(pieces.get(last - 1), end.base(), length).ifPresent(held -> {
                pieces.remove(last);
                starts.remove(last - 1);
                pieces.set(last - 1, held);
            });
        }
    }

    private static Optional<ScheduleForm> held(ScheduleForm piece, Expression end, long length) {
        if (piece instanceof Cosine c
                && isSame(c.end(), end)
                && Line.isZero(c.phase())
                && endsAt(c.horizon(), length)) {
            return Optional.of(new Cosine(c.base(), c.end(), c.horizon(), c.phase(), true));
        }
        if (!(piece instanceof ScheduleForm.Polynomial p)) {
            return Optional.empty();
        }
        if (isSame(p.end(), end) && endsAt(p.horizon(), length)) {
            // A rise to a rate that stays is a warm-up: two pieces.
            boolean falls = Line.value(p.base()).compareTo(Line.value(p.end())) > 0;
            return falls ? Optional.of(polynomial(p, p.end(), p.horizon())) : Optional.empty();
        }
        boolean isLine = isSame(p.power(), ScheduleForm.ONE);
        Expression perStep = Line.over(Line.plus(p.base(), Line.product(Expression.literal(-1), p.end())), p.horizon());
        if (!isLine || Line.value(perStep).signum() <= 0) {
            return Optional.empty();
        }
        Expression horizon = Line.over(Line.plus(p.base(), Line.product(Expression.literal(-1), end)), perStep);
        return endsAt(horizon, length) ? Optional.of(polynomial(p, end, horizon)) : Optional.empty();
    }

    private static ScheduleForm polynomial(ScheduleForm.Polynomial p, Expression end, Expression horizon) {
        return new ScheduleForm.Polynomial(p.base(), end, horizon, p.power(), true);
    }

    /** Whether the first whole step at or after a horizon is the one after so many. */
    private static boolean endsAt(Expression horizon, long length) {
        BigDecimal end = Line.value(horizon);
        return end.compareTo(BigDecimal.valueOf(length)) <= 0 && end.compareTo(BigDecimal.valueOf(length - 1)) > 0;
    }

    static boolean isSame(Expression a, Expression b) {
        BigDecimal difference = Line.value(a).subtract(Line.value(b)).abs();
        return difference.compareTo(new BigDecimal("1e-80")) <= 0;
    }
}
