package samestep.dialect.tensorflow.program.call;

import java.util.List;
import samestep.program.value.Circumstances;
import samestep.program.value.Circumstances.Condition;

/** Conditions of a program that are not known. */
public final class Conditions {
    private Conditions() {}

    /** What holds if one or the other holds, as far as both say the same; what one needs and the other excludes is open. */
    public static List<Condition> either(Circumstances one, Circumstances other) {
        return one.conditions().stream()
                .filter(c -> other.conditions().stream().anyMatch(o -> isSame(c, o)))
                .toList();
    }

    /** Whether two are the same condition with the same answer. */
    static boolean isSame(Condition one, Condition other) {
        return one.holds() == other.holds() && one.place().equals(other.place());
    }
}
