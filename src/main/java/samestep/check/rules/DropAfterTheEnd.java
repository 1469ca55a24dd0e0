package samestep.check.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;

/** A drop of the learning rate at a step that the run does not reach. */
final class DropAfterTheEnd extends RecipeRule {
    @Override
    public Code code() {
        return Code.SS608;
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        Schedule schedule = recipe.schedule();
        List<Finding> findings = new ArrayList<>();
        if (schedule.horizon().isPresent() && schedule.microSteps() == 1) {
            long end = schedule.horizon().getAsLong();
            late(schedule.form(), end).forEach(step -> findings.add(finding(schedule, step, end, subject)));
        }
        return findings.size() <= 1
                ? findings
                : List.of(findings.get(0).detail("The same holds for " + (findings.size() - 1) + " more drops."));
    }

    /** The first drops that are never reached. */
    private static List<BigDecimal> late(ScheduleForm form, long end) {
        if (form instanceof ScheduleForm.Steps steps) {
            return steps.starts().stream()
                    .filter(start -> start >= end)
                    .map(BigDecimal::valueOf)
                    .toList();
        }
        if (form instanceof ScheduleForm.Staircase staircase) {
            BigDecimal every = Exact.value(staircase.every());
            return every.compareTo(BigDecimal.valueOf(end)) >= 0 ? List.of(every) : List.of();
        }
        return List.of();
    }

    private static Finding finding(Schedule schedule, BigDecimal step, long end, Subject subject) {
        Optional<Place> place = schedule.values().stream()
                .map(Schedule.NamedValue::value)
                .filter(value -> value.decimal().compareTo(step) == 0)
                .flatMap(value -> value.place().stream())
                .findFirst();
        return Finding.at(
                place.orElseGet(() -> Place.start(subject.source())),
                Code.SS608,
                "the rate does not drop at " + step.toBigInteger() + ": the run has " + end
                        + " updates, counted from 0");
    }
}
