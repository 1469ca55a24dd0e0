package samestep.serve;

/** A call that cannot be done; the message is what the client gets. */
final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ToolException(String message) {
        super(message);
    }
}
