package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and contents of files steer neither a terminal nor a CI system. */
class HostileNamesTest {
    private static final String HARM = "\u001b[31m\u009b2J\u0007\u202e\u2066\n::error file=x::pwned\r";
    private static final String SOLVER =
            "base_lr: 0.01\nlr_policy: \"fixed\"\nunknown\u001b_field: 1\ntype: \"SGD\"\nanother_field: 2\n";

    @TempDir
    Path folder;

    private Path hostile(String text) throws IOException {
        try {
            return Files.writeString(folder.resolve("a" + HARM + ".prototxt"), text);
        } catch (InvalidPathException | IOException e) {
            Assumptions.abort("no file can have such a name here");
            throw e;
        }
    }

    private static void assertHarmless(CommandRunner.Result result) {
        String all = result.out() + result.err();
        List<Integer> bad = all.codePoints()
                .filter(c -> Character.isISOControl(c) && c != '\n' && c != '\t' || c == 0x202E || c == 0x2066)
                .boxed()
                .toList();
        assertEquals(List.of(), bad, all);
        assertTrue(all.lines().noneMatch(line -> line.startsWith("::error file=x")), all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "jsonl", "sarif", "github"})
    void aCheckOfAHostileNameIsHarmless(String format) throws IOException {
        for (String text : List.of(SOLVER, SOLVER.replace("\u001b", ""), "base_lr: \"\u202e\u0007", "\u0000")) {
            Path file = hostile(text);
            CommandRunner.Result result =
                    CommandRunner.run("check", "--isolated", "-v", "--format", format, file.toString());
            assertHarmless(result);
            assertHarmless(CommandRunner.run("check", "--isolated", "-v", "--format", format, folder.toString()));
        }
    }

    @Test
    void otherCommandsAreHarmless() throws IOException {
        String file = hostile("base_lr: 0.01\nlr_policy: \"fixed\"\nanother_field: 2\n")
                .toString();
        assertHarmless(CommandRunner.run("explain", file));
        assertHarmless(CommandRunner.run("explain", "--format", "json", file));
        assertHarmless(CommandRunner.run("compare", file, "fixtures/lenet/solver.prototxt"));
        assertHarmless(CommandRunner.run("compare", "--format", "json", file, "fixtures/lenet/solver.prototxt"));
        assertHarmless(CommandRunner.run(file, "--to", "keras"));
        assertHarmless(CommandRunner.run(file + "x", "--to", "keras"));
        assertHarmless(CommandRunner.run(file, "--to", "keras", "-o", folder.resolve("no" + HARM) + "/x"));
        assertHarmless(CommandRunner.run(file, "--t\u001b[31m"));
    }

    @Test
    void aNameWithABackslashStays() throws IOException {
        Assumptions.assumeTrue(folder.getFileSystem().getSeparator().equals("/"), "a backslash separates here");
        Path file = Files.writeString(folder.resolve("a\\b.prototxt"), SOLVER);
        CommandRunner.Result result = CommandRunner.run("check", "--isolated", "--format", "jsonl", folder.toString());
        assertTrue(result.out().contains(folder + "/a\\\\b.prototxt"), result.out() + file);
    }

    /** Its text would lead to no file, or to another one. */
    @Test
    void aNameThatIsNoTextIsPassedOver() throws Exception {
        String script = "printf 'base_lr: 0.01\\nlr_policy: \"fixed\"\\n' > \"$1/$(printf 'a\\377')\".prototxt";
        int code = new ProcessBuilder("sh", "-c", script, "sh", folder.toString())
                .start()
                .waitFor();
        Assumptions.assumeTrue(code == 0, "no file can have such a name here");
        Files.writeString(folder.resolve("b.prototxt"), SOLVER);
        CommandRunner.Result result = CommandRunner.run("check", "--isolated", "-v", folder.toString());
        assertEquals(1, result.code(), result.err());
        assertTrue(result.err().contains("has a name that is not text in this locale"), result.err());
        assertTrue(result.out().contains("b.prototxt"), result.out());
    }
}
