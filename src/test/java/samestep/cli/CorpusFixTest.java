package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Laws of --fix over pairs of real files: nothing ends as a defect, a second run changes nothing, the source is never
 * written, and no number of updates is written for a number of epochs.
 */
class CorpusFixTest {
    /** All 2,000 take about 20 minutes: {@code -Dsamestep.fix=2000}. */
    private static final int PAIRS = Integer.getInteger("samestep.fix", 16);

    private static final long SEED = Long.getLong("samestep.seed", 20261128);
    private static final int DEFECT = 70;

    @TempDir
    Path folder;

    private final List<String> broken = new ArrayList<>();
    private int mended;
    private int same;

    @Test
    void aSecondRunChangesNothing() throws IOException {
        Path corpus = Path.of("../shared/corpus");
        Assumptions.assumeTrue(Files.isDirectory(corpus), "../shared/corpus is not there");
        CorpusPairs pairs = new CorpusPairs(corpus, SEED);
        int tried = 0;
        for (int i = 0; tried < PAIRS && i < 20 * PAIRS + pairs.files(); i++) {
            Optional<CorpusPairs.Pair> pair = pairs.pair(i);
            if (pair.isPresent()) {
                try {
                    hold(pair.get(), tried++);
                } catch (RuntimeException e) {
                    broken.add(tried + " " + e);
                }
            }
        }
        System.out.println(tried + " pairs, " + mended + " mended, " + same + " the same or without an edit");
        assertEquals(List.of(), broken);
        assertTrue(mended * 5 > tried, "something was mended in " + mended + " of " + tried);
    }

    private void hold(CorpusPairs.Pair pair, int number) throws IOException {
        Path place = Files.createDirectories(folder.resolve("p" + number));
        Files.createDirectories(place.resolve(".git"));
        Path source = Files.writeString(
                place.resolve(pair.source().name()), pair.source().text());
        Path target = Files.writeString(
                place.resolve(pair.target().name()), pair.target().text());
        Path settings = Files.writeString(
                place.resolve("samestep.yaml"),
                "pairs: [{source: '" + source.getFileName() + "', target: '" + target.getFileName() + "'}]\n");
        String option = number % 3 == 0 ? "--unsafe-fixes" : "--fix";
        String[] command = {"check", "--config", settings.toString(), option, target.toString()};
        int once = CommandRunner.run(command).code();
        String first = Files.readString(target);
        int twice = CommandRunner.run(command).code();
        String second = Files.readString(target);
        String label = "pair " + number + " " + option + ": " + source.getFileName() + " to " + target.getFileName();
        expect(once < DEFECT && twice < DEFECT, label + ": ended with " + once + " and " + twice);
        expect(first.equals(second), label + ": a second run changes " + change(first, second));
        expect(Files.readString(source).equals(pair.source().text()), label + ": the source was written");
        String before = pair.target().text();
        if (epochs(pair.source().text()).isEmpty()) {
            expect(epochs(before).equals(epochs(first)), label + ": epochs " + change(before, first));
        }
        if (before.equals(first)) {
            same++;
        } else {
            mended++;
        }
        if (System.getProperty("samestep.show") != null) {
            System.out.println(label + (before.equals(first) ? ": unchanged" : change(before, first)));
        }
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    /** The lines that count epochs, without those that are comments. */
    private static List<String> epochs(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("#.*", "").toLowerCase(Locale.ROOT))
                .filter(line -> line.contains("epoch"))
                .toList();
    }

    private static String change(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        StringBuilder text = new StringBuilder();
        old.stream()
                .filter(line -> !now.contains(line))
                .limit(6)
                .forEach(line -> text.append("\n- ").append(line));
        now.stream()
                .filter(line -> !old.contains(line))
                .limit(6)
                .forEach(line -> text.append("\n+ ").append(line));
        return text.toString();
    }
}
