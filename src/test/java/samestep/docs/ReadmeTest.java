package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import samestep.cli.CommandRunner;
import samestep.docs.Page.Block;

/**
 * Every line {@code ./translate ...} of a block marked {@code sh}, in any page, is run, and gives what the page shows: the
 * exit code, 0 unless "# exit N" follows it, and the blocks after it that are marked {@code stderr} or
 * {@code stdout}, in which a line of three dots stands for any lines. What a command redirects is compared all the same.
 */
class ReadmeTest {
    private static final Pattern COMMAND =
            Pattern.compile("\\./translate (?<arguments>[^>#]*?) *(> *\\S+)? *(# exit (?<code>\\d+))?");
    private static final String ANY_LINES = "...";

    /** A command of a page, with the blocks that show its output. */
    private record Shown(Page page, int line, String command, List<Block> output) {}

    @TestFactory
    Stream<DynamicTest> commandsGiveWhatThePagesShow() throws IOException {
        List<Shown> shown = new ArrayList<>();
        for (Page page : Page.all()) {
            shown.addAll(commands(page));
        }
        assertFalse(shown.size() < 5, "only " + shown.size() + " commands were found");
        return shown.stream()
                .map(s -> DynamicTest.dynamicTest(s.page().path() + ":" + s.line() + " " + s.command(), () -> run(s)));
    }

    private static List<Shown> commands(Page page) {
        List<Shown> commands = new ArrayList<>();
        for (Block block : page.blocks()) {
            if (block.info().equals("sh")) {
                int line = block.line();
                for (String command : block.text().lines().toList()) {
                    line++;
                    if (command.startsWith("./translate")) {
                        commands.add(new Shown(page, line, command, new ArrayList<>()));
                    }
                }
            } else if (!commands.isEmpty() && (isOf(block, "stderr") || isOf(block, "stdout"))) {
                commands.get(commands.size() - 1).output().add(block);
            }
        }
        return commands;
    }

    private static boolean isOf(Block block, String stream) {
        return block.info().endsWith(" " + stream);
    }

    private static void run(Shown shown) {
        Matcher command = COMMAND.matcher(shown.command());
        assertTrue(command.matches(), "a plain command is expected: " + shown.command());
        CommandRunner.Result result =
                CommandRunner.run(command.group("arguments").split(" +"));
        int code = command.group("code") == null ? 0 : Integer.parseInt(command.group("code"));

        assertAll(Stream.concat(
                Stream.of(() -> assertEquals(code, result.code(), result.err())),
                shown.output().stream()
                        .map(block -> () ->
                                compare(shown.page(), block, isOf(block, "stdout") ? result.out() : result.err()))));
    }

    private static void compare(Page page, Block block, String actual) {
        if (!fits(block.text().lines().toList(), actual.lines().toList())) {
            assertEquals(block.text(), actual, page.path() + ":" + block.line());
        }
    }

    private static boolean fits(List<String> shown, List<String> actual) {
        if (shown.isEmpty()) {
            return actual.isEmpty();
        }
        List<String> rest = shown.subList(1, shown.size());
        if (shown.get(0).equals(ANY_LINES)) {
            for (int i = 0; i <= actual.size(); i++) {
                if (fits(rest, actual.subList(i, actual.size()))) {
                    return true;
                }
            }
            return false;
        }
        return !actual.isEmpty() && shown.get(0).equals(actual.get(0)) && fits(rest, actual.subList(1, actual.size()));
    }

    @Test
    void anExcerptFitsWhereItsLinesStandTogether() {
        List<String> output = List.of("a", "b", "c", "d");

        assertTrue(fits(output, output));
        assertTrue(fits(List.of(ANY_LINES, "b", "c", ANY_LINES), output));
        assertFalse(fits(List.of(ANY_LINES, "b", "d", ANY_LINES), output));
        assertFalse(fits(List.of("b", "c", ANY_LINES), output));
        assertFalse(fits(List.of("a", "b", "c"), output));
    }
}
