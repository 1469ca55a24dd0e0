package samestep.check.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/** A drop of the learning rate at a step that the run does not reach. */
final class DropAfterTheEnd extends RecipeRule {
    /** A step this many runs away is clearly not meant to be reached. */
    private static final BigDecimal FAR = BigDecimal.valueOf(10);

    @Override
    public Code code() {
        return Code.SS608;
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        Schedule schedule = recipe.schedule();
        List<Finding> findings = new ArrayList<>();
        Optional<RunLength> run = RunLength.of(schedule, subject.source());
        run.ifPresent(length ->
                late(schedule, length.steps()).forEach(step -> findings.add(finding(schedule, step, length, subject))));
        Optional<Finding> worst = findings.stream().max(Comparator.comparing(Finding::severity));
        return worst.map(w -> findings.size() == 1 ? w : w.detail(alsoLate(findings.size() - 1))).stream()
                .toList();
    }

    private static String alsoLate(int count) {
        return "The same holds for " + count + (count == 1 ? " more drop." : " more drops.");
    }

    /** The drops that are never reached; of an endless staircase, the first if even that is not reached. */
    private static List<BigDecimal> late(Schedule schedule, long end) {
        List<BigDecimal> milestones = schedule.values().stream()
                .filter(value -> value.field().startsWith("milestones"))
                .map(value -> value.value().decimal())
                .toList();
        return milestones.isEmpty()
                ? late(schedule.form(), end)
                : milestones.stream()
                        .filter(step -> step.compareTo(BigDecimal.valueOf(end)) >= 0)
                        .toList();
    }

    private static List<BigDecimal> late(ScheduleForm form, long end) {
        if (form instanceof ScheduleForm.Steps steps) {
            return steps.starts().stream()
                    .filter(start -> start >= end)
                    .map(BigDecimal::valueOf)
                    .toList();
        }
        if (form instanceof ScheduleForm.Staircase staircase && !isOne(staircase.factor())) {
            BigDecimal every = Exact.value(staircase.every());
            return every.compareTo(BigDecimal.valueOf(end)) >= 0 ? List.of(every) : List.of();
        }
        return form instanceof Sequence sequence ? late(sequence, end) : List.of();
    }

    /** Each piece counts from its own start; one that is not reached has no drop of its own. */
    private static List<BigDecimal> late(Sequence sequence, long end) {
        List<BigDecimal> late = new ArrayList<>();
        for (int i = 0; i < sequence.pieces().size(); i++) {
            long from = i == 0 ? 0 : sequence.starts().get(i - 1);
            if (from < end) {
                late(sequence.pieces().get(i), end - from)
                        .forEach(step -> late.add(step.add(BigDecimal.valueOf(from))));
            }
        }
        return late;
    }

    private static boolean isOne(Expression factor) {
        return Exact.value(factor).compareTo(BigDecimal.ONE) == 0;
    }

    private static Finding finding(Schedule schedule, BigDecimal step, RunLength run, Subject subject) {
        // Darknet counts updates from 1.
        Optional<Place> place = placeOf(schedule, step).or(() -> placeOf(schedule, step.add(BigDecimal.ONE)));
        Finding finding = Finding.at(
                place.orElseGet(() -> Place.start(subject.source())),
                Code.SS608,
                "the rate does not drop at " + step.toBigInteger() + ": the run has " + run.words()
                        + ", counted from 0");
        return isMeant(schedule.form(), step, run.steps()) ? finding.as(Severity.NOTE) : finding;
    }

    private static Optional<Place> placeOf(Schedule schedule, BigDecimal step) {
        return schedule.values().stream()
                .map(Schedule.NamedValue::value)
                .filter(value -> value.decimal().compareTo(step) == 0)
                .flatMap(value -> value.place().stream())
                .findFirst();
    }

    /** Many close the list with the end of the run, and many write a step of millions for a constant rate. */
    private static boolean isMeant(ScheduleForm form, BigDecimal step, long end) {
        BigDecimal last = BigDecimal.valueOf(end);
        return step.compareTo(last) == 0
                || form instanceof ScheduleForm.Staircase && step.compareTo(last.multiply(FAR)) >= 0;
    }
}
