package samestep.program.run;

/** Ends an interpretation that went too far; never leaves the room. */
final class LimitReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitReached(String what) {
        super(what, null, false, false);
    }
}
