package samestep.compare.induction;

/** Thrown at a point where a root is asked for of what stands for no positive number: another point is drawn. */
final class NoSuchRoot extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchRoot() {
        super("not a square", null, false, false);
    }
}
