package samestep.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.report.FindingText;
import samestep.report.terminal.Screen;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** What holds for every file, whatever its bytes. */
final class ReadingLaws {
    private ReadingLaws() {}

    /** The text of the bytes, which writes the same bytes again; empty when they are refused in one line. */
    static Optional<SourceText> text(String name, byte[] bytes) {
        try {
            SourceText source = SourceReader.read(name, new ByteArrayInputStream(bytes));
            assertArrayEquals(bytes, source.bytes());
            return Optional.of(source);
        } catch (UnreadableSourceException e) {
            assertFalse(e.reason().isBlank());
            assertFalse(e.getMessage().contains("\n"), e.getMessage());
            return Optional.empty();
        }
    }

    /** There is a recipe, or an error that says why not; every finding can be shown. */
    static Outcome<Recipe> assertReadOrRefused(Dialect dialect, Input input) {
        dialect.recognises(input.source());
        Outcome<Recipe> outcome = dialect.read(input);
        assertTrue(outcome.value().isPresent() || outcome.hasErrors(), "refused without an error");
        assertShown(outcome.findings());
        return outcome;
    }

    /** A finding is one line, then its details; nothing in it can steer a terminal. */
    static void assertShown(List<Finding> findings) {
        for (Finding finding : findings) {
            String shown = new FindingText(Screen.PLAIN).render(finding);
            assertTrue(
                    shown.codePoints().allMatch(c -> c == '\n' || !Character.isISOControl(c)),
                    () -> "control characters: " + shown);
        }
    }
}
