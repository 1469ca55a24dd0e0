package samestep.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import samestep.equation.Formula;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;
import samestep.explain.Explanation.RatePoint;
import samestep.recipe.EpochShares;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;

/** Chooses the updates at which a learning rate is worth looking at. */
final class RatePoints {
    private static final MathContext DIGITS = new MathContext(40);
    private static final int MOST_BOUNDARIES = 6;
    private static final int MANY = 24;
    private static final long[] WITHOUT_END = {100, 1_000, 10_000, 100_000};

    private static final long[] EPOCHS = {1, 2, 5, 10, 20, 50, 100, 200};

    private final Schedule schedule;
    private final OptionalLong horizon;
    private final OptionalLong epochs;
    private final Map<BigDecimal, String> points = new TreeMap<>();

    private RatePoints(Schedule schedule, OptionalLong updates, OptionalLong epochs) {
        this.schedule = schedule;
        this.epochs = epochs;
        OptionalLong run = schedule.horizon().isPresent() ? schedule.horizon() : updates;
        this.horizon = schedule.unit() == Schedule.Unit.UPDATES ? run : OptionalLong.empty();
    }

    /**
     * The first update, both sides of each drop, points between where the rate changes all the time, the last.
     *
     * @param updates of the run, for a schedule that does not say
     * @param epochs of the run, for a schedule that counts them
     */
    static List<RatePoint> of(Schedule schedule, OptionalLong updates, OptionalLong epochs) {
        return new RatePoints(schedule, updates, epochs).points();
    }

    private List<RatePoint> points() {
        points.put(BigDecimal.ZERO, "the first");
        List<Long> boundaries = boundaries();
        if (schedule.form() instanceof EpochShares shares && !shares.drops().isEmpty()) {
            shares.drops().stream().limit(MOST_BOUNDARIES).forEach(epoch -> points.put(epoch, "changes"));
        } else if (!boundaries.isEmpty() && boundaries.size() <= MOST_BOUNDARIES + 1 && !isCurve()) {
            boundaries.forEach(this::boundary);
        } else if (!(schedule.form() instanceof ScheduleForm.Constant)) {
            between();
        }
        horizon.ifPresent(
                updates -> points.merge(BigDecimal.valueOf(updates - 1), "the last", (a, b) -> a.isEmpty() ? b : a));
        Formula<BigDecimal[]> rate = schedule.withoutRounding().rate(new DecimalAlgebra(DIGITS));
        List<RatePoint> rates = new ArrayList<>();
        points.forEach((step, why) -> rates.add(new RatePoint(step, at(rate, step), why)));
        return rates;
    }

    /** A rate that changes every epoch is looked at as one that changes all the time. */
    private boolean isCurve() {
        return horizon.isPresent()
                && schedule.form() instanceof ScheduleForm.Steps steps
                && steps.starts().size() > MANY;
    }

    private static double at(Formula<BigDecimal[]> rate, BigDecimal step) {
        try {
            return rate.at(new BigDecimal[] {step})[0].doubleValue();
        } catch (ArithmeticException e) {
            return Double.NaN;
        }
    }

    private void boundary(long start) {
        if (start > 0) {
            points.putIfAbsent(BigDecimal.valueOf(start - 1), "");
            points.merge(BigDecimal.valueOf(start), "changes", (a, b) -> b);
        }
    }

    /** The first drops and the last, when there are many. */
    private List<Long> boundaries() {
        List<Long> all = new ArrayList<>();
        if (schedule.formInUpdates().orElse(schedule.form()) instanceof ScheduleForm.Steps steps) {
            all.addAll(steps.starts());
        } else if (schedule.formInUpdates().orElse(schedule.form()) instanceof ScheduleForm.Staircase stairs) {
            long every = Exact.value(stairs.every())
                    .setScale(0, RoundingMode.CEILING)
                    .max(BigDecimal.ONE)
                    .longValue();
            long drops = horizon.isPresent() ? (horizon.getAsLong() - 1) / every : MOST_BOUNDARIES;
            for (long drop = 1; drop <= Math.min(drops, MOST_BOUNDARIES); drop++) {
                all.add(drop * every);
            }
            if (horizon.isPresent() && drops > MOST_BOUNDARIES) {
                all.add(drops * every);
            }
        }
        all.removeIf(start -> horizon.isPresent() && start >= horizon.getAsLong());
        if (all.size() > MOST_BOUNDARIES + 1) {
            List<Long> few = new ArrayList<>(all.subList(0, MOST_BOUNDARIES));
            few.add(all.get(all.size() - 1));
            return few;
        }
        return all;
    }

    private void between() {
        if (horizon.isEmpty()) {
            boolean counted = schedule.countsEpochs();
            for (long step : counted ? EPOCHS : WITHOUT_END) {
                if (epochs.isEmpty() || !counted || step < epochs.getAsLong()) {
                    points.put(BigDecimal.valueOf(step), "");
                }
            }
            boolean whole = schedule.unit() == Schedule.Unit.EPOCHS;
            if (whole && epochs.isPresent() && epochs.getAsLong() > 1) {
                points.put(BigDecimal.valueOf(epochs.getAsLong() - 1), "the last");
            }
            return;
        }
        for (int quarter = 1; quarter < 4; quarter++) {
            points.putIfAbsent(
                    BigDecimal.valueOf(horizon.getAsLong() * quarter / 4), quarter == 2 ? "half of the run" : "");
        }
    }
}
