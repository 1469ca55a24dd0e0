package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.cli.CommandRunner.Result;

/** The check of a repository, as you see it when you run it. */
class CheckCommandTest {
    private static final Path FIXTURES = Path.of("fixtures/check");
    private static final String ADAM = "net: \"net.prototxt\"\ntype: \"Adam\"\nbase_lr: 0.01\nlr_policy: \"fixed\"\n"
            + "weight_decay: 0.0005\nmax_iter: 100\n";

    @TempDir
    Path folder;

    private Path port;

    @BeforeEach
    void copy() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        for (String file : List.of(
                "samestep.yaml",
                "caffe/solver.prototxt",
                "caffe/net.prototxt",
                "keras/port.json",
                "keras/verbatim.json")) {
            Path target = folder.resolve(file);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(FIXTURES.resolve(file), target);
        }
        port = folder.resolve("keras/verbatim.json");
    }

    private Result check(String... arguments) {
        Stream<String> settings =
                Stream.of("check", "--config", folder.resolve("samestep.yaml").toString());
        return CommandRunner.run(Stream.concat(settings, Stream.of(arguments)).toArray(String[]::new));
    }

    private Path write(String file, String text) throws IOException {
        return Files.writeString(folder.resolve(file), text);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void aCopiedNumberIsFoundMendedAndFoundNoMore() throws IOException {
        Result found = check(folder.toString());
        assertEquals(1, found.code(), found.err());
        assertTrue(found.out().contains("that is 2 times as much [SS701]"), found.out());
        String before = Files.readString(port);

        Result shown = check(folder.toString(), "--diff");
        assertEquals(1, shown.code());
        assertTrue(shown.out().contains("+          \"l2\": 0.00025"), shown.out());
        assertEquals(before, Files.readString(port));

        assertEquals(1, check(folder.toString(), "--fix").code());
        assertEquals(before.replace("0.0005", "0.00025"), Files.readString(port));
        Result again = check(folder.toString(), "--fix");
        assertEquals(0, again.code(), again.out() + again.err());
        assertEquals(before.replace("0.0005", "0.00025"), Files.readString(port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"caffe/solver.prototxt", "caffe/net.prototxt", "keras/verbatim.json"})
    void aPairIsComparedWhenAnyOfItsFilesIs(String file) {
        assertEquals(1, check(folder.resolve(file).toString()).code());
    }

    @Test
    void aPairOfOtherFilesIsNot() throws IOException {
        Path other = write("other.prototxt", ADAM);
        assertFalse(check(other.toString()).out().contains("SS701"));
    }

    @Test
    void whatIsAllowedIsNoDifference() throws IOException {
        String settings = Files.readString(folder.resolve("samestep.yaml"));
        write("samestep.yaml", settings.replace("verbatim.json]", "verbatim.json]\n    allow: SS701"));
        assertEquals(0, check(folder.toString()).code());
        write("samestep.yaml", settings.replace("verbatim.json]", "verbatim.json]\n    tolerance: 0.6"));
        assertEquals(0, check(folder.toString()).code());
        write("samestep.yaml", settings.replace("verbatim.json]", "verbatim.json]\n    tolerance: 0.4"));
        assertEquals(1, check(folder.toString()).code());
    }

    @Test
    void aSettingThatDiffersIsNamed() throws IOException {
        write("short.prototxt", ADAM);
        write("long.prototxt", ADAM.replace("100", "200"));
        write("samestep.yaml", "pairs: {source: short.prototxt, target: long.prototxt}\n");
        Result result = check(folder.toString());
        assertTrue(result.out().contains("warning: updates: 200 here, 100 in "), result.out());
        assertTrue(result.out().contains("short.prototxt [SS708]"), result.out());
        write("samestep.yaml", "pairs: {source: short.prototxt, target: long.prototxt, allow: SS708}\n");
        assertFalse(check(folder.toString()).out().contains("SS708"));
    }

    @Test
    void aMissingMemberIsAnError() throws IOException {
        write("samestep.yaml", "pairs: {source: caffe/solver.prototxt, target: gone.json}\n");
        Result result = check(folder.toString());
        assertEquals(1, result.code());
        assertTrue(
                result.out().contains("samestep.yaml:1:48: error: ")
                        && result.out().contains("[SS707]"),
                result.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "piars: []| there is no \"piars\" here; did you mean pairs?",
                "rules: {SS9999: off}| there is no finding SS9999",
                "rules: {SS203: loud}| expected off, note, warning or error",
                "version: 2| expected version 1",
                "pairs: [{source: a}]| a pair has a source and a target",
                "pairs: [| not YAML",
                "exclude: '[a'| not a pattern",
            })
    void whatIsWrongInTheSettingsIsSaidAndNothingIsChecked(String text, String message) throws IOException {
        write("samestep.yaml", text + "\n");
        Result result = check(folder.toString());
        assertEquals(2, result.code());
        assertTrue(result.err().contains(message.strip()) && result.err().contains("samestep.yaml:"), result.err());
    }

    @Test
    void aReadOnlyFileAndALinkStayWhatTheyAre() throws IOException {
        String before = Files.readString(port);
        Files.setPosixFilePermissions(port, PosixFilePermissions.fromString("r--r--r--"));
        Result refused = check(folder.toString(), "--fix");
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("it is read-only [SS803]"), refused.err());
        assertEquals(before, Files.readString(port));

        Files.setPosixFilePermissions(port, PosixFilePermissions.fromString("rw-r-----"));
        Path real = Files.move(port, folder.resolve("real.json"));
        Files.createSymbolicLink(port, real);
        check(folder.toString(), "--fix");
        assertTrue(Files.isSymbolicLink(port));
        assertEquals(before.replace("0.0005", "0.00025"), Files.readString(real));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
    }

    @Test
    void commentsSuppressWhereTheyStand() throws IOException {
        Path solver = write("caffe/adam.prototxt", ADAM);
        String file = solver.toString();
        assertEquals(1, count(check(file).out(), "[SS203]"));
        write("caffe/adam.prototxt", ADAM.replace("\"Adam\"\n", "\"Adam\"  # samestep: ignore[SS203] as it was run\n"));
        assertEquals(0, count(check(file).out(), "[SS203]"));
        write("caffe/adam.prototxt", ADAM.replace("type", "# samestep: ignore[SS203]\n# and more\ntype"));
        assertEquals(0, count(check(file).out(), "[SS203]"));
        write("caffe/adam.prototxt", ADAM + "# samestep: ignore-file[SS203, SS601]\n");
        assertEquals("", check(file).out());

        write(
                "caffe/adam.prototxt",
                ADAM + "# samestep: ignore[SS203]\n# samestep: ignore[SS99]\n# samestep: ignore\n");
        String unused = check(file).out();
        assertTrue(unused.contains("nothing to suppress here: no SS203 [SS801]"), unused);
        assertTrue(unused.contains("there is no finding SS99") && unused.contains("say what is ignored"), unused);
        assertEquals(1, count(unused, "beta1 = 0 [SS203]"), unused);
        assertTrue(unused.indexOf(":7:1: ") < unused.indexOf(":8:1: "), "in the order of the lines");
    }

    @Test
    void commentsSuppressFromOneLineToAnother() throws IOException {
        String start = "# samestep: ignore-start[SS203] as it was run\n";
        String end = "# samestep: ignore-end[SS203]\n";
        String file = write("caffe/adam.prototxt", start + ADAM + end).toString();
        assertEquals(0, count(check(file).out(), "[SS203]"));
        assertEquals(0, count(check(file).out(), "[SS801]"));
        write("caffe/adam.prototxt", start + end + ADAM);
        String outside = check(file).out();
        assertEquals(1, count(outside, "beta1 = 0 [SS203]"), outside);
        assertTrue(outside.contains("nothing to suppress here: no SS203 [SS801]"), outside);
        write("caffe/adam.prototxt", start + ADAM);
        String open = check(file).out();
        assertEquals(1, count(open, "beta1 = 0 [SS203]"), open);
        assertTrue(open.contains(":1:1: warning: no ignore-end for it, so it ignores nothing [SS801]"), open);
        write("caffe/adam.prototxt", end + ADAM);
        String ended = check(file).out();
        assertTrue(ended.contains("no ignore-start[SS203] above it, so it ends nothing [SS801]"), ended);
        write("caffe/adam.prototxt", start + start + end + ADAM + end);
        assertEquals(0, count(check(file).out(), "beta1 = 0 [SS203]"), "an end is of the latest start");
    }

    @Test
    void settingsSuppressForFormatsWithoutComments() throws IOException {
        String ignored = "\nignore:\n  - {file: keras/*.json, codes: SS701, reason: known}\n";
        Files.writeString(folder.resolve("samestep.yaml"), ignored, java.nio.file.StandardOpenOption.APPEND);
        assertEquals(0, check(folder.toString()).code());
        check(folder.toString(), "--fix");
        Files.writeString(port, Files.readString(port).replace("0.0005", "0.00025"));
        Result unused = check(folder.toString());
        assertTrue(unused.out().contains("nothing to suppress here: no SS701 [SS801]"), unused.out());
    }

    @Test
    void aBaselineKnowsItsFindingsAgain() throws IOException {
        String solver = write("caffe/adam.prototxt", ADAM).toString();
        String baseline = folder.resolve("baseline").toString();
        assertEquals(0, check(solver, "--baseline", baseline).code());
        Result known = check(solver, "--baseline", baseline);
        assertEquals(0, known.code());
        assertEquals("", known.out());
        write("caffe/adam.prototxt", "# moved\n\n" + ADAM);
        assertEquals(0, check(solver, "--baseline", baseline).code());
        write("caffe/adam.prototxt", ADAM + "clip_gradients: -5\n");
        Result result = check(solver, "--baseline", baseline);
        assertEquals(1, result.code());
        assertEquals(1, count(result.out(), "[SS203]"), result.out());
        assertEquals(2, check(solver, "--baseline", solver).code(), "a file that is not a baseline");
    }

    @Test
    void levelsHoldForAllAndForSomeFiles() throws IOException {
        String solver = write("caffe/adam.prototxt", ADAM).toString();
        write("samestep.yaml", "rules: {SS203: error, SS601: off}\n");
        String out = check(solver).out();
        assertTrue(out.contains("error: Adam takes") && !out.contains("SS601"), out);
        write("samestep.yaml", "overrides: {files: '**/adam.prototxt', rules: {SS203: note}}\n");
        assertEquals(0, check(solver).code());
        write("samestep.yaml", "exclude: caffe\n");
        assertFalse(check(folder.toString()).out().contains("adam"), "not searched");
        assertEquals(1, check(solver).code(), "but checked where it is named");
    }

    @Test
    void whatGitIgnoresIsLeftOut() throws IOException {
        for (String file :
                List.of("a/x.prototxt", "b/x.prototxt", "b/keep.prototxt", "out/x.prototxt", "c/out/x.prototxt")) {
            Files.createDirectories(Objects.requireNonNull(folder.resolve(file).getParent()));
            write(file, ADAM);
        }
        write(".gitignore", "/out/\nb/*.prototxt\n");
        write("b/.gitignore", "!keep.prototxt\n");
        String out = check(folder.toString()).out().replace(folder.toString(), "");
        assertTrue(out.contains("/a/x.prototxt:") && out.contains("/b/keep.prototxt:"), out);
        assertTrue(out.contains("/c/out/x.prototxt:"), out);
        assertFalse(out.contains("/b/x.prototxt") || out.contains("\n/out/"), out);
    }

    @Test
    void otherFilesArePassedOver() throws IOException {
        Path image = Files.write(folder.resolve("image.png"), new byte[] {0, 1, 2});
        Path code = write("train.py", "solver = dict(base_lr=0.1)\n# base_lr: 0.1\n");
        Path json = write("package.json", "{\"name\": \"x\"}\n");
        Result result = check(image.toString(), code.toString(), json.toString());
        assertEquals(0, result.code(), result.out());
        String none = " is not a configuration of a known framework";
        assertEquals(
                "0 configurations: nothing found; " + image + none + "; " + json + none + "; " + code + none + "\n",
                result.err());
        String[] many = new String[] {image.toString(), code.toString(), json.toString(), write("b.py", "\n") + ""};
        assertEquals(
                "0 configurations: nothing found; 4 files passed over (-v lists them)\n",
                check(many).err());
        Result missing = check("gone.prototxt", code.toString());
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("gone.prototxt: no such file"), missing.err());
    }

    @Test
    void standardInputIsChecked() {
        Result result = CommandRunner.runWithInput(ADAM, "check", "--isolated", "-", "--stdin-filename", "a.prototxt");
        assertEquals(1, result.code());
        assertTrue(result.out().startsWith("a.prototxt:2:7: warning: Adam takes its beta1"), result.out());
    }

    @Test
    void onlyWhatFailsIsShownQuietly() throws IOException {
        String solver = write("caffe/adam.prototxt", ADAM).toString();
        Result quiet = check(solver, "-q");
        assertEquals(0, count(quiet.out(), "[SS601]"));
        assertEquals("", quiet.err());
        assertEquals(
                "      1  SS203  probably not meant\n      1  SS601  penalty with an adaptive optimizer\n",
                check(solver, "--statistics").out());
    }

    @Test
    void sarifIsAsItsSchemaHasItAndKeepsFingerprints() throws IOException {
        String solver = write("caffe/adam.prototxt", ADAM + "# samestep: ignore-file[SS601] why not\n")
                .toString();
        String first = check(solver, folder.toString(), "--format", "sarif").out();
        try (InputStream schema = getClass().getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            assertEquals(Set.of(), violations(Objects.requireNonNull(schema), SpecVersion.VersionFlag.V7, first));
        }
        assertEquals(
                first, check(solver, folder.toString(), "--format", "sarif").out());
        assertTrue(first.contains("\"justification\": \"why not\"") && first.contains("\"insertedContent\""), first);
        write("caffe/adam.prototxt", "# moved\n" + ADAM + "# samestep: ignore-file[SS601] why not\n");
        String moved = check(solver, folder.toString(), "--format", "sarif").out();
        assertEquals(fingerprints(first), fingerprints(moved));
        assertFalse(first.equals(moved));
    }

    private static List<String> fingerprints(String sarif) {
        return Pattern.compile("\"samestep/v1\": \"([0-9a-f]+)\"")
                .matcher(sarif)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static Set<String> violations(InputStream schema, SpecVersion.VersionFlag version, String document)
            throws IOException {
        Set<ValidationMessage> messages = JsonSchemaFactory.getInstance(version)
                .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8))
                .validate(document, com.networknt.schema.InputFormat.JSON);
        return messages.stream().map(ValidationMessage::getMessage).collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void jsonIsAsItsSchemaHasIt() throws IOException {
        String json = check(folder.toString(), "--format", "json").out();
        try (InputStream schema = Files.newInputStream(Path.of("docs/schemas/check-1.json"))) {
            assertEquals(Set.of(), violations(schema, SpecVersion.VersionFlag.V202012, json));
        }
        List<String> lines =
                check(folder.toString(), "--format", "jsonl").out().lines().toList();
        assertEquals(
                JsonParser.parseString(json)
                        .getAsJsonObject()
                        .getAsJsonArray("findings")
                        .asList(),
                lines.stream().map(JsonParser::parseString).toList());
        assertFalse(lines.isEmpty());
    }

    @Test
    void settingsOfThePageAreAsTheirSchemaHasThem() throws IOException {
        String page = Files.readString(Path.of("docs/check.md"));
        String settings = page.substring(page.indexOf("```yaml settings\n") + 17);
        settings = settings.substring(0, settings.indexOf("```"));
        try (InputStream schema = Files.newInputStream(Path.of("docs/schemas/samestep-yaml-1.json"))) {
            Set<ValidationMessage> messages = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8))
                    .validate(settings, com.networknt.schema.InputFormat.YAML);
            assertEquals(Set.of(), messages);
        }
        write("samestep.yaml", settings.replaceAll("(?s)pairs:.*rules", "rules"));
        assertEquals(0, check(folder.resolve("caffe").toString()).code());
    }

    @Test
    void gitHubGetsItsAnnotations() throws IOException {
        String solver = write("caffe/a,b.prototxt", ADAM).toString();
        String line = check(solver, "--format", "github", "-q").out();
        assertEquals(
                "::warning file=" + solver.replace(",", "%2C")
                        + ",line=2,col=7,title=SS203%3A probably not meant::Adam takes its beta1 from momentum, which"
                        + " is missing: Caffe computes with beta1 = 0\n",
                line);
    }

    @ParameterizedTest
    @CsvSource({
        "1e-4, 1.0e-4",
        "-3E-4, -3.0E-4",
        "1.5e4, 1.5e+4",
        "1_0e-4, 1_0.0e-4",
        "1.0e-4, ''",
        "1.e-4, ''",
        ".5e-3, ''",
        "0.1, ''",
        "'\"1e-4\"', ''",
        "1e-4x, ''"
    })
    void numbersThatPyYamlReadsAsTextAreMended(String written, String mended) throws IOException {
        String text = "# \ud83d\ude00\noptimizer:\n  lr: " + written + "  # kept\n  name: 1e-4\n";
        Path file = write("job.yaml", text);
        check(file.toString(), "--unsafe-fixes");
        String expected = mended.isEmpty() ? text : text.replace("lr: " + written, "lr: " + mended);
        assertEquals(expected, Files.readString(file));
    }

    @ParameterizedTest
    @CsvSource({
        "step, stepsize: 200, warning",
        "step, stepsize: 100, note",
        "step, stepsize: 1000, note",
        "multistep, stepvalue: 50 stepvalue: 100, note",
        "multistep, stepvalue: 50 stepvalue: 100 stepvalue: 150, warning",
        "step, stepsize: 99, none"
    })
    void aDropAfterTheEndIsAMistakeOrMeant(String policy, String steps, String severity) throws IOException {
        String solver = ADAM.replace("\"Adam\"", "\"SGD\"").replace("fixed", policy) + "gamma: 0.1\n" + steps;
        String out = check(write("caffe/late.prototxt", solver).toString()).out();
        assertEquals(severity.equals("none") ? 0 : 1, count(out, "[SS608]"), out);
        assertEquals(severity.equals("none"), !out.contains(severity + ": the rate does not drop at"), out);
        String constant = solver.replace("gamma: 0.1", "gamma: 1");
        assertFalse(policy.equals("step")
                && check(write("caffe/late.prototxt", constant).toString())
                        .out()
                        .contains("[SS608]"));
    }
}
