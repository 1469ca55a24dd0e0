package samestep.translate;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.text.LatePattern;

/**
 * A file, and which of several trainings in it is meant: {@code train.py:optimizer_G}. Only programs have parts.
 *
 * @param file the file's name
 * @param part the name of a variable or a function; empty where all of the file is meant
 */
public record NamedPart(String file, Optional<String> part) {
    private static final LatePattern NAMED =
            new LatePattern("(?s)(.*\\.(?:py|ipynb)):([A-Za-z_][\\w.]*)", Pattern.CASE_INSENSITIVE);

    /** Splits the name that you wrote. */
    public static NamedPart of(String written) {
        if (written.indexOf(':') < 0) {
            return new NamedPart(written, Optional.empty());
        }
        Matcher named = NAMED.matcher(written);
        return named.matches()
                ? new NamedPart(named.group(1), Optional.of(named.group(2)))
                : new NamedPart(written, Optional.empty());
    }
}
