package samestep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A configuration is the same training as its own copy, whatever of it has equations or a normal form. */
class SelfComparisonTest {
    private static final long LARGEST = 200_000;

    private static List<String> notTheSame(Path folder, int leastRead) throws IOException {
        List<String> different = new ArrayList<>();
        Samestep samestep = new Samestep();
        int read = 0;
        for (Path file : texts(folder)) {
            String name = file.getFileName().toString();
            Configuration one = samestep.read(name, Files.readString(file));
            if (one.recipe().isPresent()) {
                read++;
                Comparison comparison = samestep.compare(one, samestep.read(name, Files.readString(file)));
                if (!comparison.isProven() || !comparison.edits().isEmpty()) {
                    different.add(file + ": " + comparison.verdict());
                }
            }
        }
        int all = read;
        assertTrue(read >= leastRead, () -> "only " + all + " were read");
        return different;
    }

    private static List<Path> texts(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> f.toString().matches(".*\\.(prototxt|json|ya?ml|config|solver)"))
                    .filter(SelfComparisonTest::isText)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isText(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                return false;
            }
            Files.readString(file);
            return true;
        } catch (java.nio.charset.CharacterCodingException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyFixtureIsTheSameAsItsCopy() throws IOException {
        assertEquals(List.of(), notTheSame(Path.of("fixtures"), 60));
    }

    @Test
    void everyFileOfTheCorpusIsTheSameAsItsCopy() throws IOException {
        Path corpus = Path.of("../shared/corpus");
        Assumptions.assumeTrue(Files.isDirectory(corpus), "../shared/corpus is not there");
        assertEquals(List.of(), notTheSame(corpus, 900));
    }
}
