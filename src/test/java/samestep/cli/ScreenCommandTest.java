package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import samestep.report.terminal.Screen;

/** What commands print on terminals, and that files, pipes and products never change. */
class ScreenCommandTest {
    private static final String PAIR = "fixtures/comparisons/lenet-keras-verbatim/";
    private static final String ESCAPE = "\u001b";
    private static final Screen COLOURED = new Screen(true, 80, true);
    private static final Screen NARROW = new Screen(false, 80, true);

    @TempDir
    private Path folder;

    private static CommandRunner.Result on(Screen screen, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main.Terminal terminal = new Main.Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                screen,
                screen);
        int code = Main.run(arguments, terminal);
        return new CommandRunner.Result(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String[] compare(String... more) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("compare", PAIR + "source.prototxt", PAIR + "target.json"),
                        java.util.stream.Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void reportsFitEightyColumns() {
        for (String[] command : List.of(
                compare(),
                new String[] {"explain", PAIR + "source.prototxt", PAIR + "target.json"},
                new String[] {"explain", "fixtures/lenet/solver.prototxt"},
                new String[] {"frameworks"},
                new String[] {"check", "--config", "fixtures/check/samestep.yaml", "fixtures/check"})) {
            CommandRunner.Result result = on(NARROW, command);
            (result.out() + result.err())
                    .lines()
                    .forEach(line -> assertTrue(line.length() <= 80, String.join(" ", command) + ": " + line));
        }
    }

    @Test
    void helpFitsEightyColumnsAndItsExamplesAreWhole() {
        for (String command : List.of("compare", "check", "explain", "train", "frameworks", "")) {
            String[] arguments = command.isEmpty() ? new String[] {"--help"} : new String[] {command, "--help"};
            String help = CommandRunner.run(arguments).out();
            help.lines().forEach(line -> assertTrue(line.length() <= 80, line));
            for (String line :
                    Main.command(command).options().spec().usageMessage().footer()) {
                if (line.startsWith("  ")) {
                    assertTrue(help.lines().anyMatch(line::equals), command + ": " + line);
                }
            }
            Exit.TABLE.forEach(meaning -> assertTrue(help.contains(meaning.line()), command + ": " + meaning));
        }
    }

    @Test
    void theHelpAndThePageHaveTheSameCodes() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/exit-codes.md")).stream()
                .filter(line -> line.matches("\\| \\d+ .*"))
                .map(line -> line.split(" ")[1])
                .toList();
        assertEquals(
                rows, Exit.TABLE.stream().map(m -> Integer.toString(m.code())).toList());
    }

    @Test
    void coloursAreOnStandardOutputAndMeanNothing() {
        CommandRunner.Result coloured = on(COLOURED, compare());
        assertTrue(coloured.out().contains(ESCAPE + "[1;31m!"), coloured.out());
        assertEquals(on(NARROW, compare()).out(), coloured.out().replaceAll(ESCAPE + "\\[[0-9;]*m", ""));
        assertFalse(on(COLOURED, compare("--color", "never")).out().contains(ESCAPE));
        assertTrue(CommandRunner.run(compare("--color", "ALWAYS")).out().contains(ESCAPE));
        assertFalse(CommandRunner.run(compare()).out().contains(ESCAPE));
    }

    /** What other programs read is the same on every screen. */
    @Test
    void productsAreNeverBroken() throws IOException {
        String[] translate = {"fixtures/lenet/solver.prototxt", "--to", "keras"};
        assertEquals(CommandRunner.run(translate).out(), on(COLOURED, translate).out());
        for (String format : List.of(
                "concise", "grouped", "json", "jsonl", "sarif", "github", "gitlab", "azure", "junit", "rdjson")) {
            String[] check = {"check", "--config", "fixtures/check/samestep.yaml", "fixtures/check", "--format", format
            };
            assertEquals(CommandRunner.run(check).out(), on(COLOURED, check).out(), format);
        }
        Path file = folder.resolve("report.txt");
        on(COLOURED, compare("-o", file.toString()));
        assertEquals(CommandRunner.run(compare()).out(), Files.readString(file));
    }

    @Test
    void quietLeavesTheProductAndWhatFails() {
        CommandRunner.Result translated =
                CommandRunner.run("fixtures/lenet/solver.prototxt", "--to", "keras", "--quiet");
        assertEquals("", translated.err());
        assertEquals(
                CommandRunner.run("fixtures/lenet/solver.prototxt", "--to", "keras")
                        .out(),
                translated.out());
        CommandRunner.Result compared = CommandRunner.run(compare("-q"));
        assertEquals(1, compared.out().lines().count(), compared.out());
        assertTrue(compared.out().startsWith("result: "), compared.out());
        assertEquals(
                "",
                CommandRunner.run("explain", "-q", "fixtures/lenet/solver.prototxt")
                        .err());
    }

