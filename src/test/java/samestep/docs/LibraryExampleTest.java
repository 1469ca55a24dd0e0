package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samestep.docs.Page.Block;

/** The README's Java is compiled and run as its readers would, and prints what the README shows after it. */
class LibraryExampleTest {
    private static final String CLASS_NAME = "Port";

    @TempDir
    private Path folder;

    @Test
    void theExampleCompilesAndPrintsWhatThePageShows() throws IOException, InterruptedException {
        Path readme = Path.of("README.md");
        List<Block> blocks = Page.read(readme).blocks();
        Block example = only(blocks, "java");
        Path source = folder.resolve(CLASS_NAME + ".java");
        Files.writeString(source, example.text());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String libraries = System.getProperty("java.class.path");
        int code = compiler.run(
                null,
                null,
                null,
                "-Xlint:all,-processing",
                "-Werror",
                "-proc:none",
                "-cp",
                libraries,
                source.toString());
        assertEquals(0, code, "the example does not compile");
        assertEquals(only(blocks, "text output").text(), run(libraries + java.io.File.pathSeparator + folder));
    }

    private static Block only(List<Block> blocks, String info) {
        List<Block> found = blocks.stream().filter(b -> b.info().equals(info)).toList();
        assertEquals(1, found.size(), "blocks marked " + info);
        return found.get(0);
    }

    private String run(String classPath) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        CLASS_NAME)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the example does not end");
        assertEquals(0, process.exitValue());
        return Files.readString(output);
    }
}
