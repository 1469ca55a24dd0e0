package samestep.equation;

import java.util.List;

/** The names that every equation may use without declaring them. */
public final class Builtin {
    /** The gradient as it arrives at this stage. */
    public static final String G = "g";
    /** The weight. */
    public static final String W = "w";
    /** The weight before this update. */
    public static final String W_OLD = "w_old";
    /** The learning rate of this update, times the tensor's multiplier. */
    public static final String ETA = "eta";
    /** The learning rate of the update before; the first update's own at the first. */
    public static final String ETA_PREV = "eta_prev";
    /** The learning rate of the first update. */
    public static final String ETA_0 = "eta_0";
    /** The largest learning rate of the run. */
    public static final String ETA_MAX = "eta_max";
    /** The number of updates before this one: 0 at the first. */
    public static final String T = "t";
    /** The number of this update: 1 at the first. */
    public static final String K = "k";
    /** The number of micro-steps before the last one of this update. */
    public static final String MICRO = "micro";
    /** One at a tensor's first update, zero after. */
    public static final String FIRST = "first";
    /** The number of samples in a micro-step's batch. */
    public static final String BATCH = "batch";
    /** The number of outputs of the model for one sample. */
    public static final String OUTPUTS = "outputs";

    /** All of them; the index is the slot in a frame. */
    public static final List<String> NAMES =
            List.of(G, W, W_OLD, ETA, ETA_PREV, ETA_0, ETA_MAX, T, K, MICRO, FIRST, BATCH, OUTPUTS);

    private Builtin() {}

    /**
     * The slot of one of these names, for callers that ask often.
     *
     * @throws IllegalArgumentException for another name
     */
    public static int slot(String name) {
        int slot = NAMES.indexOf(name);
        if (slot < 0) {
            throw new IllegalArgumentException(name);
        }
        return slot;
    }
}
