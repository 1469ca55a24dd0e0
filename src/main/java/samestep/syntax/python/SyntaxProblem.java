package samestep.syntax.python;

/** Ends the reading of one statement; never leaves the room, and carries no stack trace. */
final class SyntaxProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SyntaxProblem(String message) {
        super(message, null, false, false);
    }
}
