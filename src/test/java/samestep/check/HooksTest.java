package samestep.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import samestep.check.file.FileSearch;

/** The hooks are given the files that a search of the repository would find. */
class HooksTest {
    @Test
    void everyHookTakesWhatASearchTakes() throws IOException {
        List<String> patterns = Files.readAllLines(Path.of(".pre-commit-hooks.yaml")).stream()
                .filter(line -> line.startsWith("  files: "))
                .map(line -> line.substring("  files: '".length(), line.length() - 1))
                .toList();
        String endings = String.join("|", new TreeSet<>(FileSearch.ENDINGS));
        String expected = "(?i)(\\.(" + endings + ")|\\.prototxt\\.[^/]*)$";

        assertEquals(List.of(expected, expected, expected, expected), patterns);
        for (String name : List.of("a/pipeline.config", "m.H5", "g.pbtxt", "c-1.meta", "s.prototxt.in", "x.yml")) {
            assertTrue(Pattern.compile(expected).matcher(name).find(), name);
            assertTrue(FileSearch.isCandidate(Path.of(name)) || FileSearch.isText(Path.of(name)), name);
        }
    }

    /** The extension of VS Code tells the server of the same files, without those that no editor shows as text. */
    @Test
    void theEditorsExtensionTakesTheTextsOfASearch() throws IOException {
        String server = Files.readString(Path.of("editors/vscode/server.js"));
        String list = server.substring(server.indexOf("ENDINGS = [") + "ENDINGS = [".length(), server.indexOf("];"));
        TreeSet<String> endings = new TreeSet<>(FileSearch.ENDINGS);
        endings.removeAll(List.of("h5", "hdf5", "keras", "meta", "pt"));

        assertEquals(
                String.join(", ", endings),
                list.replace("\"", "").strip().replaceAll(",$", "").replaceAll("\\s+", " "));
    }
}
