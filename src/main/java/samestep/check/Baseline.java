package samestep.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import samestep.check.setting.Levels;
import samestep.text.AtomicFile;
import samestep.text.SourceReader;

/**
 * Findings that are known already, in a file of one line each: fingerprint, code and file. Only the fingerprint counts; the
 * rest is for people.
 */
public final class Baseline {
    private static final String TITLE =
            "# samestep baseline 1: findings that are not reported; made by check --baseline";

    private Baseline() {}

    /** Whether findings are read from it, or are to be recorded in it. */
    public static boolean exists(Path file) {
        return Files.exists(file);
    }

    /**
     * The result without what the baseline knows.
     *
     * @throws IOException when the file cannot be read or is not a baseline
     */
    public static CheckResult apply(Path file, CheckResult result) throws IOException {
        Optional<String> special = SourceReader.special(file);
        if (special.isPresent()) {
            throw new IOException(file + " " + special.get());
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.isEmpty() || !lines.get(0).startsWith("# samestep baseline 1")) {
            throw new IOException(file + " is not a baseline");
        }
        Set<String> known = new HashSet<>();
        lines.stream().skip(1).forEach(line -> known.add(line.split(" ", 2)[0]));
        List<Found> found = new ArrayList<>();
        for (Found one : result.found()) {
            boolean old = one.isReported() && known.contains(one.fingerprint());
            found.add(old ? one.without(new Found.Suppressed(false, "in the baseline")) : one);
        }
        return result.withFound(found);
    }

    /** Writes all that is reported. */
    public static int record(Path file, CheckResult result) throws IOException {
        TreeSet<String> lines = new TreeSet<>();
        result.found().stream()
                .filter(f -> f.isReported() && !Levels.explains(f.finding()))
                .forEach(f -> lines.add(f.fingerprint() + " " + f.finding().code() + " " + f.file()));
        AtomicFile.write(file, TITLE + "\n" + String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"));
        return lines.size();
    }
}
