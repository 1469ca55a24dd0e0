package samestep.text.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamePatternsTest {
    @Test
    void whatIsBrokenIsSaidOnceAndTheOthersHold() {
        NamePatterns patterns = NamePatterns.of(List.of("(", "bias$", "(", "x".repeat(1_001), "(?<n"));
        assertEquals(List.of("(", "x".repeat(60) + "...", "(?<n"), patterns.broken());
        assertEquals(Optional.of(true), patterns.contain("dense/bias"));
        assertEquals(Optional.of(false), patterns.contain("dense/kernel"));
    }

    @Test
    void allMatchingTogetherHasALimit() {
        NamePatterns patterns = NamePatterns.of(List.of("(.*)".repeat(20) + "X"));
        assertEquals(Optional.empty(), patterns.contain("dense/kernel and more"));
        assertEquals(Optional.empty(), patterns.contain("bias"), "the limit is of all names");
        assertEquals(Optional.empty(), NamePatterns.of(List.of("a")).contain("b".repeat(1_001)));
    }
}
