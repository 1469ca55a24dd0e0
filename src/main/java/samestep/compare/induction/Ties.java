package samestep.compare.induction;

import java.util.Arrays;
import samestep.equation.Branch;
import samestep.equation.Function;

/**
 * Notes whether an update jumps anywhere: a {@code sign} or a comparison may do something of its own where both numbers are
 * equal, and random points never meet that. What is decided by constants, such as the first update, is met as it is.
 */
final class Ties implements Branch.Observer {
    private boolean possible;

    /** Whether two numbers were compared that may be equal for some gradients. */
    boolean arePossible() {
        return possible;
    }

    @Override
    public int register(String where, Function function) {
        return -1;
    }

    @Override
    public void saw(int branch, int sides) {}

    @Override
    public int jump(String where) {
        return 0;
    }

    @Override
    public void decided(int jump, Object values) {
        possible |= values instanceof Residue[] entries
                && Arrays.stream(entries).anyMatch(entry -> entry.constant().isEmpty());
    }
}
