package samestep.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A file that cannot be written. The message names the file and the reason. */
public final class UnwritableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    UnwritableFileException(String name, String reason, IOException cause) {
        super(name + ": " + reason, cause);
        this.reason = reason;
    }

    /** Why, in words that follow the file's name. */
    public String reason() {
        return reason;
    }

    /** Why something failed, without the name of a file: Java's message of a missing permission is the name alone. */
    static String reason(IOException problem) {
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (problem instanceof NoSuchFileException) {
            return "no such file";
        }
        String words = problem instanceof FileSystemException file ? file.getReason() : problem.getMessage();
        return words == null ? "cannot be written" : words;
    }
}
