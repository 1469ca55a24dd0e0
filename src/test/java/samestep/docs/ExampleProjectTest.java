package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example project's sources compile against the library without a warning, and do what the page of the library shows.
 * (With Maven, and against the jar, it is built by .ci/optional/example.)
 */
class ExampleProjectTest {
    private static final Path PROJECT = Path.of("docs/examples/porting");
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    private Path folder;

    @Test
    void aPortIsHeldToItsSolverAndMended() throws IOException, InterruptedException {
        compile();
        List<String> shown = block("text porting").lines().toList();
        for (String file : List.of("caffe/solver.prototxt", "caffe/net.prototxt", "keras/model.json")) {
            Path copy = folder.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(PROJECT.resolve(file), copy);
        }
        Path model = folder.resolve("keras/model.json");
        String before = Files.readString(model);

        assertEquals(shown, run());

        String after = Files.readString(model);
        assertNotEquals(before, after);
        List<String> again = run();
        assertEquals("with these changes: exact", again.get(again.size() - 1));
        assertTrue(again.contains("by hand: exact"), again.toString());
        assertEquals(after, Files.readString(model));
    }

    @Test
    void thePageShowsThePrograms() throws IOException {
        String program = Files.readString(PROJECT.resolve("src/main/java/example/Porting.java"));
        assertTrue(program.contains(block("java porting")), "docs/library.md shows other lines");
    }

    private static String block(String info) throws IOException {
        List<Page.Block> blocks = Page.read(Path.of("docs/library.md")).blocks().stream()
                .filter(block -> block.info().equals(info))
                .toList();
        assertEquals(1, blocks.size(), "blocks marked " + info);
        return blocks.get(0).text();
    }

    private void compile() throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-Xlint:all", "-Werror", "-proc:none", "-cp", CLASS_PATH, "-d"));
        arguments.add(folder.resolve("classes").toString());
        try (Stream<Path> sources = Files.walk(PROJECT.resolve("src"))) {
            sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertEquals(0, code, "the example does not compile");
    }

    private List<String> run() throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder.resolve("classes") + File.pathSeparator + CLASS_PATH,
                        "example.Porting",
                        folder.resolve("caffe/solver.prototxt").toString(),
                        folder.resolve("keras/model.json").toString())
                .redirectOutput(printed.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the example does not end");
        assertEquals(0, process.exitValue(), Files.readString(folder.resolve("errors")));
        return Files.readAllLines(printed);
    }
}
