package samestep.recipe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import samestep.equation.Builtin;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expression.Comparing;
import samestep.equation.Expressions;
import samestep.equation.Function;
import samestep.equation.run.Exact;

/**
 * Schedules one after the other, such as a warm-up and what follows it. Each counts its steps from its own start.
 *
 * @param starts the first step of each but the first, rising
 * @param pieces one more than starts
 */
public record Sequence(List<Long> starts, List<ScheduleForm> pieces) implements ScheduleForm {
    /** What decides which form a piece has, in {@link #parameters()}. */
    private static final List<Class<? extends ScheduleForm>> KINDS = List.of(
            Constant.class,
            Steps.class,
            Staircase.class,
            Exponential.class,
            InverseTime.class,
            Polynomial.class,
            Sigmoid.class,
            Cosine.class);

    /** Copies, refuses a wrong number of pieces, and takes the pieces of a sequence for that sequence. */
    public Sequence {
        if (pieces.size() != starts.size() + 1) {
            throw new IllegalArgumentException("a piece has one form");
        }
        List<Long> flat = isNested(pieces) ? flatStarts(starts, pieces) : List.copyOf(starts);
        pieces = isNested(pieces) ? flatPieces(starts, pieces) : List.copyOf(pieces);
        starts = flat;
    }

    private static boolean isNested(List<ScheduleForm> pieces) {
        return pieces.stream().anyMatch(Sequence.class::isInstance);
    }

    private static List<Long> flatStarts(List<Long> starts, List<ScheduleForm> pieces) {
        List<Long> flat = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            long from = i == 0 ? 0 : starts.get(i - 1);
            if (i > 0) {
                flat.add(from);
            }
            inner(starts, pieces, i).forEach(start -> flat.add(from + start));
        }
        return flat;
    }

    private static List<ScheduleForm> flatPieces(List<Long> starts, List<ScheduleForm> pieces) {
        List<ScheduleForm> flat = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            flat.addAll(
                    pieces.get(i) instanceof Sequence parts
                            ? parts.pieces.subList(0, inner(starts, pieces, i).size() + 1)
                            : List.of(pieces.get(i)));
        }
        return flat;
    }

    /** The starts within a piece that it reaches before the next one. */
    private static List<Long> inner(List<Long> starts, List<ScheduleForm> pieces, int i) {
        long from = i == 0 ? 0 : starts.get(i - 1);
        long length = i < starts.size() ? starts.get(i) - from : Long.MAX_VALUE;
        return pieces.get(i) instanceof Sequence parts
                ? parts.starts.stream().takeWhile(start -> start < length).toList()
                : List.of();
    }

    @Override
    public Expression formula() {
        return formula(0, starts.size());
    }

    /** Halved again and again, so that a long list does not give a deep formula. */
    private Expression formula(int from, int to) {
        if (from == to) {
            return piece(from);
        }
        int middle = (from + to) / 2;
        Expression before = new Comparing(Comparison.LESS, T, Expression.literal(starts.get(middle)));
        return Expression.call(Function.WHERE, before, formula(from, middle), formula(middle + 1, to));
    }

    /** Where a piece is not asked for, its formula may have no value; both sides of {@code where} are computed. */
    private Expression piece(int index) {
        Expression from = index == 0
                ? T
                : Expression.call(
                        Function.MAX, T.minus(Expression.literal(starts.get(index - 1))), Expression.literal(0));
        Expression local =
                index == starts.size() ? from : Expression.call(Function.MIN, from, Expression.literal(length(index)));
        return Expressions.substitute(pieces.get(index).formula(), Map.of(Builtin.T, local));
    }

    private long length(int index) {
        return index == 0 ? starts.get(0) : starts.get(index) - starts.get(index - 1);
    }

    @Override
    public List<Expression> parameters() {
        List<Expression> all = new ArrayList<>();
        starts.forEach(start -> all.add(Expression.literal(start)));
        for (int i = 0; i < pieces.size(); i++) {
            ScheduleForm piece = pieces.get(i);
            List<Expression> its = piece.parameters();
            if (its.isEmpty()) {
                return List.of();
            }
            boolean held = i < starts.size() && endsWithin(piece, length(i)) && isHeld(piece);
            all.add(Expression.literal(kind(piece)));
            all.add(Expression.literal(held ? 1 : 0));
            all.addAll(its);
        }
        return all;
    }

    /** A number for which form it is, where forms of several kinds are compared by their numbers. */
    static int kind(ScheduleForm form) {
        return form instanceof Sequence ? KINDS.size() : KINDS.indexOf(form.getClass());
    }

    /** Whether a piece's rate after its horizon is needed. For the last piece, the comparison asks for it. */
    private static boolean endsWithin(ScheduleForm piece, long length) {
        BigDecimal end = piece instanceof Polynomial p
                ? Exact.value(p.horizon())
                : piece instanceof Cosine c
                        ? Exact.value(c.horizon()).subtract(Exact.value(c.phase()))
                        : BigDecimal.ZERO;
        return end.compareTo(BigDecimal.valueOf(length - 1)) < 0;
    }

    private static boolean isHeld(ScheduleForm piece) {
        return piece instanceof Polynomial p && p.held() || piece instanceof Cosine c && c.held();
    }

    @Override
    public ScheduleForm mapped(UnaryOperator<Expression> change) {
        return new Sequence(starts, pieces.stream().map(p -> p.mapped(change)).toList());
    }

    @Override
    public Optional<ScheduleForm> everyNth(int n, int offset) {
        List<Long> moved = new ArrayList<>();
        List<ScheduleForm> rarer = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            long start = i == 0 ? 0 : starts.get(i - 1);
            long first = i == 0 ? 0 : Math.max(0, -Math.floorDiv(offset - start, (long) n));
            Optional<ScheduleForm> piece = pieces.get(i).everyNth(n, (int) (n * first + offset - start));
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            rarer.add(piece.get());
            if (i > 0) {
                moved.add(first);
            }
        }
        return Optional.of(new Sequence(moved, rarer));
    }

    @Override
    public Optional<ScheduleForm> spreadOver(int n) {
        List<Optional<ScheduleForm>> longer =
                pieces.stream().map(p -> p.spreadOver(n)).toList();
        return longer.stream().allMatch(Optional::isPresent)
                ? Optional.of(new Sequence(
                        starts.stream().map(s -> s * n).toList(),
                        longer.stream().map(Optional::orElseThrow).toList()))
                : Optional.empty();
    }
}
