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
import org.junit.jupiter.params.provider.MethodSource;
import samestep.cli.CommandRunner.Result;

/**
 * Each folder of fixtures/programs/onto has a source, a program or notebook, and what it becomes with {@code --onto}. What is
 * changed is changed a second time to the same bytes. src/test/python/check_changed_programs.py runs the results.
 */
class ProgramRewriteTest {
    private static final Path CASES = Path.of("fixtures/programs/onto");

    static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            List<Path> all = folders.filter(Files::isDirectory).sorted().toList();
            assertFalse(all.isEmpty());
            return all;
        }
    }

    private static String first(Path folder, String... names) {
        return Stream.of(names)
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow()
                .toString()
                .replace('\\', '/');
    }

    @ParameterizedTest
    @MethodSource("cases")
    void numbersAreChangedWhereTheyAreBorn(Path folder, @TempDir Path temporary) throws IOException {
        String source = first(folder, "source.prototxt", "source.py");
        String program = first(folder, "main.py", "main.ipynb");
        Path part = folder.resolve("part.txt");
        String suffix = Files.exists(part) ? ":" + Files.readString(part).strip() : "";
        Result result = CommandRunner.run(source, "--onto", program + suffix);
        Golden.compare(Path.of(program.replace("main.", "expected.")), result.out());
        Golden.compare(folder.resolve("expected.txt"), result.err() + "exit " + result.code() + "\n");

        for (Path file : files(folder)) {
            Files.copy(file, temporary.resolve(file.getFileName().toString()));
        }
        Path copy = temporary.resolve(Path.of(program).getFileName().toString());
        Files.writeString(copy, result.out());
        Result again = CommandRunner.run(source, "--onto", copy + suffix);
        assertEquals(result.out(), again.out(), "idempotent");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("main."))
                    .toList();
        }
    }

    /** A declared pair whose target is a notebook is mended in place; every other byte stays. */
    @Test
    void checkFixesANotebook(@TempDir Path folder) throws IOException {
        for (Path file : files(CASES.resolve("notebook"))) {
            Files.copy(file, folder.resolve(file.getFileName().toString()));
        }
        Path notebook = folder.resolve("main.ipynb");
        Files.copy(CASES.resolve("notebook/main.ipynb"), notebook);
        Files.writeString(
                folder.resolve("samestep.yaml"), "pairs:\n  - source: source.prototxt\n    target: main.ipynb\n");
        CommandRunner.run("check", "--fix", folder.toString());
        assertEquals(Files.readString(CASES.resolve("notebook/expected.ipynb")), Files.readString(notebook));
    }

    @Test
    void aCommentInACellSuppresses(@TempDir Path folder) throws IOException {
        Path notebook = folder.resolve("train.ipynb");
        String cell = "\"import torch\\n\", \"from torch import nn\\n\",\n\"m = nn.Linear(2, 2)\\n\",\n%s"
                + "\"o = torch.optim.Adam(m.parameters(), weight_decay=1e-2)\\n\"";
        String text = "{\"cells\": [{\"cell_type\": \"code\", \"source\": [" + cell + "]}], \"nbformat\": 4}\n";
        Files.writeString(notebook, text.formatted(""));
        Result found = CommandRunner.run("check", "-v", notebook.toString());
        assertTrue(found.out().contains("SS601"), found.out() + found.err());
        Files.writeString(notebook, text.formatted("\"# samestep: ignore[SS601, SS603] as published\\n\",\n"));
        Result silent = CommandRunner.run("check", "-v", notebook.toString());
        assertFalse(silent.out().contains("SS601"), silent.out());
        assertFalse(silent.out().contains("SS801"), silent.out());
    }
}
