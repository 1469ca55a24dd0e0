package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a translation prints is about the file; what holds for every file is one line. */
class StandingNotesTest {
    private static List<String> lines(String... arguments) {
        return CommandRunner.run(arguments).err().lines().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keras", "caffe", "tensorflow", "pytorch"})
    void oneLineStandsForAllOfThem(String to) {
        String file = to.equals("caffe") ? "fixtures/keras/digits.json" : "fixtures/alexnet/solver.prototxt";
        List<String> lines = lines(file, "--to", to);
        long standing =
                lines.stream().filter(l -> l.startsWith("As for every file:")).count();

        assertFalse(lines.stream().anyMatch(l -> l.endsWith("[SS901]") || l.endsWith("[SS903]")), lines.toString());
        assertEquals(to.equals("pytorch") ? 0 : 1, standing, lines.toString());
        assertFalse(lines("--verbose", file, "--to", to).stream().anyMatch(l -> l.startsWith("As for every")));
        assertEquals(
                !to.equals("pytorch"),
                lines("--verbose", file, "--to", to).stream().anyMatch(l -> l.endsWith("[SS903]")));
    }

    /** Without the call every variable decays: that is about this file. */
    @Test
    void aCallThatThisFileNeedsIsPrinted() {
        String timm = "model: resnet50\nopt: adamw\nlr: 0.001\nweight_decay: 0.05\nsched: none\n";
        List<String> lines = CommandRunner.runWithInput(timm, "-", "--from", "pytorch", "--to", "keras")
                .err()
                .lines()
                .toList();

        assertTrue(lines.stream().anyMatch(l -> l.contains("exclude_from_weight_decay")), lines.toString());
    }
}
