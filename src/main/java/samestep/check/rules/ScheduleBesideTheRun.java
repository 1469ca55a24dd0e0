package samestep.check.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Cosine;
import samestep.recipe.Numbers;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/**
 * A rate that falls over a number of steps, in a run of another length: it rises again, it is 0 for the rest, or the
 * fall never ends. What is left of the fall at the last step decides, so that one step more or less is not reported.
 */
final class ScheduleBesideTheRun extends RecipeRule {
    /** Of the whole fall; half a cosine over nine tenths of its length has 2.4 % left. */
    private static final double MUCH = 0.05;
    /** A rise of so much of the fall is one. */
    private static final double RISE = 0.01;

    @Override
    public Code code() {
        return Code.SS609;
    }

    /** A fall in numbers: from its first step on, over so many steps, and the rates. */
    private record Fall(double start, double length, double base, double end, double power, boolean held) {
        /** What is left of the fall at a step, as a share of it. */
        double left(double step) {
            double at = (step - start) / length;
            double over = held ? Math.min(1, at) : at;
            return power == 0 ? (1 + Math.cos(Math.PI * over)) / 2 : Math.pow(Math.max(0, 1 - over), power);
        }

        double rate(double step) {
            return end + (base - end) * left(step);
        }
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        Schedule schedule = recipe.schedule();
        Optional<RunLength> run = RunLength.of(schedule, subject.source());
        return run
                .flatMap(length -> fall(schedule.form(), 0)
                        .flatMap(fall -> message(fall, length)
                                .map(message -> Finding.at(place(schedule, fall, subject), Code.SS609, message))))
                .stream()
                .toList();
    }

    private static Optional<Fall> fall(ScheduleForm form, double start) {
        if (form instanceof Sequence sequence) {
            int last = sequence.starts().size() - 1;
            return fall(
                    sequence.pieces().get(last + 1), start + sequence.starts().get(last));
        }
        if (form instanceof Cosine c) {
            return Optional.of(new Fall(
                    start - number(c.phase()), number(c.horizon()), number(c.base()), number(c.end()), 0, c.held()));
        }
        if (form instanceof ScheduleForm.Polynomial p) {
            return Optional.of(new Fall(
                    start, number(p.horizon()), number(p.base()), number(p.end()), number(p.power()), p.held()));
        }
        return Optional.empty();
    }

    private static double number(Expression expression) {
        return Exact.value(expression).doubleValue();
    }

    private static Optional<String> message(Fall fall, RunLength run) {
        boolean falls = fall.length() > 0 && fall.base() > fall.end() && fall.power() >= 0 && fall.end() >= 0;
        if (!falls) {
            return Optional.empty();
        }
        long over = Math.round(fall.start() + fall.length());
        double last = run.steps() - 1.0;
        String lengths = "the schedule ends at " + over + ", and the run has " + run.words();
        double left = fall.left(last);
        if (over > last && left > MUCH) {
            return Optional.of("the rate ends at " + rate(fall, last) + " and not at " + Numbers.rounded(fall.end(), 4)
                    + ": " + lengths);
        }
        if (!fall.held() && fall.power() == 0 && over < last && (left > RISE || last - over > fall.length())) {
            return Optional.of("the rate rises again after " + run.word() + " " + over + ": " + lengths);
        }
        boolean still = fall.held() && fall.end() == 0 && last - over > RISE * run.steps();
        return still
                ? Optional.of("the rate is 0 from " + run.word() + " " + over + " on: " + lengths)
                : Optional.empty();
    }

    private static String rate(Fall fall, double step) {
        return Numbers.rounded(fall.rate(step), 4);
    }

    /** The number that is the schedule's length, where the file has it; a cycle counts its last step too. */
    private static Place place(Schedule schedule, Fall fall, Subject subject) {
        double end = fall.start() + fall.length();
        List<BigDecimal> lengths =
                Stream.of(fall.length(), end, end + 1).map(BigDecimal::valueOf).toList();
        return schedule.values().stream()
                .map(Schedule.NamedValue::value)
                .filter(value -> lengths.stream().anyMatch(length -> length.compareTo(value.decimal()) == 0))
                .flatMap(value -> value.place().stream())
                .findFirst()
                .orElseGet(() -> Place.start(subject.source()));
    }
}
