package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.cli.CommandRunner.Result;

/** A file from elsewhere does not decide what is read, shown or written in other places on the machine. */
class OutsideFilesTest {
    private static final String SECRET = "root:x:0:0:secret words:/root:/bin/bash\n";
    private static final String NET =
            "layer { name: \"secretnet\" type: \"InnerProduct\" inner_product_param { num_output: 3 } }\n";
    private static final Path FIXTURES = Path.of("fixtures/check");

    @TempDir
    Path folder;

    private Path repository;
    private Path secret;
    private Path net;

    @BeforeEach
    void make() throws IOException {
        repository = Files.createDirectories(folder.resolve("repository"));
        Files.createDirectories(repository.resolve(".git"));
        Files.createDirectories(folder.resolve("outside"));
        secret = Files.writeString(folder.resolve("outside/passwd"), SECRET);
        net = Files.writeString(folder.resolve("outside/net.prototxt"), NET);
    }

    private Path solver(String named) throws IOException {
        return Files.writeString(
                repository.resolve("solver.prototxt"),
                "net: \"" + named + "\"\nbase_lr: 0.01\nlr_policy: \"fixed\"\nweight_decay: 0.0005\nmax_iter: 100\n");
    }

    private static Result check(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "check";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandRunner.run(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "jsonl", "sarif", "github"})
    void nothingOfAFileThatIsNoNetIsShown(String format) throws IOException {
        Files.copy(secret, repository.resolve("inside"));
        for (String named : new String[] {secret.toString(), "../outside/passwd", "inside"}) {
            Path solver = solver(named);
            for (String option : new String[] {"--verbose", "--allow-outside"}) {
                Result result = check(solver.toString(), "--format", format, option);
                assertFalse((result.out() + result.err()).contains("secret words"), result.out());
            }
        }
        assertTrue(check(solver("inside").toString()).out().contains("is not a net: it has no layers [SS004]"));
    }

    @Test
    void aNetOutsideIsNotRead() throws IOException {
        for (String named : new String[] {net.toString(), "../outside/net.prototxt"}) {
            String solver = solver(named).toString();
            Result checked = check(solver);
            assertEquals(1, checked.code(), checked.out());
            assertTrue(checked.out().contains("net.prototxt is outside the repository; it was not read [SS012]"));
            assertTrue(checked.out().contains("--allow-outside"), checked.out());
            assertEquals(0, check(solver, "--allow-outside").code());
            assertFalse(CommandRunner.run("explain", solver).out().contains("secretnet"));
            assertTrue(CommandRunner.run("explain", solver, "--allow-outside")
                    .out()
                    .contains("secretnet"));
            assertTrue(CommandRunner.run("explain", solver, "--net", net.toString())
                    .out()
                    .contains("secretnet"));
        }
    }

    @Test
    void aLinkIsWhereItLeadsTo() throws IOException {
        Files.createSymbolicLink(repository.resolve("net.prototxt"), net);
        Files.createSymbolicLink(repository.resolve("folder"), Objects.requireNonNull(net.getParent()));
        for (String named : new String[] {"net.prototxt", "folder/net.prototxt"}) {
            assertTrue(check(solver(named).toString()).out().contains("[SS012]"), named);
        }
        Files.delete(repository.resolve("net.prototxt"));
        Files.createDirectories(repository.resolve("real"));
        Files.copy(net, repository.resolve("real/net.prototxt"));
        Files.createSymbolicLink(repository.resolve("net.prototxt"), Path.of("real/net.prototxt"));
        assertEquals(0, check(solver("net.prototxt").toString()).code(), "a link that stays inside");
    }

