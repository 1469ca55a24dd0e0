package samestep.trainer;

/** Which numbers a run computes with. */
public enum Precision {
    /** The decimals as they are written, in double precision. */
    AS_WRITTEN,
    /** Rounded to single precision wherever the framework does it, also in a double-precision model. */
    AS_SHIPPED
}
