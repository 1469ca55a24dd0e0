package samestep.check;

/**
 * A file that was not checked.
 *
 * @param file as it was named, or found
 * @param kind why, in kind
 * @param why why, in words that follow the file's name
 */
public record PassedOver(String file, Kind kind, String why) {
    /** Why a file was not checked, in kind. */
    public enum Kind {
        /** It could not be read, so nobody knows what it is. */
        UNREAD,
        /** It is a configuration of a kind that cannot be read yet. */
        UNSUPPORTED,
        /** It is no configuration. */
        OTHER
    }

    static PassedOver unread(String file, String why) {
        return new PassedOver(file, Kind.UNREAD, why);
    }

    static PassedOver unsupported(String file, String form) {
        return new PassedOver(file, Kind.UNSUPPORTED, "is " + form + ", which cannot be read yet");
    }

    static PassedOver other(String file) {
        return new PassedOver(file, Kind.OTHER, "is not a configuration of a known framework");
    }
}
