package samestep.dialect.write;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;
import samestep.recipe.Schedule;
import samestep.recipe.Sequence;

/**
 * The constant that is written where a framework has no schedule like the one at hand: the rate of the first update, or, after
 * a warm-up, the rate that it leads to. A warm-up often starts at 0, and a rate of 0 would train nothing.
 *
 * @param update whose rate it is
 * @param rate at that update, before multipliers
 */
public record HeldRate(long update, BigDecimal rate) {
    /** Of the first update and those where a piece of the schedule starts, the one with the largest rate; the earlier of equals. */
    public static HeldRate of(Schedule schedule) {
        HeldRate held = new HeldRate(0, schedule.rateAtStart());
        for (long start : starts(schedule)) {
            BigDecimal[] step = {BigDecimal.valueOf(start)};
            BigDecimal rate = schedule.rate(new DecimalAlgebra(Exact.DIGITS)).at(step)[0];
            held = rate.compareTo(held.rate) > 0 ? new HeldRate(start, rate) : held;
        }
        return held;
    }

    private static List<Long> starts(Schedule schedule) {
        Optional<Sequence> pieces =
                schedule.formInUpdates().filter(Sequence.class::isInstance).map(Sequence.class::cast);
        return pieces.map(Sequence::starts).orElse(List.of());
    }

    /** As an expression. */
    public Expression expression() {
        return Expression.literal(rate);
    }

    /** Which rate it is, for messages: "the rate at step 0". */
    public String words() {
        return update == 0 ? "the rate at step 0" : "the rate after the warm-up, that of update " + update;
    }
}
