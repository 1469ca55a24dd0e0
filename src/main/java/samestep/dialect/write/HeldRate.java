package samestep.dialect.write;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/**
 * The constant that is written where a framework has no schedule like the one at hand: the rate of the first update, or, after
 * a warm-up, the rate that it leads to. A warm-up often starts at 0, and a rate of 0 would train nothing.
 *
 * @param update whose rate it is
 * @param rate at that update, before multipliers
 */
public record HeldRate(long update, BigDecimal rate) {
    /** Points between the ends of a run at which a schedule without a normal form is looked at. */
    private static final int POINTS = 256;

    private static final long RUN = 100_000;

    /**
     * Of the first update and those where a piece of the schedule starts, the one with the largest rate; the earlier of equals. A
     * schedule without a normal form may hold a warm-up anywhere: of the updates of the run, the one with the largest rate, as
     * far as {@value #POINTS} points and a search between the best one's neighbours find it.
     */
    public static HeldRate of(Schedule schedule) {
        Formula<BigDecimal[]> rates = schedule.rate(new DecimalAlgebra(Exact.DIGITS));
        HeldRate first = at(0, rates);
        return starts(schedule)
                .map(updates -> largest(first, updates, rates))
                .orElseGet(() -> searched(schedule, rates, first));
    }

    private static HeldRate at(long update, Formula<BigDecimal[]> rates) {
        return new HeldRate(update, rates.at(new BigDecimal[] {BigDecimal.valueOf(update)})[0]);
    }

    private static HeldRate largest(HeldRate first, List<Long> updates, Formula<BigDecimal[]> rates) {
        HeldRate held = first;
        for (long update : updates) {
            HeldRate other = at(update, rates);
            held = other.rate.compareTo(held.rate) > 0 ? other : held;
        }
        return held;
    }

    /** Where the pieces of a schedule start; empty where a formula without a normal form decides. */
    private static Optional<List<Long>> starts(Schedule schedule) {
        return schedule.formInUpdates().flatMap(HeldRate::starts);
    }

    private static Optional<List<Long>> starts(ScheduleForm form) {
        if (form instanceof Sequence sequence) {
            boolean normal = sequence.pieces().stream().noneMatch(ScheduleForm.Other.class::isInstance);
            return normal ? Optional.of(sequence.starts()) : Optional.empty();
        }
        if (form instanceof ScheduleForm.Steps steps) {
            return Optional.of(steps.starts());
        }
        return form instanceof ScheduleForm.Other ? Optional.empty() : Optional.of(List.of());
    }

    private static HeldRate searched(Schedule schedule, Formula<BigDecimal[]> rates, HeldRate first) {
        long last = Math.max(0, schedule.horizon().orElse(RUN) - 1);
        List<Long> points = LongStream.rangeClosed(0, POINTS)
                .map(i -> Math.round((double) last * i / POINTS))
                .distinct()
                .boxed()
                .toList();
        HeldRate best = largest(first, points, rates);
        int index = points.indexOf(best.update);
        long low = points.get(Math.max(0, index - 1));
        long high = points.get(Math.min(points.size() - 1, index + 1));
        while (low < high) {
            long middle = (low + high) >>> 1;
            HeldRate left = at(middle, rates);
            HeldRate right = at(middle + 1, rates);
            boolean rises = right.rate.compareTo(left.rate) > 0;
            best = largest(best, List.of(left.update, right.update), rates);
            low = rises ? middle + 1 : low;
            high = rises ? high : middle;
        }
        return best;
    }

    /** As an expression. */
    public Expression expression() {
        return Expression.literal(rate);
    }

    /** Which rate it is, for messages: "the rate at step 0". */
    public String words() {
        return update == 0 ? "the rate at step 0" : "the highest rate, that of update " + update;
    }
}
