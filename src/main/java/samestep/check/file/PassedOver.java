package samestep.check.file;

import samestep.check.Fingerprints;
import samestep.finding.Code;
import samestep.finding.Finding;

/**
 * A file that was not checked.
 *
 * @param file as it was named, or found
 * @param kind why, as a category
 * @param why why, in words that follow the file's name
 * @param named whether you named it; if not, it was found in a folder
 */
public record PassedOver(String file, Kind kind, String why, boolean named) {
    /** Why a file was not checked, in kind. */
    public enum Kind {
        /** It could not be read, so its content is not known. */
        UNREAD,
        /** It is a configuration of a kind that cannot be read yet. */
        UNSUPPORTED,
        /** It is not a configuration. */
        OTHER
    }

    public static PassedOver unread(String file, String why) {
        return new PassedOver(file, Kind.UNREAD, why, false);
    }

    /** For a file that you named: an error, because it would look as if it had been checked. */
    public Finding error() {
        return Finding.of(Code.SS002, file + ": " + why);
    }

    /** The same for the same file in another run: 32 hexadecimal digits. */
    public String fingerprint() {
        return Fingerprints.hash(Code.SS002 + " " + file);
    }

    public static PassedOver unsupported(String file, String form) {
        return new PassedOver(file, Kind.UNSUPPORTED, "is " + form + ", which cannot be read yet", false);
    }

    public static PassedOver other(String file) {
        return new PassedOver(file, Kind.OTHER, "is not a configuration of a known framework", false);
    }

    public static PassedOver empty(String file) {
        return new PassedOver(file, Kind.OTHER, "is empty", false);
    }

    /** The same file, and whether you named it. */
    public PassedOver named(boolean byName) {
        return new PassedOver(file, kind, why, byName);
    }
}
