package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library of docs/examples/own-form, built by javac alone, beside the command line in a process of its own. */
class OwnFormTest {
    private static final Path EXAMPLE = Path.of("docs/examples/own-form");
    private static final String SERVICE = "META-INF/services/samestep.spi.ConfigurationForm";

    @TempDir
    private static Path folder;

    private record Result(int code, String out, String err) {}

    @BeforeAll
    static void buildTheLibrary() throws IOException {
        Path classes = folder.resolve("classes");
        int code = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-Xlint:all",
                        "-Werror",
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EXAMPLE.resolve("src/acme/AcmeForm.java").toString());
        assertEquals(0, code);
        Files.createDirectories(classes.resolve(SERVICE).getParent());
        Files.copy(EXAMPLE.resolve("src").resolve(SERVICE), classes.resolve(SERVICE));
    }

    @Test
    void aFormOfAnotherLibraryIsCompared() throws IOException, InterruptedException {
        String page = Page.read(Path.of("docs/library.md")).blocks().stream()
                .filter(block -> block.info().equals("text own-form"))
                .findFirst()
                .orElseThrow()
                .text();
        Result compared = run(EXAMPLE, "compare", "train.acme", "port.prototxt");
        assertTrue(compared.out().contains(page), compared.toString());
        assertEquals(1, compared.code());
    }

    @Test
    void itIsTranslatedAndNamedOnTheCommandLine() throws IOException, InterruptedException {
        Result caffe = run(EXAMPLE, "train.acme", "--from", "acme", "--to", "caffe");
        assertTrue(caffe.out().contains("weight_decay: 0.0005"), caffe.toString());
        assertTrue(run(EXAMPLE, "frameworks").out().contains("acme       reads the files of acme.AcmeForm"));
    }

    @Test
    void checkLooksIntoItsFiles() throws IOException, InterruptedException {
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Files.writeString(repository.resolve("good.acme"), Files.readString(EXAMPLE.resolve("train.acme")));
        Files.writeString(repository.resolve("bad.acme"), "# acme\nrate 3\n");
        Result checked = run(repository, "check");
        assertTrue(checked.out().contains("bad.acme:1:1: error: line 2: expected key = value"), checked.toString());
        assertEquals(1, checked.code(), checked.toString());
        assertEquals(0, run(repository, "check", "good.acme").code());
    }

    private static Result run(Path where, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                folder.resolve("classes") + File.pathSeparator + absolute(System.getProperty("java.class.path")),
                "samestep.cli.Main"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the command does not end");
        return new Result(process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).replace(System.lineSeparator(), "\n");
    }

    /** The command runs in another folder. */
    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
