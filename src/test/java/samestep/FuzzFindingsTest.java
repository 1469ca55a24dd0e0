package samestep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One small file for each kind of failure that fuzzing found. It is read or refused at a place, written in each style of
 * each framework or refused with a finding, and it is the same training as itself.
 */
class FuzzFindingsTest {
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("fixtures/fuzz"))) {
            List<Path> all = files.sorted().toList();
            assertFalse(all.isEmpty());
            return all;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isAnswered(Path file) throws IOException {
        Samestep samestep = new Samestep();
        String name = file.getFileName().toString();
        Configuration configuration = samestep.read(name, Files.readString(file));
        if (configuration.recipe().isEmpty()) {
            assertTrue(
                    configuration.findings().stream().anyMatch(f -> f.place().isPresent()),
                    () -> "no place: " + configuration.findings());
            return;
        }
        Comparison itself = samestep.compare(configuration, samestep.read(name, Files.readString(file)));
        assertTrue(itself.isProven(), () -> itself.verdict().toString());
        assertEquals(List.of(), itself.edits());
        for (Framework framework : Framework.all()) {
            for (String style : framework.styles()) {
                Translation translation = samestep.translate(configuration, framework, style);
                assertTrue(
                        translation.text(style).isPresent()
                                || !translation.findings().isEmpty(),
                        () -> framework + " " + style);
            }
        }
    }
}
