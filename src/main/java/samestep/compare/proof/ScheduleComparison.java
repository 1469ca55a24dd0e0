package samestep.compare.proof;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.LongStream;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Formula;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.DoubleAlgebra;
import samestep.equation.run.Exact;
import samestep.recipe.ConstantDisguise;
import samestep.recipe.EpochShares;
import samestep.recipe.Numbers;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;

/**
 * Whether two learning rates are the same at every update.
 *
 * @param verdict exact when the normal forms have equal parameters
 * @param largestDifference the largest relative difference at the steps that were looked at, which are all of a run of known
 *     length up to a million; zero when exact
 */
public record ScheduleComparison(Verdict verdict, double largestDifference) {
    private static final BigDecimal TOLERANCE = new BigDecimal("1e-80");
    /** Half a unit of the 17th digit, and as much again for what is computed from it. */
    private static final BigDecimal LAST_DIGIT = new BigDecimal("1e-16");

    private static final int ROUNDED_DIGITS = 17;
    private static final MathContext FEW_DIGITS = new MathContext(40);
    private static final long LONG_RUN = 1_000_000;
    private static final long MANY_EPOCHS = 1_000;
    /** A run so short is looked at whole, which proves it. */
    private static final long WHOLE_RUN = 2_000;

    private static final int SAMPLES = 120;
    /** So fine are epochs looked at. */
    private static final BigDecimal SHARE = new BigDecimal("0.001");

    private static final int MOST_DROPS = 1_000;
    /** Far above what doubles lose: a difference that needs no more digits to be seen. */
    private static final double PLAIN = 1e-6;

    /** Compares two schedules in updates. */
    public static ScheduleComparison of(Schedule source, Schedule target) {
        if (isOne(source, target)) {
            return new ScheduleComparison(Verdict.EXACT, 0);
        }
        Optional<Verdict> apart = ofUnits(source, target);
        if (apart.isPresent()) {
            return new ScheduleComparison(apart.get(), Double.NaN);
        }
        Optional<ScheduleForm> left = source.formInUpdates().map(ConstantDisguise::simplest);
        Optional<ScheduleForm> right = target.formInUpdates().map(ConstantDisguise::simplest);
        OptionalLong horizon = source.horizon().isPresent() ? source.horizon() : target.horizon();
        if (left.isPresent() && right.isPresent() && sameForm(left.get(), right.get())) {
            return new ScheduleComparison(ofEqualForms(left.get(), right.get(), horizon, source.unit()), 0);
        }
        Optional<ScheduleForm> here = left.flatMap(form -> inRun(form, horizon));
        Optional<ScheduleForm> there = right.flatMap(form -> inRun(form, horizon));
        if (here.isPresent() && there.isPresent() && sameForm(here.get(), there.get())) {
            String condition = "up to update " + horizon.getAsLong();
            return new ScheduleComparison(new Verdict(Verdict.Kind.EXACT_WHILE_MET, condition), 0);
        }
        return sampled(source, target, horizon);
    }

    /** For learning rates of which at least one is not given. */
    public static ScheduleComparison notSaid() {
        return new ScheduleComparison(
                new Verdict(Verdict.Kind.NOT_REFUTED, "a file does not say its learning rate"), 0);
    }

    /**
     * Whether both are the same schedule in the same words. If the file does not give the full course of a schedule,
     * then all that the file says is the same; what it leaves to the program does not count as a difference.
     */
    private static boolean isOne(Schedule source, Schedule target) {
        return source.unit() != Schedule.Unit.NOT_FOLLOWED
                && source.unit() == target.unit()
                && source.microSteps() == target.microSteps()
                && source.form().equals(target.form())
                && source.formula().equals(target.formula())
                && (source.unit() != Schedule.Unit.NOT_SAID
                        || source.name().equals(target.name()) && sameNumbers(source, target));
    }

    private static boolean sameNumbers(Schedule source, Schedule target) {
        return named(source).equals(named(target));
    }

    private static List<Object> named(Schedule schedule) {
        return schedule.values().stream()
                .<Object>map(v -> List.of(v.field(), v.value().decimal().stripTrailingZeros()))
                .toList();
    }

