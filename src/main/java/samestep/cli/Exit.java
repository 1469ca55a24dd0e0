package samestep.cli;

import java.util.List;

/** Exit codes. */
final class Exit {
    /** What each means, as docs/exit-codes.md and the help of every command say it. */
    static final List<Meaning> TABLE = List.of(
            new Meaning(0, "proven to be the same training; nothing found; written"),
            new Meaning(1, "not proven, a finding at or above --fail-on, or --fix changed a file"),
            new Meaning(2, "wrong usage, or input that cannot be used"),
            new Meaning(70, "a defect of this tool"),
            new Meaning(74, "the output could not be written completely"));

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

    /** A code and what it means. */
    record Meaning(int code, String words) {
        String line() {
            return "  " + (code + "  ").substring(0, 3) + " " + words;
        }
    }
}
