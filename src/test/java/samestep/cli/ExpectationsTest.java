package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.finding.Code;

/** What people expect of a checker because ruff, ESLint, actionlint, buf and their like have it: fifteen points. */
class ExpectationsTest {
    private static final String SOLVER = """
        type: "Adam"
        base_lr: 0.001
        lr_policy: "fixed"
        max_iter: 1000
        """;

    @TempDir
    private Path folder;

    private Path solver;

    @BeforeEach
    void aRepositoryWithOneFinding() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        solver = Files.writeString(folder.resolve("solver.prototxt"), SOLVER);
    }

    private CommandRunner.Result check(String... more) {
        return CommandRunner.run(
                java.util.stream.Stream.concat(java.util.stream.Stream.of("check"), java.util.stream.Stream.of(more))
                        .toArray(String[]::new));
    }

    /** The folder of fixtures/check with the copied number, here. */
    private Path pair() throws IOException {
        for (String file : List.of(
                "samestep.yaml",
                "caffe/solver.prototxt",
                "caffe/net.prototxt",
                "keras/port.json",
                "keras/verbatim.json")) {
            Path copy = folder.resolve("pair").resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of("fixtures/check").resolve(file), copy);
        }
        return folder.resolve("pair");
    }

    @Test
    @DisplayName("1. exit codes: 0 clean, 1 findings, 2 wrong usage")
    void exitCodes() throws IOException {
        assertEquals(1, check(solver + "").code());
        assertEquals(2, check("--no-such-option").code());
        assertEquals(2, check(folder.resolve("none.prototxt") + "").code());
        Files.writeString(solver, SOLVER + "momentum: 0.9\n");
        assertEquals(0, check(solver + "").code());
    }

    @Test
    @DisplayName("2. --exit-zero; a fix makes the exit code 1; --fail-on")
    void exitZero() throws IOException {
        CommandRunner.Result zero = check("--exit-zero", solver + "");
        assertEquals(0, zero.code());
        assertTrue(zero.out().contains("[SS203]"), zero.out());
        assertEquals(
                2, check("--exit-zero", folder.resolve("none.prototxt") + "").code());
        assertEquals(0, check("--fail-on", "error", solver + "").code());
        Path pair = pair();
        assertEquals(1, check("--fix", pair + "").code());
        assertEquals(0, check(pair + "").code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text", "concise", "grouped", "json", "jsonl", "sarif", "github", "gitlab", "azure", "junit", "rdjson"
            })
    @DisplayName("3. formats for people, programs and services")
    void formats(String format) {
        CommandRunner.Result result = check("--format", format, solver + "");
        assertEquals(1, result.code());
        assertTrue(result.out().contains("SS203"), result.out());
    }

    @Test
    @DisplayName("4. codes that stay, each with its page")
    void codesHavePages() {
        for (Code code : Code.values()) {
            CommandRunner.Result page = CommandRunner.run("explain", code.name());
            assertEquals(0, page.code());
            assertTrue(page.out().startsWith(code.name() + ": "), page.out());
        }
        assertTrue(check("--format", "sarif", solver + "").out().contains("\"helpUri\""));
    }

    @Test
    @DisplayName("5. safe fixes by --fix, others by --unsafe-fixes alone")
    void unsafeFixesAreAsked() throws IOException {
        Path keras = Files.writeString(
                folder.resolve("optimizer.yaml"),
                "optimizer:\n  class_path: torch.optim.SGD\n  init_args: {lr: 1e-2}\n");
        String before = Files.readString(keras);
        check("--fix", solver + "");
        assertEquals(SOLVER, Files.readString(solver), "a number that nobody wrote is no fix");
        assertEquals(before, Files.readString(keras));
        assertTrue(check("--help").out().contains("--unsafe-fixes"));
    }

    @Test
    @DisplayName("6. --diff shows and does not write")
    void diffWritesNothing() throws IOException {
        Path pair = pair();
        String before = Files.readString(pair.resolve("keras/verbatim.json"));
        CommandRunner.Result diff = check("--diff", pair + "");
        assertTrue(diff.out().contains("+          \"l2\": 0.00025"), diff.out());
        assertEquals(before, Files.readString(pair.resolve("keras/verbatim.json")));
    }

    @Test
    @DisplayName("7. comments that suppress a code, on a line, between two, and in a file; unused ones are reported")
    void suppressions() throws IOException {
        Files.writeString(solver, SOLVER.replace("\"Adam\"", "\"Adam\"  # samestep: ignore[SS203] on purpose"));
        assertEquals(0, check(solver + "").code());
        Files.writeString(solver, "# samestep: ignore-file[SS203] on purpose\n" + SOLVER);
        assertEquals(0, check(solver + "").code());
        Files.writeString(solver, "# samestep: ignore-start[SS203] old\n" + SOLVER + "# samestep: ignore-end[SS203]\n");
        assertEquals(0, check(solver + "").code());
        Files.writeString(solver, SOLVER + "momentum: 0.9  # samestep: ignore[SS203] on purpose\n");
        assertTrue(check(solver + "").out().contains("[SS801]"));
    }

    @Test
    @DisplayName("8. a baseline of what is known")
    void baseline() throws IOException {
        String baseline = folder.resolve("known.json").toString();
        assertEquals(0, check("--baseline", baseline, solver + "").code());
        assertEquals(0, check("--baseline", baseline, solver + "").code());
        Files.writeString(solver, SOLVER.replace("1000", "1000\nmomentum: 1.5"));
        assertEquals(1, check("--baseline", baseline, solver + "").code());
    }

    @Test
    @DisplayName("9. settings are found, hold for paths, and can be named or left out")
    void settings() throws IOException {
        Path config = Files.writeString(
                folder.resolve("samestep.yaml"),
                "version: 1\noverrides:\n  - files: solver.*\n    rules: {SS203: off}\n");
        assertEquals(0, check(solver + "").code());
        assertEquals(1, check("--isolated", solver + "").code());
        Path moved = Files.move(config, folder.resolve("other.yaml"));
        assertEquals(1, check(solver + "").code());
        assertEquals(0, check("--config", moved + "", solver + "").code());
    }

    @Test
    @DisplayName("10. - is standard input, with a name")
    void standardInput() {
        CommandRunner.Result result =
                CommandRunner.runWithInput(SOLVER, "check", "-", "--stdin-filename", "mine.prototxt");
        assertEquals(1, result.code());
        assertTrue(result.out().startsWith("mine.prototxt:1:7: warning"), result.out());
    }

    @Test
    @DisplayName("11. products on standard output, remarks on standard error, no colours off a terminal")
    void streams() {
        CommandRunner.Result result = check(solver + "");
        assertFalse((result.out() + result.err()).contains("\u001b"));
        assertTrue(result.out().contains("SS203") && !result.err().contains("SS203"), result.err());
        assertTrue(result.err().contains("1 configuration"), result.err());
    }

    @Test
    @DisplayName("12. --quiet, --verbose, --version, --help with examples")
    void usualOptions() {
        assertEquals("", check("-q", solver + "").err());
        assertEquals(0, check("-v", solver + "").code() - 1);
        assertTrue(CommandRunner.run("--version").out().startsWith("samestep "));
        for (String command : List.of("check", "compare", "explain", "train")) {
            assertTrue(CommandRunner.run(command, "--help").out().contains("\n  translate " + command), command);
        }
    }

    @Test
    @DisplayName("13. completion and manual pages")
    void completionAndManual() throws IOException {
        Manual.main(new String[] {folder.toString()});
        for (String file : List.of(
                "man/translate-check.1",
                "completion/translate.bash",
                "completion/_translate",
                "completion/translate.fish")) {
            assertTrue(Files.readString(folder.resolve(file)).replace("\\", "").contains("exit-zero"), file);
        }
    }

    @Test
    @DisplayName("14. SARIF with rules, relative paths, fingerprints and fixes")
    void sarif() throws IOException {
        JsonObject run = JsonParser.parseString(
                        check("--format", "sarif", pair() + "").out())
                .getAsJsonObject()
                .getAsJsonArray("runs")
                .get(0)
                .getAsJsonObject();
        List<JsonObject> results = StreamSupport.stream(
                        run.getAsJsonArray("results").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(result -> result.get("ruleId").getAsString().equals("SS701"))
                .toList();
        assertEquals(1, results.size());
        assertTrue(results.get(0).has("partialFingerprints") && results.get(0).has("fixes"));
    }

    @Test
    @DisplayName("15. edits are the least there are, and a second time there are none")
    void editsAreLeast() throws IOException {
        Path pair = pair();
        Path model = pair.resolve("keras/verbatim.json");
        String before = Files.readString(model);
        check("--fix", pair + "");
        String after = Files.readString(model);
        assertNotEquals(before, after);
        assertEquals(before.replace("\"l2\": 0.0005", "\"l2\": 0.00025"), after);
        check("--fix", pair + "");
        assertEquals(after, Files.readString(model));
    }

    @Test
    void anEmptyFileIsCalledEmpty() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.prototxt"), "\n");
        CommandRunner.Result result = check(empty + "");
        assertEquals(0, result.code());
        assertTrue(result.err().contains("empty.prototxt is empty"), result.err());
    }

    @Test
    void aFolderThatIsMissingIsSaidBeforeTheWork() {
        String output = folder.resolve("none/x").toString();
        for (String[] command : List.of(
                new String[] {"fixtures/lenet/solver.prototxt", "--to", "keras", "-o", output},
                new String[] {"compare", solver + "", solver + "", "--report", output},
                new String[] {"check", solver + "", "-o", output})) {
            CommandRunner.Result result = CommandRunner.run(command);
            assertEquals(2, result.code());
            assertEquals(
                    "translate: not written: " + output + ": no such folder to write into: " + folder.resolve("none")
                            + "\n",
                    result.err());
        }
    }

    @Test
    void pagesOfFindingsArePlainText() {
        for (Code code : Code.values()) {
            String page = CommandRunner.run("explain", code.name()).out();
            assertFalse(
                    page.contains("`") || page.contains("](") || page.lines().anyMatch(l -> l.startsWith("## ")), page);
        }
    }

    @Test
    void listsOfFormsFitEightyColumnsInAPipe() {
        CommandRunner.run("frameworks").out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }
}
