package samestep.equation.run;

import samestep.equation.Builtin;

/** Hands out slots of frames, so that several programs can run in one frame without meeting. */
public final class FrameLayout {
    private int next = Builtin.NAMES.size();

    int allocate() {
        return next++;
    }
}
