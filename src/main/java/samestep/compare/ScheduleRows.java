package samestep.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.compare.ValueRow.Side;
import samestep.equation.Exact;
import samestep.equation.Expression;
import samestep.recipe.Schedule;
import samestep.recipe.Schedule.NamedValue;
import samestep.recipe.ScheduleForm;

/** The numbers of two learning rates side by side, as far as they play the same part in both. */
final class ScheduleRows {
    private ScheduleRows() {}

    /** One row for each pair of numbers; none where the schedules are of different forms. */
    static List<ValueRow> of(Schedule source, Schedule target) {
        List<NamedValue> here = source.values();
        List<NamedValue> there = target.values();
        List<ValueRow> rows = new ArrayList<>();
        if (names(here).equals(names(there))) {
            for (int i = 0; i < here.size(); i++) {
                rows.add(row(here.get(i), there.get(i)));
            }
            return rows;
        }
        Optional<ScheduleForm> left = source.formInUpdates();
        Optional<ScheduleForm> right = target.formInUpdates();
        if (left.isEmpty()
                || right.isEmpty()
                || left.get().getClass() != right.get().getClass()) {
            return rows;
        }
        List<Expression> ours = left.get().parameters();
        List<Expression> theirs = right.get().parameters();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            Optional<NamedValue> one = named(ours.get(i), here);
            Optional<NamedValue> other = named(theirs.get(i), there);
            if (one.isPresent() && other.isPresent()) {
                rows.add(row(one.get(), other.get()));
            }
        }
        return rows;
    }

    private static List<String> names(List<NamedValue> values) {
        return values.stream().map(NamedValue::field).toList();
    }

    /** The number that a parameter of the form is; none where it is made of several. */
    private static Optional<NamedValue> named(Expression parameter, List<NamedValue> values) {
        BigDecimal wanted = Exact.value(parameter);
        List<NamedValue> equal = values.stream()
                .filter(v -> v.value().decimal().compareTo(wanted) == 0)
                .toList();
        return equal.size() == 1 ? Optional.of(equal.get(0)) : Optional.empty();
    }

    private static ValueRow row(NamedValue here, NamedValue there) {
        boolean same = here.value().decimal().compareTo(there.value().decimal()) == 0;
        return new ValueRow("rate: " + here.field(), List.of(), Side.of(here.value()), Side.of(there.value()), same);
    }
}
