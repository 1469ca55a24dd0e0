package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samestep.Samestep;

/**
 * An empty modular project with the library on its module path, built and run by javac and java alone. The library's module
 * is the classes at hand with the descriptor of src/main/module, as the pom puts them together; .ci/optional/module does the
 * same with the jar that Maven built.
 */
class LibraryModuleTest {
    /** What Maven brings with the library, and no more. */
    private static final List<String> BROUGHT = List.of("gson", "snakeyaml", "big-math", "jspecify");

    /** What a user adds who reads .h5 files. */
    private static final List<String> FOR_HDF = List.of("jhdf", "slf4j-api", "commons-lang3");

    private static final Path PAIR = Path.of("fixtures/comparisons/lenet-keras-verbatim");

    @TempDir
    private static Path folder;

    private static Path library;

    @BeforeAll
    static void packTheLibrary() throws Exception {
        Path classes = Path.of(Samestep.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String descriptor = folder.resolve("descriptor").toString();
        run(
                "javac",
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "-d",
                descriptor,
                "--module-path",
                libraries(List.of("gson", "snakeyaml", "big-math", "jspecify", "jhdf", "picocli", "java-diff-utils")),
                "--patch-module",
                "samestep=" + classes,
                "src/main/module/module-info.java");
        library = folder.resolve("samestep.jar");
        run("jar", "--create", "--no-compress", "--file", library.toString(), "-C", classes.toString(), "samestep");
        run("jar", "--update", "--file", library.toString(), "-C", descriptor, "module-info.class");
    }

    /** In a Java runtime of what the project requires: java.desktop, jhdf and picocli are not there. */
    @Test
    void aModularProjectComparesTwoFilesInTenLines() throws IOException, InterruptedException {
        List<Page.Block> blocks = Page.read(Path.of("docs/library.md")).blocks();
        String program = block(blocks, "java demo");
        assertEquals(10, program.lines().count());
        Path project = project("compares", program, block(blocks, "java module-info"));
        assertEquals(
                "INEXACT\n",
                java(project, BROUGHT, PAIR.resolve("source.prototxt").toString(), PAIR.resolve("target.json") + ""));
    }

    @Test
    void packagesBelowTheApiAreClosed() throws IOException {
        String program = "package demo; class Demo { samestep.text.SourceReader reader; }";
        StringWriter printed = new StringWriter();
        assertNotEquals(0, compile(write("closed", program, "requires samestep;"), printed));
        assertTrue(printed.toString().contains("package samestep.text is not visible"), printed.toString());
    }

    @Test
    void anHdfFileIsReadWithItsLibraryAndIsAFindingWithout() throws IOException, InterruptedException {
        String program = """
            package demo;
            class Demo {
                public static void main(String[] args) {
                    var read = new samestep.Samestep().read(java.nio.file.Path.of(args[0]));
                    System.out.println(ModuleLayer.boot().findModule("java.desktop").isPresent());
                    System.out.println(read.recipe().isPresent());
                    read.findings().forEach(f -> System.out.println(f.message()));
                }
            }\
            """;
        String file = "fixtures/keras/digits.h5";
        String without = java(project("without", program, "requires samestep;"), BROUGHT, file);
        assertTrue(without.startsWith("false\nfalse\n") && without.contains("add io.jhdf:jhdf"), without);
        List<String> all = new ArrayList<>(BROUGHT);
        all.addAll(FOR_HDF);
        // jhdf has no descriptor of its own, so the project names what jhdf needs; commons-lang3 needs java.desktop.
        Path project = project(
                "with",
                program,
                "requires samestep; requires io.jhdf; requires org.slf4j; requires org.apache.commons.lang3;",
                all);
        String with = java(project, all, file);
        assertTrue(with.startsWith("true\ntrue\n"), with);
    }

    private static Path project(String name, String program, String requires) throws IOException {
        return project(name, program, requires, BROUGHT);
    }

    private static Path project(String name, String program, String requires, List<String> with) throws IOException {
        Path project = write(name, program, requires);
        StringWriter printed = new StringWriter();
        assertEquals(0, compile(project, printed, with), printed::toString);
        return project;
    }

    private static String block(List<Page.Block> blocks, String info) {
        return blocks.stream()
                .filter(b -> b.info().equals(info))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static Path write(String name, String program, String requires) throws IOException {
        Path project = Files.createDirectories(folder.resolve(name));
        Files.writeString(
                project.resolve("module-info.java"),
                requires.startsWith("module") ? requires : "module demo { " + requires + " }");
        Files.createDirectories(project.resolve("demo"));
        Files.writeString(project.resolve("demo/Demo.java"), program);
        return project;
    }

    private static int compile(Path project, StringWriter printed) {
        return compile(project, printed, BROUGHT);
    }

    private static int compile(Path project, StringWriter printed, List<String> with) {
        PrintWriter out = new PrintWriter(printed, true);
        return ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        out,
                        out,
                        "-proc:none",
                        "-d",
                        project.resolve("classes").toString(),
                        "--module-path",
                        path(with),
                        project.resolve("module-info.java").toString(),
                        project.resolve("demo/Demo.java").toString());
    }

    private static String java(Path project, List<String> with, String... arguments)
            throws IOException, InterruptedException {
        Path output = project.resolve("output.txt");
        Path errors = project.resolve("errors.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                path(with) + File.pathSeparator + project.resolve("classes"),
                "--limit-modules",
                "demo",
                "--module",
                "demo/demo.Demo"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the program does not end");
        String printed = Files.readString(output).replace(System.lineSeparator(), "\n");
        assertEquals(0, process.exitValue(), printed + Files.readString(errors));
        return printed;
    }

    private static String path(List<String> with) {
        return library + File.pathSeparator + libraries(with);
    }

    /** Jars of the tests' class path whose names begin so. */
    private static String libraries(List<String> names) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> names.stream()
                        .anyMatch(name -> Path.of(jar).getFileName().toString().matches(name + "-[0-9].*\\.jar")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void run(String tool, String... arguments) {
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed, true);
        int code = ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments);
        assertEquals(0, code, () -> tool + ": " + printed);
    }
}
