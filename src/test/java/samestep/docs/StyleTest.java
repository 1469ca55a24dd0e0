package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words that docs/style.md bans are in no message, help text, ledger, page or comment. */
class StyleTest {
    private static final Path STYLE = Path.of("docs/style.md");

    /** Pages that quote what is banned, and those that another test generates from equations. */
    private static final Set<Path> LEFT_OUT = Set.of(
            STYLE,
            Path.of("docs/style-samples.md"),
            Path.of("docs/pairs.md"),
            Path.of("docs/equations.md"),
            Path.of("CHANGELOG.md"),
            // Still to be reworded.
            Path.of("docs/decisions/0012-what-a-document-cannot-say.md"));

    private static final Pattern LITERAL = Pattern.compile("\"\"\"(?s:.*?)\"\"\"|\"(?:[^\"\\\\\n]++|\\\\.)*+\"|'\"'");
    private static final Pattern COMMENT = Pattern.compile("^\\s*(//|/?\\*)");
    /** Names and code in a comment. */
    private static final Pattern CODE = Pattern.compile("@param \\w+|\\{@(code|link|linkplain) [^}]*}");

    private static final Pattern JOIN = Pattern.compile("\"\\s*\\+\\s*\"");

    private record Banned(Pattern pattern, String instead, String reason) {}

    @Test
    void everyBannedWordHasAnAlternativeAndAReason() throws IOException {
        List<Banned> banned = banned();
        assertTrue(banned.size() >= 20, "only " + banned.size() + " words");
        assertEquals(
                List.of(),
                banned.stream().filter(b -> b.pattern().matcher("").find()).toList());
    }

    @Test
    void messagesAndHelpHaveNone() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(Path.of("src/main/java"), ".java")) {
            StringBuilder code = new StringBuilder();
            for (String line : Files.readAllLines(file)) {
                code.append(COMMENT.matcher(line).find() ? "" : line).append('\n');
            }
            Matcher literal = LITERAL.matcher(JOIN.matcher(code).replaceAll(""));
            while (literal.find()) {
                // None, null and the like are values of other languages.
                collect(file + ": ", literal.group().replace("it is None", ""), found);
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void ledgersHaveNone() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(Path.of("src/main/resources"), ".txt")) {
            for (String line : Files.readAllLines(file)) {
                collect(file + ": ", line.startsWith("#") ? "" : line, found);
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void pagesHaveNone() throws IOException {
        List<String> found = new ArrayList<>();
        for (Page page : Page.all()) {
            if (!LEFT_OUT.contains(page.path())) {
                List<String> prose = page.prose();
                for (int i = 0; i < prose.size(); i++) {
                    collect(page.path() + ":" + (i + 1) + ": ", prose.get(i).replaceAll("`[^`]*`", "`"), found);
                }
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void commentsHaveNone() throws IOException {
        List<String> found = new ArrayList<>();
        for (String folder : List.of("src/main/java", "src/test/java")) {
            for (Path file : files(Path.of(folder), ".java")) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (COMMENT.matcher(lines.get(i)).find()) {
                        String prose = CODE.matcher(lines.get(i)).replaceAll("`");
                        collect(file + ":" + (i + 1) + ": ", prose, found);
                    }
                }
            }
        }
        assertEquals(List.of(), found);
    }

    private static void collect(String place, String text, List<String> found) throws IOException {
        for (Banned banned : BANNED) {
            Matcher matcher = banned.pattern().matcher(text);
            if (matcher.find()) {
                found.add(place + text.strip() + " [" + matcher.group() + ": write " + banned.instead() + ", for "
                        + banned.reason() + "]");
            }
        }
    }

    private static final List<Banned> BANNED = load();

    private static List<Banned> load() {
        try {
            return banned();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Banned> banned() throws IOException {
        String words = Page.read(STYLE).blocks().stream()
                .filter(block -> block.info().equals("text words"))
                .findFirst()
                .orElseThrow()
                .text();
        return words.lines()
                .map(line -> {
                    String[] cells = line.split(" {2,}");
                    assertEquals(3, cells.length, "pattern, what to write, reason: " + line);
                    int flags = cells[0].contains("none") ? 0 : Pattern.CASE_INSENSITIVE;
                    return new Banned(Pattern.compile(cells[0], flags), cells[1], cells[2]);
                })
                .toList();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        }
    }
}
