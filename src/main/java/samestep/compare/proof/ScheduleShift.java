package samestep.compare.proof;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.equation.Formula;
import samestep.equation.run.DecimalAlgebra;
import samestep.recipe.Schedule;

/**
 * That one learning rate is the other's curve, one update or one epoch later. The rates differ all the same: this says how.
 *
 * @param later how much later the second is, in the unit; negative where it is earlier
 * @param unit in which both count
 */
public record ScheduleShift(int later, Schedule.Unit unit) {
    private static final BigDecimal SAME = new BigDecimal("1e-30");
    private static final MathContext DIGITS = new MathContext(40);
    /** What doubles lose. */
    private static final double NEAR = 1e-9;

    private static final long WHOLE_RUN = 1_000_000;

    /** Compares two schedules that differ; empty where neither is the other's curve, one later. */
    public static Optional<ScheduleShift> of(Schedule source, Schedule target) {
        if (source.isOpen() || target.isOpen() || !source.countsLike(target) || isPlain(source) || isPlain(target)) {
            return Optional.empty();
        }
        return List.of(1, -1).stream()
                .filter(later -> later > 0 ? follows(source, target) : follows(target, source))
                .findFirst()
                .map(later -> new ScheduleShift(later, source.unit()));
    }

    private static boolean isPlain(Schedule schedule) {
        return ScheduleComparison.isConstant(schedule);
    }

    /** Whether the second has each rate of the first one later, and is not the same but for its first. */
    private static boolean follows(Schedule first, Schedule second) {
        OptionalLong horizon = first.horizon().isPresent() ? first.horizon() : second.horizon();
        Formula<BigDecimal[]> left = first.rate(new DecimalAlgebra(DIGITS));
        Formula<BigDecimal[]> right = second.rate(new DecimalAlgebra(DIGITS));
        boolean apart = false;
        try {
            for (BigDecimal step : ScheduleComparison.looked(first, second, horizon)) {
                BigDecimal next = step.add(BigDecimal.ONE);
                boolean within = horizon.isEmpty() || next.compareTo(BigDecimal.valueOf(horizon.getAsLong())) < 0;
                BigDecimal rate = at(left, step);
                if (within && !same(rate, at(right, next))) {
                    return false;
                }
                apart |= step.compareTo(BigDecimal.ONE) >= 0 && !same(rate, at(right, step));
            }
        } catch (ArithmeticException e) {
            return false;
        }
        return apart && followsAll(first, second, horizon);
    }

    /** Every update of a run that is not too long. */
    private static boolean followsAll(Schedule first, Schedule second, OptionalLong horizon) {
        if (horizon.isEmpty() || horizon.getAsLong() > WHOLE_RUN) {
            return true;
        }
        int updates = (int) horizon.getAsLong();
        double[] left = Rates.of(first, updates);
        double[] right = Rates.of(second, updates);
        for (int t = 0; t + 1 < updates; t++) {
            double largest = Math.max(Math.abs(left[t]), Math.abs(right[t + 1]));
            if (!(Math.abs(left[t] - right[t + 1]) <= NEAR * largest)) {
                return false;
            }
        }
        return true;
    }

    private static BigDecimal at(Formula<BigDecimal[]> rate, BigDecimal step) {
        return rate.at(new BigDecimal[] {step})[0];
    }

    private static boolean same(BigDecimal a, BigDecimal b) {
        return ScheduleComparison.difference(a, b).compareTo(SAME) < 0;
    }

    /** One sentence, without its end. */
    public String words() {
        String one = unit.countsEpochs() ? "epoch" : "update";
        int there = later > 0 ? 1 : 0;
        return "the second is the first's curve, one " + one + (later > 0 ? " later" : " earlier") + ": its " + one
                + " "
                + there + " has the rate of the first's " + one + " " + (1 - there)
                + ", and so on at every one that was looked at";
    }
}
