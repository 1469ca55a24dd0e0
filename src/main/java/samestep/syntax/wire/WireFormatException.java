package samestep.syntax.wire;

/** Bytes that are not a message of protobuf's binary format: cut off, or something else altogether. */
public final class WireFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, and where. */
    public WireFormatException(String message) {
        super(message);
    }
}
