package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import samestep.docs.PairRow;

/** {@code frameworks --matrix} counts what docs/pairs.md lists. */
class PairMatrixTest {
    private static final Path COUNTS = Path.of("src/main/resources/samestep/report/pairs.txt");
    private static final int NONE = 0;
    private static final int CONSTANT = 1;
    private static final int EXACT = 2;

    @Test
    void theCountsAreThoseOfThePage() throws IOException {
        StringBuilder counts = new StringBuilder();
        Map<String, Map<String, Integer>> pairs = best();
        pairs.forEach((pair, optimizers) -> counts.append(String.join(
                        " ",
                        pair,
                        count(optimizers, EXACT),
                        count(optimizers, CONSTANT),
                        Integer.toString(optimizers.size())))
                .append('\n'));
        assertEquals(30, pairs.size(), "each of six frameworks with each other one");
        Path written = Path.of("target/pairs.txt");
        Files.writeString(written, counts);
        assertEquals(
                counts.toString(),
                Files.exists(COUNTS) ? Files.readString(COUNTS) : "",
                "if this is right: cp " + written + " " + COUNTS);
    }

    private static String count(Map<String, Integer> optimizers, int kind) {
        return Long.toString(
                optimizers.values().stream().filter(best -> best == kind).count());
    }

    /** The best verdict of each optimizer of a pair of frameworks; one with a flag on is one of its own. */
    private static Map<String, Map<String, Integer>> best() throws IOException {
        Map<String, Map<String, Integer>> pairs = new LinkedHashMap<>();
        for (PairRow row : PairRow.all()) {
            String pair = PairRow.framework(row.first()) + " " + PairRow.framework(row.second());
            pairs.computeIfAbsent(pair, p -> new TreeMap<>())
                    .merge(row.first(), kind(row.verdict(), row.why()), Math::max);
        }
        return pairs;
    }

    private static int kind(String verdict, String why) {
        if (verdict.equals("**exact**")) {
            return EXACT;
        }
        return verdict.equals("**exact while**") && why.startsWith("the learning rate is constant") ? CONSTANT : NONE;
    }

    @Test
    void everyFrameworkHasARowAndAColumn() {
        CommandRunner.Result result = CommandRunner.run("frameworks", "--matrix");
        assertEquals(0, result.code(), result.err());
        List<String> lines = result.out().lines().toList();
        assertTrue(
                lines.get(0).matches("from \\\\ to +caffe +keras +pytorch +tensorflow +darknet +jax *"), lines.get(0));
        assertTrue(lines.get(1).matches("caffe +- +\\d+(\\+\\d+)?/6 .*"), lines.get(1));
        lines.forEach(line -> assertTrue(line.length() <= 80, line));
    }
}