    /** Whether the rate of every update of a run is the same. */
    public static boolean isConstant(Schedule schedule) {
        return schedule.formInUpdates()
                .map(form -> stairs(form, schedule.horizon()).orElse(form))
                .map(form -> ConstantDisguise.simplest(form, schedule.horizon()))
                .filter(ScheduleForm.Constant.class::isInstance)
                .isPresent();
    }

    private static Optional<ScheduleForm> inRun(ScheduleForm form, OptionalLong horizon) {
        ScheduleForm simplest = ConstantDisguise.simplest(form, horizon);
        return horizon.isPresent() && simplest instanceof ScheduleForm.Constant
                ? Optional.of(simplest)
                : stairs(simplest, horizon).map(ConstantDisguise::simplest);
    }

    /** The drops of a run one by one, for forms that have drops; empty where there are too many, or the run has no end. */
    private static Optional<ScheduleForm> stairs(ScheduleForm form, OptionalLong horizon) {
        if (horizon.isEmpty()) {
            return Optional.empty();
        }
        long end = horizon.getAsLong();
        List<Long> starts = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        if (form instanceof ScheduleForm.Staircase s) {
            BigDecimal every = Exact.value(s.every());
            if (every.signum() <= 0
                    || every.multiply(BigDecimal.valueOf(MOST_DROPS)).compareTo(BigDecimal.valueOf(end)) < 0) {
                return Optional.empty();
            }
            values.add(s.base());
            for (int drop = 1;
                    every.multiply(BigDecimal.valueOf(drop)).compareTo(BigDecimal.valueOf(end)) < 0;
                    drop++) {
                starts.add(every.multiply(BigDecimal.valueOf(drop))
                        .setScale(0, RoundingMode.CEILING)
                        .longValue());
                values.add(s.base().times(s.factor().power(Expression.literal(drop))));
            }
        } else if (form instanceof ScheduleForm.Steps s) {
            values.add(s.values().get(0));
            for (int i = 0; i < s.starts().size() && s.starts().get(i) < end; i++) {
                starts.add(s.starts().get(i));
                values.add(s.values().get(i + 1));
            }
        } else {
            return Optional.empty();
        }
        return Optional.of(new ScheduleForm.Steps(starts, values));
    }

    /** What cannot be compared for want of a common unit; a constant rate has every unit. */
    private static Optional<Verdict> ofUnits(Schedule source, Schedule target) {
        Schedule.Unit here = source.unit();
        Schedule.Unit there = target.unit();
        if (source.isOpen() || target.isOpen()) {
            return Optional.of(ofUnsaid(source, target));
        }
        if (source.countsLike(target)) {
            return Optional.empty();
        }
        String words = "one learning rate is a function of " + here.words() + ", the other of " + there.words();
        return Optional.of(new Verdict(Verdict.Kind.NOT_EXPRESSIBLE, words));
    }

    /** At least one side changes its rate in a way that its file does not fully give. */
    private static Verdict ofUnsaid(Schedule source, Schedule target) {
        if (source.unit() == Schedule.Unit.NOT_FOLLOWED || target.unit() == Schedule.Unit.NOT_FOLLOWED) {
            return new Verdict(
                    Verdict.Kind.NOT_REFUTED, "a program sets the learning rate in a way that is not followed");
        }
        boolean both = source.unit() == target.unit();
        if (both && source.name().equals(target.name())) {
            String words =
                    "numbers of " + source.name() + " differ, and the file does not fully say how it changes the rate";
            return new Verdict(Verdict.Kind.INEXACT, words);
        }
        Schedule known = source.unit() == Schedule.Unit.NOT_SAID ? target : source;
        if (!both && isConstant(known)) {
            Schedule unsaid = known == target ? source : target;
            String words = unsaid.name() + " changes the rate on one side; on the other the rate is constant";
            return new Verdict(Verdict.Kind.NOT_EXPRESSIBLE, words);
        }
        return new Verdict(Verdict.Kind.NOT_REFUTED, "the file does not fully say how the learning rate changes");
    }