    @Test
    void aFolderIsSearchedForLinksThatStayInside() throws IOException {
        Path own = Files.writeString(
                folder.resolve("outside/solver.prototxt"), "base_lr: 0.01\nlr_policy: \"poly\"\nmomentun: 0.9\n");
        Files.createSymbolicLink(repository.resolve("link.prototxt"), own);
        Result result = check(repository.toString());
        assertEquals("", result.out());
        assertTrue(result.err().contains("1 file could not be read (-v lists them)"), result.err());
        assertTrue(check(repository.toString(), "-v").err().contains("is a link out of the repository"));
        assertTrue(check(repository.resolve("link.prototxt").toString()).out().contains("momentun"), "named");
        assertTrue(check(repository.toString(), "--allow-outside").out().contains("momentun"));
    }

    @Test
    void aBaseOutsideIsNotRead() throws IOException {
        Files.writeString(folder.resolve("outside/base.yaml"), "SOLVER:\n  BASE_LR: 0.0625\n");
        Path file = Files.writeString(
                repository.resolve("d2.yaml"),
                "_BASE_: \"../outside/base.yaml\"\nMODEL:\n  WEIGHTS: \"x\"\nSOLVER:\n  MAX_ITER: 100\n");
        assertTrue(check(file.toString())
                .out()
                .contains("the base " + folder.resolve("outside/base.yaml")
                        + " is outside the repository; it was not read [SS012]"));
        assertFalse(CommandRunner.run("explain", file.toString()).out().contains("0.0625"));
        Result allowed = CommandRunner.run("explain", file.toString(), "--allow-outside");
        assertTrue(allowed.out().contains("0.0625"), allowed.out() + allowed.err());
    }

    @Test
    void aPairOutsideIsNeitherReadNorWritten() throws IOException {
        for (String file : new String[] {"caffe/solver.prototxt", "caffe/net.prototxt"}) {
            Files.createDirectories(repository.resolve("caffe"));
            Files.copy(FIXTURES.resolve(file), repository.resolve(file));
        }
        Path theirs = folder.resolve("outside/theirs.json");
        Files.copy(FIXTURES.resolve("keras/verbatim.json"), theirs);
        Files.createSymbolicLink(repository.resolve("link.json"), theirs);
        String before = Files.readString(theirs);
        for (String target : new String[] {"../outside/theirs.json", theirs.toString(), "link.json"}) {
            Path settings = Files.writeString(
                    repository.resolve("samestep.yaml"),
                    "pairs: [{source: caffe/solver.prototxt, target: \"" + target + "\"}]\n");
            String solver = repository.resolve("caffe/solver.prototxt").toString();
            Result fixed = check("--config", settings.toString(), "--fix", solver);
            assertTrue(fixed.out().contains("[SS012]"), fixed.out());
            assertEquals(before, Files.readString(theirs));
            Result allowed = check("--config", settings.toString(), "--fix", "--allow-outside", solver);
            assertTrue(allowed.err().contains("outside the repository, or a link that leads there [SS803]"));
            assertEquals(before, Files.readString(theirs), "reading is allowed, writing is not");
        }
    }

    @Test
    void aModelDirectoryIsReadWithoutLinksThatLeaveIt() throws IOException {
        Path graph =
                Files.writeString(folder.resolve("outside/graph.pbtxt"), "node { name: \"secret\" op: \"NoOp\" }\n");
        Path model = Files.createDirectories(repository.resolve("model"));
        Files.createSymbolicLink(model.resolve("graph.pbtxt"), graph);
        Result result = CommandRunner.run("explain", model.toString());
        assertEquals(2, result.code());
        assertFalse((result.out() + result.err()).contains("secret"), result.err());
        assertTrue(result.err().contains("is a directory"), result.err());
    }

    @Test
    void aNameThatNoFileCanHaveIsAFinding() throws IOException {
        Path settings = Files.writeString(
                repository.resolve("samestep.yaml"), "pairs: [{source: \"a\\0b\", target: c.json}]\n");
        Result result = check("--config", settings.toString(), repository.toString());
        assertEquals(1, result.code(), result.err());
        assertTrue(result.out().contains("no file can have the name"), result.out());
    }
}
