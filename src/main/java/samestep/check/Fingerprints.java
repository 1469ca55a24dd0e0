package samestep.check;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.check.setting.CheckSettings;
import samestep.finding.Finding;
import samestep.finding.Place;

/**
 * Names for findings that stay the same while lines move: made from the code, the file, the text of the line, and which
 * of several equal ones it is.
 */
public final class Fingerprints {
    private static final int BYTES = 16;
    private static final int LONG = 500;

    private Fingerprints() {}

    /** The findings with what names are made of, in the same order; files are named as the settings see them. */
    static List<Found> of(List<Finding> findings, CheckSettings settings) {
        Map<String, Integer> counts = new HashMap<>();
        List<Found> found = new ArrayList<>();
        for (Finding finding : findings) {
            Place place = finding.place().orElseThrow();
            String file = settings.relative(Path.of(place.source().name())).toString();
            String key = finding.code() + "\n" + file.replace('\\', '/') + "\n" + words(place);
            int count = counts.merge(key, 1, Integer::sum);
            found.add(new Found(finding, key + "\n" + count, Optional.empty()));
        }
        return found;
    }

    /** The text of the line; in a document of one long line, the text at the place itself. */
    private static String words(Place place) {
        String line = place.source().line(place.position().line());
        return String.join(
                " ", (line.length() > LONG ? place.text() : line).strip().split("\\s+"));
    }

    /** The name itself: short, and one way. */
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
