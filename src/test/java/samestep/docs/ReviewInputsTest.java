package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.cli.CommandRunner;

/**
 * Makes the answers of docs/review-inputs.md again. A row is: what it is, a command or none, what is right, the answer,
 * tests; or a command and its answer.
 */
class ReviewInputsTest {
    private static final Path PAGE = Path.of("docs/review-inputs.md");
    private static final Path INPUTS = Path.of("fixtures/review");
    private static final Pattern ROW =
            Pattern.compile("\\| ([^|]*) \\| ([^|]*) \\| ([^|]*) \\| ([^|]*) \\| ([^|]*) \\|");
    private static final Pattern SHORT = Pattern.compile("\\| (`translate [^|]*`) \\| ([^|]*) \\|");
    private static final Pattern DRIFT = Pattern.compile("; weights drift [^;]*");
    private static final Pattern CODE = Pattern.compile("\\[(SS\\d{3})\\]");
    private static final Pattern COMMAND = Pattern.compile("`translate ([^`]+)`");
    private static final Pattern RATE = Pattern.compile("(?m)^ +0 +(\\S+) +the first$");
    private static final int LONGEST = 170;
    private static final int FEWEST = 70;

    @Test
    void everyAnswerIsThatOfToday() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        String page = lines.stream().map(ReviewInputsTest::answered).collect(Collectors.joining("\n", "", "\n"));
        Path made = Path.of("target/review-inputs.md");
        Files.createDirectories(made.toAbsolutePath().getParent());
        Files.writeString(made, page, StandardCharsets.UTF_8);
        assertEquals(Files.readString(PAGE), page, "other answers; if they are right: cp " + made + " " + PAGE);
    }

    /** Each input has a line, and each line that has a command is run. */
    @Test
    void everyInputIsThere() throws IOException {
        String page = Files.readString(PAGE);
        try (Stream<Path> files = Files.walk(INPUTS)) {
            List<String> missing = files.filter(Files::isRegularFile)
                    .map(file -> INPUTS.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !page.contains(name))
                    .toList();
            assertEquals(List.of(), missing);
        }
    }

    /** What is named as the test of a kind exists. */
    @Test
    void everyTestExists() throws IOException {
        Set<String> names;
        try (Stream<Path> files = Files.walk(Path.of("src/test"))) {
            names = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
        List<Matcher> rows = Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .filter(row -> !row.group(1).equals("---") && !row.group(1).equals("what"))
                .toList();
        assertTrue(rows.size() > FEWEST, rows.size() + " rows");
        for (Matcher row : rows) {
            List<String> tests = Arrays.stream(row.group(5).split(", "))
                    .map(test -> test.replace("`", ""))
                    .filter(test -> !test.isEmpty())
                    .toList();
            assertTrue(!tests.isEmpty(), row.group());
            for (String test : tests) {
                assertTrue(names.contains(test) || names.contains(test + ".java"), "no test " + test);
            }
        }
    }

    private static String answered(String line) {
        Matcher brief = SHORT.matcher(line);
        if (brief.matches()) {
            String asked = brief.group(1);
            return "| " + asked + " | " + answer(asked.substring("`translate ".length(), asked.length() - 1)) + " |";
        }
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            return line;
        }
        Matcher command = COMMAND.matcher(row.group(2));
        return command.matches()
                ? "| " + row.group(1) + " | " + row.group(2) + " | " + row.group(3) + " | " + answer(command.group(1))
                        + " | " + row.group(5) + " |"
                : line;
    }

    private static String answer(String command) {
        String[] arguments = Arrays.stream(command.split(" "))
                .map(word -> Files.exists(INPUTS.resolve(word))
                        ? INPUTS.resolve(word).toString()
                        : word)
                .toArray(String[]::new);
        CommandRunner.Result result = CommandRunner.run(arguments);
        String line = telling(command, result).replace(INPUTS + "/", "").replace('|', '/');
        // How far weights drift is measured, and held elsewhere.
        String said = DRIFT.matcher(line).replaceAll("");
        String cut = said.length() > LONGEST ? said.substring(0, LONGEST) + "..." : said;
        return result.code() + ": " + cut.strip() + (command.startsWith("check ") ? others(line, result) : "");
    }

    /** What else a check finds. */
    private static String others(String line, CommandRunner.Result result) {
        List<String> codes = CODE.matcher(result.out() + result.err())
                .results()
                .map(code -> code.group(1))
                .distinct()
                .filter(code -> !line.contains(code))
                .toList();
        return codes.isEmpty() ? "" : "; also " + String.join(", ", codes);
    }

    /** The line that decides: an error, the result, a warning, else the first rate. */
    private static String telling(String command, CommandRunner.Result result) {
        List<String> lines =
                Stream.concat(result.out().lines(), result.err().lines()).toList();
        Stream<String> order = command.startsWith("check ")
                ? Stream.of(": error: ", ": warning: ", ": note: .*\\[SS010\\]", "passed over", "configurations?(:|,)")
                : Stream.of("(^|: )error: ", "^translate: ", "^result: ", "(^|: )warning: ", "the run has .*SS431");
        return order.map(Pattern::compile)
                .flatMap(pattern -> lines.stream()
                        .filter(line -> pattern.matcher(line).find())
                        .limit(1))
                .findFirst()
                .orElseGet(() -> {
                    Matcher rate = RATE.matcher(result.out());
                    return rate.find() ? "first rate " + rate.group(1) : lines.isEmpty() ? "nothing" : lines.get(0);
                });
    }
}
