package samestep.dialect.pytorch.program;

import java.util.List;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.RecordedCall;
import samestep.program.value.Show;
import samestep.program.value.Value;

/** Where several batches make one update: whether gradients are set to zero in the turns between two updates. */
final class Phase {
    private Phase() {}

    /**
     * @param number of the call that sets gradients to zero
     * @param backward the number of the backward pass
     */
    static boolean isOfUpdate(Circumstances zeroed, int number, RecordedCall step, int backward) {
        List<Condition> ours = counted(zeroed);
        List<Condition> steps = counted(step.circumstances());
        if (ours.isEmpty() || steps.isEmpty()) {
            return true;
        }
        return steps.stream()
                .anyMatch(s -> ours.stream().anyMatch(o -> {
                    boolean isFirst = number < backward && isTurn(o.test(), 0) && isTurn(s.test(), 1);
                    boolean isSame = o.place().equals(s.place())
                            || o.holds() == s.holds() && Show.value(o.test()).equals(Show.value(s.test()));
                    return isSame
                            ? number > step.number()
                            : isFirst && every(o.test()).equals(every(s.test()));
                }));
    }

    private static List<Condition> counted(Circumstances when) {
        return when.conditions().stream()
                .filter(c -> Gradients.isCounted(c.test()))
                .toList();
    }

    /** {@code i % n == 0}, or {@code (i + 1) % n == 0}. */
    private static boolean isTurn(Value test, int more) {
        if (!(test instanceof Value.Computed zero)
                || !zero.operator().equals("==")
                || !isNumber(zero.operands().get(1), 0)
                || !(zero.operands().get(0) instanceof Value.Computed rest)
                || !rest.operator().equals("%")) {
            return false;
        }
        Value count = rest.operands().get(0);
        boolean isSum = count instanceof Value.Computed sum
                && sum.operator().equals("+")
                && sum.operands().stream().anyMatch(v -> isNumber(v, 1));
        return more == 1 ? isSum : !(count instanceof Value.Computed);
    }

    private static boolean isNumber(Value value, int number) {
        return value instanceof Value.Number n && n.value() == number;
    }

    private static String every(Value test) {
        return test instanceof Value.Computed zero && zero.operands().get(0) instanceof Value.Computed rest
                ? Show.value(rest.operands().get(1))
                : Show.value(test);
    }
}
