package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The shell steps of the GitHub action and of the GitLab example, run by bash with the real program under the name
 * {@code samestep}. What the runners themselves do is not run here.
 */
class ContinuousIntegrationTest {
    private static final Path ACTION = Path.of(".github/actions/check/action.yml");
    private static final Path BROKEN = Path.of("fixtures/check");

    @TempDir
    private Path folder;

    private Path bin;

    @BeforeEach
    void theProgramByItsName() throws IOException {
        Assumptions.assumeTrue(new File("/bin/bash").canExecute(), "there is no bash");
        bin = Files.createDirectories(folder.resolve("bin"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        program(
                bin.resolve("samestep"),
                "exec '" + java + "' -XX:TieredStopAtLevel=1 -cp '" + absoluteClassPath()
                        + "' samestep.cli.Main \"$@\"");
    }

    private static String absoluteClassPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElse("");
    }

    private static void program(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void theActionWritesItsFindingsAndFails() throws IOException, InterruptedException {
        Path checked = copy("a folder");
        Path sarif = folder.resolve("found.sarif");
        Map<String, String> inputs = Map.of(
                "SAMESTEP_BIN",
                bin.toString(),
                "SAMESTEP_FILES",
                checked + "\n",
                "SAMESTEP_OPTIONS",
                "--config=" + checked.resolve("samestep.yaml") + "\n--no-such-option",
                "SAMESTEP_SARIF",
                sarif.toString());
        assertEquals(2, run(step("Check"), inputs), "an unknown option is wrong usage");

        inputs = Map.of(
                "SAMESTEP_BIN",
                bin.toString(),
                "SAMESTEP_FILES",
                checked + "\n",
                "SAMESTEP_OPTIONS",
                "--config=" + checked.resolve("samestep.yaml"),
                "SAMESTEP_SARIF",
                sarif.toString());
        assertEquals(1, run(step("Check"), inputs), "a finding fails the step");
        assertTrue(Files.readString(sarif).contains("\"SS701\""), "without the finding");
    }

    @Test
    void theActionInstallsTheWheelOfItsOwnVersion() throws IOException, InterruptedException {
        // In place of Python: makes what a virtual environment has, and notes what it was asked for.
        Path asked = folder.resolve("asked");
        program(
                bin.resolve("python"),
                "echo \"$@\" >>'" + asked
                        + "'; [ \"$1\" = -c ] || [ \"$2\" != venv ] || { mkdir -p \"$3/bin\"; cp \"$0\""
                        + " \"$3/bin/python\"; }");
        Path output = Files.createFile(folder.resolve("output"));
        Map<String, String> environment = Map.of(
                "RUNNER_TEMP", folder.resolve("temp").toString(),
                "GITHUB_OUTPUT", output.toString(),
                "GITHUB_ACTION_PATH", ACTION.toAbsolutePath().getParent() + "");
        assertEquals(0, run(step("Install Samestep"), environment));

        List<String> calls = Files.readAllLines(asked);
        String installed = calls.get(1).substring(calls.get(1).lastIndexOf(' ') + 1);
        assertTrue(Files.readString(Path.of(installed, "pyproject.toml")).contains("samestep=="), installed);
        assertEquals("bin=" + folder.resolve("temp/samestep/bin") + "\n", Files.readString(output));
    }

    @Test
    void theGitLabJobWritesBothReportsAndFails() throws IOException, InterruptedException {
        Path checked = copy("repository");
        Map<?, ?> job = (Map<?, ?>) yaml(Path.of("docs/examples/ci/gitlab.yml")).get("samestep");
        StringBuilder script = new StringBuilder("cd '" + checked + "'\npip() { :; }\n");
        for (Object line : (List<?>) job.get("script")) {
            script.append(line).append('\n');
        }
        assertEquals(1, run(script.toString(), Map.of()));
        assertTrue(Files.readString(checked.resolve("samestep.json")).startsWith("["));
        assertTrue(Files.readString(checked.resolve("samestep.xml")).contains("<testsuites"));
    }

    private Path copy(String name) throws IOException {
        Path copy = folder.resolve(name);
        for (String file : List.of(
                "samestep.yaml",
                "caffe/solver.prototxt",
                "caffe/net.prototxt",
                "keras/port.json",
                "keras/verbatim.json")) {
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(BROKEN.resolve(file), copy.resolve(file));
        }
        Files.createDirectories(copy.resolve(".git"));
        return copy;
    }

    private static String step(String name) throws IOException {
        Map<?, ?> runs = (Map<?, ?>) yaml(ACTION).get("runs");
        return ((List<?>) runs.get("steps"))
                .stream()
                        .map(step -> (Map<?, ?>) step)
                        .filter(step -> name.equals(step.get("name")))
                        .map(step -> String.valueOf(step.get("run")))
                        .findFirst()
                        .orElseThrow();
    }

    private static Map<?, ?> yaml(Path file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    /** As the runner does it: bash with -e and pipefail. */
    private int run(String script, Map<String, String> environment) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("script"), script);
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile());
        builder.environment().putAll(environment);
        builder.environment().merge("PATH", bin.toString(), (old, own) -> own + File.pathSeparator + old);
        Process process = builder.start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), script);
        return process.exitValue();
    }
}
