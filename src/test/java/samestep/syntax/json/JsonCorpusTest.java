package samestep.syntax.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import samestep.finding.Outcome;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** Every collected Keras file: none is broken, and Gson reads the same values. */
class JsonCorpusTest {
    private static final Path CORPUS = Path.of("../shared/corpus/keras-json");

    @Test
    void allFilesAreReadAsGsonReadsThem() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "the collected files are not beside this checkout");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(CORPUS)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        assertTrue(files.size() > 100, "only " + files.size() + " files");
        for (Path file : files) {
            SourceText source = SourceReader.read(file);
            Outcome<JsonValue> outcome = Json.parse(source);
            assertEquals(List.of(), outcome.findings(), file.toString());
            JsonValue value = outcome.value().orElseThrow();
            JsonSpans.assertHold(source, value);
            assertEquals(JsonParser.parseString(source.text()), Gson.of(value), file.toString());
        }
    }
}
