package samestep.compare.induction;

import java.util.HashSet;
import java.util.Set;
import samestep.equation.Equations;
import samestep.equation.Extent;
import samestep.equation.Statement;

/**
 * Numbers that several tensors share. Where each tensor changes them, they depend on how many tensors there are and in which
 * order they come; a question has one tensor of each kind, so nothing is proven of those.
 */
final class SharedNumbers {
    private SharedNumbers() {}

    /** Whether the part of the equations that runs for each tensor assigns a number of the run or of a group. */
    static boolean areChangedByTensors(Equations equations) {
        Set<String> shared = new HashSet<>();
        for (Equations.State state : equations.states()) {
            if (state.extent() == Extent.ALL || state.extent() == Extent.GROUP) {
                shared.add(state.name());
            }
        }
        shared.addAll(Statement.assigned(equations.step()));
        Set<String> changed = Statement.assigned(equations.parameter());
        changed.addAll(Statement.assigned(equations.body()));
        changed.retainAll(shared);
        return !changed.isEmpty();
    }
}
