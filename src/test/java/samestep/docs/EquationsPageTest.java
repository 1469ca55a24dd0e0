package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.equation.Equations;
import samestep.equation.parse.EquationParser;

/** The page of all equations is made from the equation files. */
class EquationsPageTest {
    private static final Path FILES = Path.of("src/main/resources/samestep/dialect");
    private static final Path PAGE = Path.of("docs/equations.md");
    private static final String HEAD = """
        # All equations

        What every optimizer that Samestep knows does to a weight, as the program runs it: these texts are read by the
        reference trainer and by the proof. [Their language](equations-language.md) explains the words. The lines at
        the top say where in the framework's source an update stands, and what people compare.

        This page is made from the files in `src/main/resources/samestep/dialect` by `EquationsPageTest`; edit those.
        """;

    @Test
    void thePageShowsTheFiles() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        for (Path folder : in(FILES)) {
            String framework = String.valueOf(folder.getFileName());
            Dialect dialect = Dialects.named(framework).orElseThrow();
            page.append("\n## ").append(dialect.title()).append('\n');
            for (Path file : in(folder)) {
                page.append(section(framework, file));
            }
        }

        Page.assertIsCommitted(PAGE, page.toString());
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.filter(f -> isFramework(f) || f.toString().endsWith(".eq"))
                    .sorted()
                    .toList();
            assertFalse(sorted.isEmpty(), "nothing in " + folder);
            return sorted;
        }
    }

    /** A folder below a framework's holds no equations. */
    private static boolean isFramework(Path file) {
        return Files.isDirectory(file) && String.valueOf(file.getParent()).endsWith("dialect");
    }

    private static String section(String framework, Path file) throws IOException {
        String text = Files.readString(file);
        Equations equations = EquationParser.parseOwn(file.toString(), text);
        String name = framework + "." + String.valueOf(file.getFileName()).replace(".eq", "");
        assertEquals(name, equations.name(), "the name in " + file);
        assertFalse(equations.source().isEmpty(), file + " does not say where it is from");
        assertFalse(equations.traits().isEmpty(), file + " says nothing of what people compare");
        return "\n### %s\n\n```text equations\n%s```\n".formatted(name, text);
    }
}
