package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What you see when you use it for the first time. */
class CommandLineTest {
    private static final String SOLVER = "fixtures/translations/nesterov-step/solver.prototxt";

    @TempDir
    Path folder;

    static Stream<Arguments> wrongUsage() {
        return Stream.of(
                Arguments.of(List.of(SOLVER, "--to", "torhc"), "did you mean torch?"),
                Arguments.of(List.of(SOLVER, "--to", "chainer"), "there are caffe, keras, pytorch, tensorflow"),
                Arguments.of(List.of("help", "comapre"), "did you mean \"translate compare\"?"),
                Arguments.of(List.of("comapre", "a", "b"), "did you mean \"translate compare\"?"),
                Arguments.of(List.of(SOLVER), "say what to write: --to, with one of caffe, keras, pytorch, tensorflow"),
                Arguments.of(List.of(SOLVER, "--to", "kears"), "did you mean keras?"),
                Arguments.of(List.of(SOLVER, "--to", "caffe"), "is a Caffe configuration already"),
                Arguments.of(
                        List.of(SOLVER, "--to", "keras", "--keras-version", "4"), "one of 1, 2.3, tf.keras, 2.15, 3"),
                Arguments.of(List.of(SOLVER, "--to", "keras", "--in-place"), "go with --onto"),
                Arguments.of(
                        List.of(SOLVER, "--onto", "fixtures/keras/lenet.jsn"),
                        "did you mean fixtures/keras/lenet.json?"),
                Arguments.of(List.of(SOLVER, "--onto", "fixtures/keras/lenet.json", "--map", "ip1"), "LAYER=LAYER"),
                Arguments.of(
                        List.of(SOLVER, "--onto", "fixtures/keras/lenet.json", "--diff", "--in-place"), "one of them"),
                Arguments.of(List.of(SOLVER, "--too", "keras"), "did you mean --to"),
                Arguments.of(List.of("check", "--fxi"), "did you mean --fix?"),
                Arguments.of(List.of(SOLVER, "--to", "keras", "--as", "yaml"), "--as: one of json, python"),
                Arguments.of(List.of(SOLVER, "--to", "keras", "--format", "xml"), "--format: one of text, json"),
                Arguments.of(List.of(SOLVER, "--to", "keras", "--from", "cafe"), "did you mean caffe?"),
                Arguments.of(List.of("trian"), "did you mean \"translate train\"?"),
                Arguments.of(List.of("nothing.prototxt", "--to", "keras"), "nothing.prototxt: no such file"),
                Arguments.of(
                        List.of("fixtures/lenet/solver.prototx", "--to", "keras"),
                        "did you mean fixtures/lenet/solver.prototxt?"),
                Arguments.of(
                        List.of(SOLVER, "net.prototxt", "--to", "keras"),
                        "one configuration at a time; a Caffe solver's net goes with --net net.prototxt"),
                Arguments.of(List.of("src", "--to", "keras"), "is a directory"),
                Arguments.of(List.of("README.md", "--to", "keras"), "not recognised"),
                Arguments.of(List.of("train"), "name the configuration to train"),
                Arguments.of(List.of("train", SOLVER, "--steps", "0"), "--steps: at least 1"));
    }

