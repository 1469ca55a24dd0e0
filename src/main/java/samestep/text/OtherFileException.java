package samestep.text;

/** A file that cannot be read as text because it is something else, such as an image or weights: no fault of the file. */
public final class OtherFileException extends UnreadableSourceException {
    private static final long serialVersionUID = 1L;

    public OtherFileException(String name, String reason) {
        super(name, reason);
    }
}
