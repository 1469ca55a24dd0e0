package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import samestep.check.CheckResult;
import samestep.check.RepositoryChecker;
import samestep.check.setting.CheckSettings;
import samestep.check.setting.Levels;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.text.Watcher;

/** The check over other people's configurations, where they are at hand: nothing stops it, and the page has the counts. */
class CheckCorpusTest {
    private static final Path CORPUS = Path.of("../shared/corpus");
    private static final Path PAGE = Path.of("docs/check-corpus.md");
    private static final String START = "<!-- counts -->\n";
    private static final String END = "<!-- end of counts -->";

    @Test
    void thePageHasTheCounts() throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS);
        CheckResult result = new RepositoryChecker(
                        Path.of(""),
                        CheckSettings.none(Path.of("").toAbsolutePath()),
                        false,
                        false,
                        samestep.dialect.Run.UNKNOWN)
                .check(List.of(CORPUS), Watcher.NOBODY)
                .value()
                .orElseThrow();
        assertEquals(List.of(), result.unreadable());
        assertIsSorted(result.reported());
        String page = Files.readString(PAGE);
        int start = page.indexOf(START) + START.length();
        assertTrue(start > START.length() && page.contains(END), "no place for the counts in " + PAGE);
        Page.assertIsCommitted(PAGE, page.substring(0, start) + counts(result) + page.substring(page.indexOf(END)));
    }

    private static void assertIsSorted(List<Finding> findings) {
        List<String> files = findings.stream()
                .map(f -> f.place().orElseThrow().source().name())
                .toList();
        assertEquals(files.stream().sorted(Comparator.naturalOrder()).toList(), files);
    }

    private static String counts(CheckResult result) {
        Map<Code, Map<Severity, Integer>> counts = new TreeMap<>();
        result.reported().stream()
                .filter(f -> !Levels.explains(f))
                .forEach(f -> counts.computeIfAbsent(f.code(), code -> new EnumMap<>(Severity.class))
                        .merge(f.severity(), 1, Integer::sum));
        StringBuilder table = new StringBuilder(result.files() + " files are configurations.\n\n"
                + "| finding | about | errors | warnings | notes |\n| --- | --- | ---: | ---: | ---: |\n");
        counts.forEach((code, by) -> table.append("| [%s](findings/%s.md) | %s | %s | %s | %s |\n"
                .formatted(
                        code,
                        code,
                        code.title(),
                        by.getOrDefault(Severity.ERROR, 0),
                        by.getOrDefault(Severity.WARNING, 0),
                        by.getOrDefault(Severity.NOTE, 0))));
        return table.toString();
    }
}