    @ParameterizedTest
    @MethodSource("wrongUsage")
    void wrongUsageIsOneHelpfulLineAndExitTwo(List<String> arguments, String expected) {
        CommandRunner.Result result = CommandRunner.run(arguments.toArray(String[]::new));

        assertEquals(2, result.code(), result.err());
        assertEquals("", result.out());
        assertTrue(result.err().contains(expected), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void nothingGivenShowsTheThreeCommandsThatPeopleNeed() {
        CommandRunner.Result result = CommandRunner.run();

        assertEquals(2, result.code());
        assertEquals("", result.out());
        for (String command : List.of("solver.prototxt --to keras", "translate compare", "translate check")) {
            assertTrue(result.err().contains(command), result.err());
        }
    }

    @Test
    void helpIsTheOptionOfTheSameName() {
        assertEquals(
                CommandRunner.run("--help").out(), CommandRunner.run("help").out());
        CommandRunner.Result compare = CommandRunner.run("help", "compare");

        assertEquals(0, compare.code(), compare.err());
        assertEquals(CommandRunner.run("compare", "--help").out(), compare.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch", "PyTorch", "PYTORCH", "pt"})
    void frameworksHaveTheNamesThatPeopleUse(String name) {
        assertEquals(
                CommandRunner.run(SOLVER, "--to", "pytorch").out(),
                CommandRunner.run(SOLVER, "--to", name).out());
    }

    @Test
    void aNetGivenAsSolverIsToldApart() {
        CommandRunner.Result result = CommandRunner.run("fixtures/alexnet/train_val.prototxt", "--to", "keras");

        assertEquals(2, result.code());
        assertEquals("", result.out());
        assertTrue(result.err().contains("is a net, not a solver"), result.err());
        assertTrue(result.err().contains("--net fixtures/alexnet/train_val.prototxt"), result.err());
    }

    @Test
    void standardInputFindsItsNetBesideItsName() throws IOException {
        String text = Files.readString(Path.of(SOLVER));
        CommandRunner.Result named = CommandRunner.runWithInput(text, "-", "--to", "keras", "--stdin-filename", SOLVER);
        CommandRunner.Result nameless = CommandRunner.runWithInput(text, "-", "--to", "keras");

        assertEquals(0, named.code(), named.err());
        assertEquals(CommandRunner.run(SOLVER, "--to", "keras").out(), named.out());
        assertEquals(1, nameless.code());
        assertTrue(nameless.err().startsWith("<stdin>:"), nameless.err());
    }

    @Test
    void theNetIsLookedForUpToTheRepositoryAndNeverGuessed() throws IOException {
        Path models = Files.createDirectories(folder.resolve("models/a"));
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(
                models.resolve("solver.prototxt"), "net: \"models/a/net.prototxt\" base_lr: 0.1 lr_policy: \"fixed\"");
        Files.writeString(
                models.resolve("net.prototxt"),
                "layer { name: \"fc\" type: \"InnerProduct\" param { decay_mult: 0 } }");
        CommandRunner.Result found =
                CommandRunner.run(models.resolve("solver.prototxt").toString(), "--to", "keras");
        assertEquals(0, found.code(), found.err());
        assertTrue(found.err().contains("models/a/net.prototxt [SS007]"), found.err());

        Files.delete(folder.resolve(".git"));
        CommandRunner.Result suggested =
                CommandRunner.run(models.resolve("solver.prototxt").toString(), "--to", "keras");
        assertEquals(1, suggested.code());
        assertTrue(suggested.err().contains("[SS006]"), suggested.err());
        assertTrue(suggested.err().contains("Did you mean --net"), suggested.err());
    }

    @Test
    void aFileNamedLikeACommandIsReachedByItsPath() throws IOException {
        Path file = folder.resolve("train");
        Files.writeString(file, "base_lr: 0.1 lr_policy: \"fixed\"");

        assertEquals(1, CommandRunner.run(file.toString(), "--to", "keras").code());
    }

    @Test
    void anOutputFileIsWrittenWholeOrNotAtAll() throws IOException {
        Path target = folder.resolve("port.json");
        CommandRunner.Result written = CommandRunner.run(SOLVER, "--to", "keras", "-o", target.toString());
        assertEquals(0, written.code(), written.err());
        assertEquals("", written.out());
        String text = Files.readString(target);
        assertEquals(CommandRunner.run(SOLVER, "--to", "keras").out(), text);

        Path broken = folder.resolve("broken.prototxt");
        Files.writeString(broken, "base_lr: = 3");
        assertEquals(
                2,
                CommandRunner.run(broken.toString(), "--to", "keras", "-o", target.toString())
                        .code());
        assertEquals(text, Files.readString(target), "left as it was");

        Path nowhere = folder.resolve("missing/port.json");
        CommandRunner.Result refused = CommandRunner.run(SOLVER, "--to", "keras", "-o", nowhere.toString());
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("no such folder"), refused.err());
        assertEquals(2, folder.toFile().list().length, "no temporary file is left");
    }

    @Test
    void findingsOfTheChosenLevelFail() {
        assertEquals(0, CommandRunner.run(SOLVER, "--to", "keras").code());
        assertEquals(
                1,
                CommandRunner.run(SOLVER, "--to", "keras", "--fail-on", "note").code());
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        CommandRunner.Result help = CommandRunner.run("--help");
        assertEquals(0, help.code());
        assertTrue(help.out().contains("--net"), help.out());
        assertTrue(help.out().contains("Exit codes"), help.out());
        CommandRunner.Result version = CommandRunner.run("--version");
        assertEquals(0, version.code());
        assertTrue(version.out().startsWith("samestep "), version.out());
        assertEquals("", version.err());
    }

    @Test
    void frameworksAreListed() {
        CommandRunner.Result result = CommandRunner.run("frameworks");
        assertEquals(0, result.code());
        assertTrue(result.out().lines().anyMatch(l -> l.startsWith("caffe")), result.out());
        assertTrue(result.out().contains("writes json, python"), result.out());
    }

    @Test
    void controlCharactersOfAFileDoNotReachTheTerminal() throws IOException {
        Path file = folder.resolve("solver.prototxt");
        Files.writeString(file, "base_lr: 0.1 lr_policy: \"\u001b[31mred\"");
        CommandRunner.Result result = CommandRunner.run(file.toString(), "--to", "keras");
        assertEquals(2, result.code());
        assertFalse(result.err().contains("\u001b"), "an escape character");
    }
}
