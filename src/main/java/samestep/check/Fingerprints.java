package samestep.check;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Finding;
import samestep.finding.Place;

/**
 * Names for findings that stay the same while lines move: of the code, the file, what stands in the line, and which of
 * several equal ones it is.
 */
final class Fingerprints {
    private static final int BYTES = 16;

    private Fingerprints() {}

    /** The findings with their names, in the same order. */
    static List<Found> of(List<Finding> findings) {
        Map<String, Integer> counts = new HashMap<>();
        List<Found> found = new ArrayList<>();
        for (Finding finding : findings) {
            Place place = finding.place().orElseThrow();
            String line = place.source().line(place.position().line()).strip().replaceAll("\\s+", " ");
            String key = finding.code() + "\n" + place.source().name().replace('\\', '/') + "\n" + line;
            int count = counts.merge(key, 1, Integer::sum);
            found.add(new Found(finding, hash(key + "\n" + count), Optional.empty()));
        }
        return found;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
