package samestep.translate;

import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;

/** Keeps a schedule that counts epochs from being written where it would count updates. */
final class EpochGuard {
    private EpochGuard() {}

    /** Whether a recipe's rate changes with the epochs, and how many updates one has is not known. */
    static boolean countsEpochs(Recipe recipe) {
        Schedule schedule = recipe.schedule();
        return schedule.countsEpochs() && !(schedule.form() instanceof ScheduleForm.Constant);
    }

    /** Whether what was written for it counts its steps as updates. */
    static boolean mistakes(Schedule written) {
        return written.unit() == Schedule.Unit.UPDATES && !(written.form() instanceof ScheduleForm.Constant);
    }

    /** The same with a constant rate: the one that the schedule is of. */
    static Recipe constant(Recipe recipe) {
        Schedule schedule = recipe.schedule();
        var start = schedule.values().stream()
                .findFirst()
                .map(v -> v.value().value())
                .orElseGet(() -> ScheduleForms.base(schedule.form(), schedule.formula()));
        Schedule other = Schedule.of(new ScheduleForm.Constant(start), 1, schedule.horizon(), "a constant rate")
                .withValues(schedule.values().stream().limit(1).toList());
        return recipe.withRates(other, ScheduleForm.ONE);
    }

    /** What to say of it. */
    static Finding finding(Recipe recipe) {
        Schedule schedule = recipe.schedule();
        return Finding.of(
                        Code.SS402,
                        "the schedule " + schedule.name() + " counts "
                                + schedule.unit().words()
                                + ", and steps per epoch are not known: --updates-per-epoch N or --dataset-size N says"
                                + " it")
                .at(schedule.values().stream()
                        .findFirst()
                        .map(Schedule.NamedValue::value)
                        .flatMap(Quantity::place))
                .detail("Written: a constant rate.");
    }
}