    @Test
    void aWrongWordGetsTheNearest() {
        Map.of(
                        List.of("check", "--formt", "sarif"), "did you mean --format?",
                        List.of("check", "--format", "srif"), "did you mean sarif?",
                        List.of("check", "--fail-on", "warn"), "did you mean warning?",
                        List.of("rules"), "translate explain SS",
                        List.of("--list"), "translate frameworks",
                        List.of("fixtures/lenet/solver.prototxt", "-t", "keras"), "did you mean --to?",
                        List.of("fixtures/lenet/solver.prototxt", "--to"), "caffe, keras, pytorch, tensorflow, darknet",
                        List.of("compare", "a", "b", "--dataset", "3"), "did you mean --dataset-size?")
                .forEach((arguments, words) -> {
                    CommandRunner.Result result = CommandRunner.run(arguments.toArray(String[]::new));
                    assertEquals(2, result.code(), result.err());
                    assertTrue(result.err().contains(words), result.err());
                });
    }

    @Test
    void junitIsXmlThatCountsWhatFails() throws Exception {
        String text = CommandRunner.run(
                        "check", "--config", "fixtures/check/samestep.yaml", "fixtures/check", "--format", "junit")
                .out();
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        Element root = document.getDocumentElement();
        assertEquals("1", root.getAttribute("failures"));
        assertEquals(1, document.getElementsByTagName("failure").getLength());
        Element test = (Element) document.getElementsByTagName("testcase").item(0);
        assertEquals("27", test.getAttribute("line"));
        assertEquals("fixtures/check/keras/verbatim.json", test.getAttribute("file"));
        String clean = CommandRunner.run("check", "--isolated", "fixtures/lenet/net.prototxt", "--format", "junit")
                .out();
        assertTrue(clean.contains("tests=\"1\" failures=\"0\" errors=\"0\""), clean);
    }

    @Test
    void gitLabIsAnArrayOfIssuesWithStableFingerprints() {
        String[] command = {"check", "--config", "fixtures/check/samestep.yaml", "fixtures/check", "--format", "gitlab"
        };
        JsonArray issues =
                JsonParser.parseString(CommandRunner.run(command).out()).getAsJsonArray();
        assertEquals(1, issues.size());
        JsonObject issue = issues.get(0).getAsJsonObject();
        assertEquals("SS701", issue.get("check_name").getAsString());
        assertEquals("major", issue.get("severity").getAsString());
        JsonObject location = issue.getAsJsonObject("location");
        assertEquals("fixtures/check/keras/verbatim.json", location.get("path").getAsString());
        assertEquals(27, location.getAsJsonObject("lines").get("begin").getAsInt());
        assertEquals(32, issue.get("fingerprint").getAsString().length());
    }

    @Test
    void whatTheLauncherAndTheEnvironmentSayDecides() {
        Map<String, String> launcher = Map.of("out", "true", "samestep.columns", "100");
        assertEquals(new Screen(true, 100, true), Screens.of("out", launcher::get, Map.of()));
        assertEquals(new Screen(true, 60, true), Screens.of("out", launcher::get, Map.of("COLUMNS", "60")));
        assertEquals(new Screen(false, 100, true), Screens.of("out", launcher::get, Map.of("NO_COLOR", "1")));
        assertEquals(new Screen(true, 100, true), Screens.of("out", launcher::get, Map.of("NO_COLOR", "")));
        assertEquals(new Screen(false, 100, false), Screens.of("out", launcher::get, Map.of("TERM", "dumb")));
        assertEquals(new Screen(true, 80, true), Screens.of("out", Map.of("out", "true")::get, Map.of()));
        assertEquals(Screen.PLAIN, Screens.of("err", launcher::get, Map.of("COLUMNS", "60")));
    }

    @Test
    void progressIsForTerminalsAndSaysTheTimeLeft() {
        long[] now = {0};
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Progress progress = new Progress(new PrintStream(written, true, StandardCharsets.UTF_8), NARROW, () -> now[0]);
        now[0] = 500;
        progress.at("checking files", 1, 100);
        assertEquals("", written.toString(StandardCharsets.UTF_8));
        now[0] = 2_000;
        progress.at("checking files", 10, 100);
        progress.done();
        assertEquals(
                "\r" + ESCAPE + "[Kchecking files: 10 of 100, 18 s left\r" + ESCAPE + "[K",
                written.toString(StandardCharsets.UTF_8));
        Progress piped =
                new Progress(new PrintStream(written, true, StandardCharsets.UTF_8), Screen.PLAIN, () -> now[0]);
        written.reset();
        now[0] = 90_000;
        piped.at("checking files", 10, 100);
        piped.done();
        assertEquals("", written.toString(StandardCharsets.UTF_8));
    }
}
