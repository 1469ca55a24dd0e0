package samestep.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import samestep.compare.ValueRow.Side;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Schedule;
import samestep.recipe.Schedule.NamedValue;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/** The numbers of two learning rates side by side, as far as they play the same part in both. */
final class ScheduleRows {
    private ScheduleRows() {}

    /**
     * One row for each pair of numbers; no rows where the schedules are of different forms. Schedules that count
     * different things have words only: a number of one does not correspond to a number of the other, and nothing is to
     * be written from it.
     */
    static List<ValueRow> of(Schedule source, Schedule target) {
        List<NamedValue> here = source.values();
        List<NamedValue> there = target.values();
        List<ValueRow> rows = new ArrayList<>();
        if (source.unit() != target.unit()) {
            return names(here).equals(names(there)) ? inOtherUnits(source, target) : rows;
        }
        if (names(here).equals(names(there))) {
            for (int i = 0; i < here.size(); i++) {
                rows.add(row(here.get(i), there.get(i)));
            }
            return rows;
        }
        Optional<ScheduleForm> left = source.formInUpdates();
        Optional<ScheduleForm> right = target.formInUpdates();
        if (left.isEmpty() || right.isEmpty() || !isBuiltAlike(left.get(), right.get())) {
            return rows;
        }
        List<Expression> ours = numbers(left.get());
        List<Expression> theirs = numbers(right.get());
        for (int i = 0; i < ours.size(); i++) {
            Optional<NamedValue> one = named(ours.get(i), here);
            Optional<NamedValue> other = named(theirs.get(i), there);
            if (one.isPresent() && other.isPresent()) {
                rows.add(row(one.get(), other.get()));
            }
        }
        return rows;
    }

    /** Whether a number of one form has its part in the other at the same index of {@link #numbers}. */
    private static boolean isBuiltAlike(ScheduleForm one, ScheduleForm other) {
        if (one instanceof Sequence first && other instanceof Sequence second) {
            List<ScheduleForm> ours = first.pieces();
            List<ScheduleForm> theirs = second.pieces();
            return ours.size() == theirs.size()
                    && IntStream.range(0, ours.size()).allMatch(i -> isBuiltAlike(ours.get(i), theirs.get(i)));
        }
        return one.getClass() == other.getClass()
                && numbers(one).size() == numbers(other).size();
    }

    /** The numbers of a form; of pieces after each other their starts, too, and not which forms the pieces have. */
    private static List<Expression> numbers(ScheduleForm form) {
        if (form instanceof Sequence sequence) {
            return Stream.concat(
                            sequence.starts().stream().map(Expression::literal),
                            sequence.pieces().stream().flatMap(piece -> numbers(piece).stream()))
                    .toList();
        }
        return form.parameters();
    }

    private static List<ValueRow> inOtherUnits(Schedule source, Schedule target) {
        List<ValueRow> rows = new ArrayList<>(
                List.of(row(source.values().get(0), target.values().get(0))));
        for (int i = 1; i < source.values().size(); i++) {
            NamedValue here = source.values().get(i);
            rows.add(new ValueRow(
                    "rate: " + here.field(),
                    List.of(),
                    words(here, source),
                    words(target.values().get(i), target),
                    false));
        }
        return rows;
    }

    private static Side words(NamedValue value, Schedule schedule) {
        return Side.of(
                Side.of(value.value()).words() + ", in " + schedule.unit().words());
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
