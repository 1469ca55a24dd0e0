package samestep.check;

import java.io.File;
import java.util.Optional;
import java.util.regex.Pattern;
import samestep.finding.Finding;
import samestep.text.SourceText;

/**
 * A finding of a check.
 *
 * @param finding what was found, at a place
 * @param identity what makes it this finding and no other, wherever its line has moved to
 * @param suppressed why it is not reported, if it is not
 */
public record Found(Finding finding, String identity, Optional<Suppressed> suppressed) {
    /** A text in an archive has its name after the archive's name. */
    private static final Pattern PART = Pattern.compile("(\\.(?:keras|h5|hdf5))#[^/\\\\]*$");

    /**
     * Why a finding is not reported.
     *
     * @param inSource whether a comment in the file says so, and not the settings or a baseline
     * @param reason as it is written; may be empty
     */
    public record Suppressed(boolean inSource, String reason) {}

    /** The file, with slashes. */
    public String file() {
        return file(finding.place().orElseThrow().source());
    }

    /** The file that a text is, or that it is a part of, with slashes. */
    public static String file(SourceText text) {
        return PART.matcher(text.name()).replaceFirst("$1").replace(File.separatorChar, '/');
    }

    /** The same for the same finding in another run, wherever its line has moved to: 32 hexadecimal digits. */
    public String fingerprint() {
        return Fingerprints.hash(identity);
    }

    /** Whether it is reported. */
    public boolean isReported() {
        return suppressed.isEmpty();
    }

    /** The same, not reported. */
    Found without(Suppressed reason) {
        return new Found(finding, identity, Optional.of(reason));
    }
}
