package samestep.compare.induction;

/** Thrown where the equations need what residues do not have, such as a logarithm. */
final class Unprovable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unprovable(String what) {
        super(what, null, false, false);
    }
}
