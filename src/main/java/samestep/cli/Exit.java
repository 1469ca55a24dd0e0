package samestep.cli;

/** Exit codes. */
final class Exit {
    /** Proven to be the same training, or nothing found. */
    static final int SAME = 0;
    /** Not proven to be the same training, or findings at or above the level that fails. */
    static final int NOT_PROVEN = 1;
    /** Wrong usage, or input that cannot be used. */
    static final int USAGE = 2;
    /** A defect of Samestep itself. */
    static final int DEFECT = 70;

    /** Standard output could not be written to its end; as {@code EX_IOERR} of {@code sysexits.h}. */
    static final int OUTPUT = 74;

    private Exit() {}
}
