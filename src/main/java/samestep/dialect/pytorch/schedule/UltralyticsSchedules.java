package samestep.dialect.pytorch.schedule;

import static samestep.dialect.pytorch.schedule.PytorchSchedules.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Function;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;

/**
 * Ultralytics' schedules without their warm-up. Source: _setup_scheduler and _do_train in ultralytics/engine/trainer.py of
 * 8.4.190. Batches are counted through all epochs, so an update may begin in one epoch and end in a later one, which has the rate.
 */
final class UltralyticsSchedules {
    private static final Expression ONE = ScheduleForm.ONE;
    /** A run of more epochs is a formula, and no list of rates. */
    private static final long MOST_PIECES = 1_000;

    private UltralyticsSchedules() {}

    /** The form; empty where it is not known. */
    static Optional<ScheduleForm> form(PytorchObject schedule, Expression base) {
        Expression epochs = value(schedule, "epochs", "100");
        Expression end = base.times(value(schedule, "lrf", "0.01"));
        Optional<ScheduleForm> form = switch (schedule.classPath()) {
            case "ultralytics.linear", "ultralytics.linear-without-warm-up" ->
                Optional.of(new ScheduleForm.Polynomial(base, end, epochs, ONE, true));
            case "ultralytics.cosine", "ultralytics.cosine-without-warm-up" ->
                Optional.of(new Cosine(base, end, epochs, false));
            default -> Optional.empty();
        };
        Optional<Quantity> batches = schedule.number("batches");
        return batches.isEmpty()
                ? form
                : form.map(f -> inUpdates(
                        f,
                        Exact.ceiling(batches.get().value()),
                        Exact.ceiling(value(schedule, "accumulate", "1")),
                        Exact.ceiling(epochs)));
    }

    /** The rate of an update is that of the epoch of its last batch. */
    private static ScheduleForm inUpdates(ScheduleForm form, long batches, long accumulate, long epochs) {
        if (epochs > MOST_PIECES) {
            Expression each = Expression.literal(accumulate);
            Expression last = ScheduleForm.T.plus(ONE).times(each).minus(ONE);
            Expression epoch = Expression.call(Function.FLOOR, last.over(Expression.literal(batches)));
            return new ScheduleForm.Other(Expressions.substitute(form.formula(), Map.of(Builtin.T, epoch)));
        }
        Map<Long, Expression> rates = new TreeMap<>();
        for (long epoch = 0; epoch < epochs; epoch++) {
            // The first update whose last batch is in this epoch or after it.
            rates.put(epoch * batches / accumulate, WarmUp.at(form, Expression.literal(epoch)));
        }
        List<Long> starts = new ArrayList<>(rates.keySet());
        List<Expression> values = new ArrayList<>(rates.values());
        return starts.size() == 1
                ? new ScheduleForm.Constant(values.get(0))
                : new ScheduleForm.Steps(starts.subList(1, starts.size()), values);
    }
}