    /** To 80 digits, or to the last of the 17 digits of a number that has no short decimal. */
    private static boolean sameForm(ScheduleForm a, ScheduleForm b) {
        List<Expression> left = a.parameters();
        List<Expression> right = b.parameters();
        if (a.getClass() != b.getClass() || left.isEmpty() || left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            boolean rounded = isRounded(left.get(i)) || isRounded(right.get(i));
            BigDecimal difference = difference(Exact.value(left.get(i)), Exact.value(right.get(i)));
            if (difference.compareTo(rounded ? LAST_DIGIT : TOLERANCE) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Only programs write numbers of 17 digits, for numbers without an end; the last digit may be a zero. */
    private static boolean isRounded(Expression value) {
        if (value instanceof Expression.Literal literal) {
            int digits = literal.value().stripTrailingZeros().precision();
            return digits == ROUNDED_DIGITS || digits == ROUNDED_DIGITS - 1;
        }
        return Expressions.children(value).stream().anyMatch(ScheduleComparison::isRounded);
    }

    /** Equal forms differ in one thing only: whether a rate stays at its end after the horizon. */
    private static Verdict ofEqualForms(ScheduleForm a, ScheduleForm b, OptionalLong horizon, Schedule.Unit unit) {
        Optional<BigDecimal> end = ScheduleForms.partAfter(a, b);
        if (end.isEmpty()) {
            return Verdict.EXACT;
        }
        boolean met = !unit.countsEpochs()
                && horizon.isPresent()
                && end.get().compareTo(BigDecimal.valueOf(horizon.getAsLong())) >= 0;
        return new Verdict(
                met ? Verdict.Kind.EXACT_WHILE_MET : Verdict.Kind.EXACT_WHILE,
                (unit.countsEpochs() ? "up to epoch " : "up to update ")
                        + end.get().stripTrailingZeros().toPlainString());
    }

    private static ScheduleComparison sampled(Schedule source, Schedule target, OptionalLong horizon) {
        Schedule.Unit unit = source.unit();
        long last = horizon.orElse(unit.countsEpochs() ? MANY_EPOCHS : LONG_RUN);
        double rough = inDoubles(source, target, last);
        if (rough > PLAIN) {
            return horizon.isPresent() && last <= LONG_RUN
                    ? differing(atAnyUpdate(source, target, (int) last), last, unit)
                    : differing(rough, last, unit);
        }
        Formula<BigDecimal[]> left = source.rate(new DecimalAlgebra(FEW_DIGITS));
        Formula<BigDecimal[]> right = target.rate(new DecimalAlgebra(FEW_DIGITS));
        double largest = 0;
        boolean all = horizon.isPresent() && last <= WHOLE_RUN && unit != Schedule.Unit.EPOCH_SHARES;
        for (BigDecimal step : all ? everyStep(last) : steps(source, target, last)) {
            BigDecimal[] t = {step};
            try {
                largest = Math.max(
                        largest, difference(left.at(t)[0], right.at(t)[0]).doubleValue());
            } catch (ArithmeticException e) {
                return new ScheduleComparison(
                        new Verdict(
                                Verdict.Kind.INEXACT,
                                "a rate has no value at " + (source.countsEpochs() ? "epoch " : "update ")
                                        + step.toPlainString()),
                        Double.NaN);
            }
        }
        if (largest >= 1e-30) {
            return differing(largest, last, unit);
        }
        Verdict verdict = all
                ? new Verdict(Verdict.Kind.EXACT_WHILE_MET, "up to update " + last)
                : new Verdict(
                        Verdict.Kind.NOT_REFUTED,
                        "equal at every update that was checked, up to " + length(last, unit));
        return new ScheduleComparison(verdict, 0);
    }

    /** The steps at which two schedules are looked at. */
    static Iterable<BigDecimal> looked(Schedule source, Schedule target, OptionalLong horizon) {
        return steps(source, target, horizon.orElse(source.unit().countsEpochs() ? MANY_EPOCHS : LONG_RUN));
    }

    private static Iterable<BigDecimal> everyStep(long last) {
        return LongStream.range(0, last).mapToObj(BigDecimal::valueOf).toList();
    }

    private static String length(long steps, Schedule.Unit unit) {
        return unit.countsEpochs() ? steps + " epochs" : Long.toString(steps);
    }

    private static ScheduleComparison differing(double largest, long last, Schedule.Unit unit) {
        String length = length(last, unit) + (unit == Schedule.Unit.UPDATES ? " updates" : "");
        String words = "rates differ by up to " + Numbers.rounded(100 * largest, 3) + " % within " + length;
        return new ScheduleComparison(new Verdict(Verdict.Kind.INEXACT, words), largest);
    }

    /** The largest relative difference at any update of a run; not a number where a rate has none. */
    private static double atAnyUpdate(Schedule source, Schedule target, int updates) {
        double[] left = Rates.of(source, updates);
        double[] right = Rates.of(target, updates);
        double largest = 0;
        for (int t = 0; t < updates; t++) {
            double scale = Math.max(Math.abs(left[t]), Math.abs(right[t]));
            double difference = scale == 0 ? 0 : Math.abs(left[t] - right[t]) / scale;
            largest = difference <= largest ? largest : difference;
        }
        return largest;
    }

    /** The largest relative difference as doubles see it; zero where they see none, or no number. */
    private static double inDoubles(Schedule source, Schedule target, long last) {
        DoubleAlgebra doubles = new DoubleAlgebra(false);
        Formula<double[]> left = source.rate(doubles);
        Formula<double[]> right = target.rate(doubles);
        double largest = 0;
        for (BigDecimal step : steps(source, target, last)) {
            double a = left.at(new double[] {step.doubleValue()})[0];
            double b = right.at(new double[] {step.doubleValue()})[0];
            double scale = Math.max(Math.abs(a), Math.abs(b));
            if (!Double.isFinite(scale)) {
                return 0;
            }
            largest = Math.max(largest, scale == 0 ? 0 : Math.abs(a - b) / scale);
        }
        return largest;
    }

    /**
     * Both sides of every boundary, both ends, and steps between, denser at the start. Where updates advance by shares
     * of an epoch, shares are checked too.
     */
    private static TreeSet<BigDecimal> steps(Schedule source, Schedule target, long last) {
        BigDecimal unit = source.unit() == Schedule.Unit.EPOCH_SHARES ? SHARE : BigDecimal.ONE;
        long end = BigDecimal.valueOf(last).divide(unit).longValueExact();
        TreeSet<BigDecimal> steps = new TreeSet<>();
        LongStream.of(0, 1, 2, end - 1)
                .forEach(step -> steps.add(BigDecimal.valueOf(step).multiply(unit)));
        for (int i = 1; i < SAMPLES; i++) {
            steps.add(BigDecimal.valueOf(end * i / SAMPLES).multiply(unit));
            steps.add(BigDecimal.valueOf((long) Math.pow((double) end, (double) i / SAMPLES))
                    .multiply(unit));
        }
        for (Schedule schedule : List.of(source, target)) {
            for (BigDecimal start : drops(schedule)) {
                steps.addAll(List.of(start.subtract(unit), start, start.add(unit)));
            }
        }
        steps.removeIf(step -> step.signum() < 0 || step.compareTo(BigDecimal.valueOf(last)) >= 0);
        return steps;
    }

    private static List<BigDecimal> drops(Schedule schedule) {
        ScheduleForm form = schedule.formInUpdates().orElse(schedule.form());
        return form instanceof EpochShares shares
                ? shares.drops()
                : form instanceof ScheduleForm.Steps steps
                        ? steps.starts().stream().map(BigDecimal::valueOf).toList()
                        : List.of();
    }

    /** Relative to the larger of the two. */
    static BigDecimal difference(BigDecimal a, BigDecimal b) {
        BigDecimal largest = a.abs().max(b.abs());
        return largest.signum() == 0
                ? BigDecimal.ZERO
                : a.subtract(b, Exact.DIGITS).abs().divide(largest, Exact.DIGITS);
    }
}
