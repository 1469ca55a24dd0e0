package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import samestep.cli.CommandRunner.Result;

/** "Nothing found" is never said of what was not looked at. */
class CheckSilenceTest {
    private static final String SOLVER =
            "net: \"net.prototxt\"\nbase_lr: 0.01\nlr_policy: \"fixed\"\n" + "weight_decay: 0.0005\nmax_iter: 100\n";
    private static final String NOTHING = "0 configurations: nothing found; ";
    private static final Path FIXTURES = Path.of("fixtures/check");

    @TempDir
    Path folder;

    @BeforeEach
    void repository() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
    }

    private Path write(String file, String text) throws IOException {
        return Files.writeString(folder.resolve(file), text);
    }

    private static Result check(Object... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "check";
        for (int i = 0; i < arguments.length; i++) {
            all[i + 1] = arguments[i].toString();
        }
        return CommandRunner.run(all);
    }

    private void isAnErrorWhereItIsNamedAndCountedWhereItIsFound(Path file, String why) {
        Result named = check("--isolated", file);
        assertEquals(2, named.code(), named.err());
        assertTrue(named.err().contains("error: " + file + ": ") && named.err().contains(why), named.err());
        Result found = check("--isolated", folder);
        assertEquals(0, found.code(), found.err());
        assertTrue(found.err().contains("1 file could not be read (-v lists them)"), found.err());
        Result listed = check("--isolated", folder, "-v");
        assertTrue(
                listed.err().contains("passed over: " + file + ": ")
                        && listed.err().contains(why),
                listed.err());
    }

    @Test
    void bytesOfAnotherEncoding() throws IOException {
        Path json = Files.write(
                folder.resolve("model.json"),
                ("{\"class_name\": \"SGD\", \"config\": {\"name\": \"\u00e9t\u00e9\", \"learning_rate\": 0.01},"
                                + " \"module\": \"keras.optimizers\"}")
                        .getBytes(StandardCharsets.ISO_8859_1));
        isAnErrorWhereItIsNamedAndCountedWhereItIsFound(json, "is not UTF-8 text: byte 0xE9 in line 1");
    }

    @Test
    void aTextThatIsNoConfigurationMayHaveAnyEncoding() throws IOException {
        Path json = Files.write(
                folder.resolve("data.json"), "{\"a\": \"\u00e9t\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        Result result = check("--isolated", json);
        assertEquals(0, result.code());
        assertEquals(NOTHING + json + " is not a configuration of a known framework\n", result.err());
    }

    @Test
    void aFileThatIsTooLarge() throws IOException {
        Path large = write("solver.prototxt", SOLVER);
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            byte[] comment = "# and so on, and so on\n".repeat(44_000).getBytes(StandardCharsets.UTF_8);
            file.seek(file.length());
            for (int i = 0; i < 36; i++) {
                file.write(comment);
            }
        }
        isAnErrorWhereItIsNamedAndCountedWhereItIsFound(large, "is larger than 32 MiB");
    }

    @Test
    void aFileWithoutPermission() throws IOException {
        Path closed = write("solver.prototxt", SOLVER);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(closed), "a superuser may read everything");
        isAnErrorWhereItIsNamedAndCountedWhereItIsFound(closed, "permission denied");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aFifoIsNotWaitedFor() throws IOException, InterruptedException {
        Path fifo = folder.resolve("solver.prototxt");
        assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);
        isAnErrorWhereItIsNamedAndCountedWhereItIsFound(fifo, "is not a regular file");
        write("samestep.yaml", "pairs: [{source: solver.prototxt, target: other.prototxt}]\n");
        write("other.prototxt", SOLVER);
        Result pair = check("--config", folder.resolve("samestep.yaml"), folder);
        assertTrue(pair.out().contains("is not a regular file [SS707]"), pair.out());
        Path settings = folder.resolve("fifo.yaml");
        Files.move(fifo, settings);
        assertEquals(2, check("--config", settings, folder).code());
    }

    @Test
    void commentsOfAnotherEncodingAreSkippedAsCaffeSkipsThem() throws IOException {
        String text = "# \u5b66\u4e60\u7387\n" + SOLVER.replace("0.01\n", "0.01 # \u4e2d\u6587\n") + "momentun: 0.9\n";
        byte[] bytes = text.getBytes(Charset.forName("GBK"));
        Path file = Files.write(folder.resolve("solver.prototxt"), bytes);
        Result result = check("--isolated", file);
        assertTrue(result.out().contains("no field \"momentun\""), result.out() + result.err());

        byte[] inText = text.replace("\"fixed\"", "\"\u4e2d\"").getBytes(Charset.forName("GBK"));
        Files.write(file, inText);
        assertEquals(2, check("--isolated", file).code(), "not in a string");
    }

    @Test
    void weightsAndImagesAreNoFaultOfTheRepository() throws IOException {
        Path checkpoint = Files.write(folder.resolve("weights.pt"), new byte[] {'P', 'K', 3, 4, 0, 0, 1, 2});
        try (RandomAccessFile file = new RandomAccessFile(checkpoint.toFile(), "rw")) {
            file.setLength(40L * 1024 * 1024);
        }
        Result result = check("--isolated", checkpoint);
        assertEquals(0, result.code(), result.err());
        assertEquals(NOTHING + checkpoint + " is not a configuration of a known framework\n", result.err());
    }

    @Test
    void whatWasPassedOverIsCountedAndListed() throws IOException {
        write("package.json", "{\"name\": \"x\"}\n");
        write("args.yaml", "task: detect\nmode: val\nlr0: 0.01\nlrf: 0.01\n");
        Result result = check("--isolated", folder);
        assertEquals(
                "0 configurations: nothing found; 1 file of a known form that cannot be read yet, 1 file passed over"
                        + " (-v lists them)\n",
                result.err());
        Result listed = check("--isolated", folder, "-v");
        assertTrue(
                listed.err()
                        .contains(
                                "args.yaml: is an Ultralytics args.yaml of a mode that does not train, which cannot be read yet\n"));
        assertTrue(listed.err().contains("package.json: is not a configuration of a known framework\n"));
    }

    @Test
    void aPairWhoseFilesAreBothGoneIsAnError() throws IOException {
        write("samestep.yaml", "pairs: [{source: gone/x.prototxt, target: gone/y.json}]\n");
        write("other.prototxt", SOLVER);
        for (Object asked : new Object[] {folder, folder.resolve("other.prototxt")}) {
            Result result = check("--config", folder.resolve("samestep.yaml"), asked);
            assertEquals(1, result.code(), result.out());
            assertTrue(result.out().contains("no such file [SS707]"), result.out());
        }
    }

    @Test
    void standardInputIsHeldToItsPair() throws IOException {
        for (String file : new String[] {
            "samestep.yaml", "caffe/solver.prototxt", "caffe/net.prototxt", "keras/port.json", "keras/verbatim.json"
        }) {
            Path target = folder.resolve(file);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(FIXTURES.resolve(file), target);
        }
        String text = Files.readString(folder.resolve("keras/verbatim.json"));
        String[] command = {
            "check",
            "--config",
            folder.resolve("samestep.yaml").toString(),
            "-",
            "--stdin-filename",
            folder.resolve("keras/verbatim.json").toString()
        };
        Result wrong = CommandRunner.runWithInput(text, command);
        assertEquals(1, wrong.code(), wrong.err());
        assertTrue(wrong.out().contains("[SS701]"), wrong.out());
        Result right = CommandRunner.runWithInput(text.replace("0.0005", "0.00025"), command);
        assertEquals(0, right.code(), right.out());
        String net = Files.readString(folder.resolve("caffe/net.prototxt"));
        command[5] = folder.resolve("caffe/net.prototxt").toString();
        Result withNet = CommandRunner.runWithInput(net, command);
        assertTrue(withNet.out().contains("[SS701]"), "the net of a pair's solver: " + withNet.out());
    }

    @Test
    void theNearestSettingsCount() throws IOException {
        Files.createDirectories(folder.resolve("sub/deep"));
        write("samestep.yaml", "rules: {SS203: error}\n");
        write("sub/samestep.yaml", "rules: {SS203: off}\nexclude: [none.prototxt]\n");
        String adam = SOLVER + "type: \"Adam\"\n";
        write("a.prototxt", adam);
        write("sub/deep/b.prototxt", adam);
        write("sub/none.prototxt", adam + "momentun: 1\n");
        Result result = CommandRunner.run("check", folder.toString());
        assertTrue(result.out().contains("a.prototxt:6:7: error: "), result.out());
        assertFalse(result.out().contains("b.prototxt:6:7: "), result.out());
        assertFalse(result.out().contains("momentun"), result.out());
        write("sub/samestep.yaml", "rulez: {}\n");
        Result wrong = CommandRunner.run("check", folder.toString());
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("sub/samestep.yaml:1:1: error: there is no \"rulez\""), wrong.err());
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void patternsAreRefusedOrMatchedInTime() throws IOException {
        Path solver = write("a".repeat(200) + ".prototxt", SOLVER);
        write("samestep.yaml", "exclude: ['" + "*a".repeat(60) + "b']\n");
        assertEquals(
                0, check("--config", folder.resolve("samestep.yaml"), folder).code());
        write("samestep.yaml", "exclude: ['" + "*".repeat(200_000) + "b']\n");
        assertEquals(
                0, check("--config", folder.resolve("samestep.yaml"), folder).code());
        write("samestep.yaml", "exclude: ['" + "?*".repeat(90_000) + "b']\n");
        Result tooLong = check("--config", folder.resolve("samestep.yaml"), solver);
        assertTrue(tooLong.err().contains("not a pattern: it is too long [SS802]"), tooLong.err());
        write("samestep.yaml", "exclude: ['*.{a,b}']\n");
        Result braces = check("--config", folder.resolve("samestep.yaml"), solver);
        assertTrue(braces.err().contains("braces have no meaning here"), braces.err());
        write("samestep.yaml", "{}\n");
        for (String ignore : new String[] {"Icon[\r]\n", "[\n", "+++\n", "*a".repeat(60) + "b\n", "\\\n", "a[\n"}) {
            write(".gitignore", ignore);
            Result result = check("--config", folder.resolve("samestep.yaml"), folder);
            assertEquals("1 configuration: nothing found\n", result.err(), ignore);
        }
    }

    @Test
    void everyFormatNamesWhatCouldNotBeRead() throws IOException {
        Path file = Files.write(
                folder.resolve("a.json"),
                "{\"class_name\": \"SGD\", \"config\": {\"name\": \"\u00e9\"}, \"module\": \"keras.optimizers\"}"
                        .getBytes(StandardCharsets.ISO_8859_1));
        for (String format : List.of("json", "jsonl", "sarif", "github")) {
            Result result = check("--isolated", "--format", format, file);
            assertEquals(2, result.code(), format);
            assertTrue(result.out().contains("a.json"), format + ": " + result.out());
            assertTrue(result.out().contains("is not UTF-8 text"), format + ": " + result.out());
        }
    }

    @Test
    void namedFilesThatAreNotReadAreNamed() throws IOException {
        Path toml = write("train.toml", "lr = 0.1\n");
        Path python = write("train.py", "lr = 0.1\n");
        Result result = check("--isolated", toml, python, write("solver.prototxt", SOLVER));
        assertTrue(
                result.err().contains(python + " is not a configuration of a known framework; " + toml + " is not"),
                result.err());
        Result found = check("--isolated", folder);
        assertFalse(found.err().contains("train"), found.err());
    }

    @Test
    void settingsThatAreALinkOutOfTheRepositoryAreReported(@TempDir Path elsewhere) throws IOException {
        Path file = Files.writeString(elsewhere.resolve("theirs.yaml"), "version: 1\n");
        Files.createDirectories(folder.resolve("below"));
        Path link = Files.createSymbolicLink(folder.resolve("below/samestep.yaml"), file);
        Path solver = Files.writeString(folder.resolve("below/solver.prototxt"), SOLVER);
        Result refused = check(solver);
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains("is a link that leads out of the repository"), refused.err());
        assertEquals(0, check("--allow-outside", solver).code());
        assertEquals(0, check("--config", link, solver).code());
    }
}
