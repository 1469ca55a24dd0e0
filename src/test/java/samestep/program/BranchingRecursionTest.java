package samestep.program;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import samestep.text.SourceText;

/** A function that calls itself several times under conditions that only a run knows. */
class BranchingRecursionTest {
    private static final String BRANCHING = """
            from lib import given
            def merged(target, source):
                for key in source.keys():
                    if given(key):
                        target = merged(target, source[key])
                    elif given(source):
                        target = merged(target[key], source)
                    if given(target):
                        target = merged(source, target)
                return target
            merged(given("a"), given("b"))
            """;

    /** Three calls in each of twelve would take all steps, and what comes after it would not be read. */
    @Test
    void endOfTheProgramIsReached() {
        Trace trace = Programs.read(new SourceText("main.py", BRANCHING + "given('end')\n"));
        assertFalse(trace.notes().stream().anyMatch(note -> note.contains("steps")), trace.notes()::toString);
        String last = trace.calls().get(trace.calls().size() - 1).place().toString();
        assertTrue(last.contains("main.py:12:1"), last);
    }

    /** A call that is known to be made is followed as far as in a program that has all of its steps. */
    @Test
    void knownCallsAreFollowedToTheirEnd() {
        String known = """
                def nested(level):
                    return 0.5 if level == 0 else nested(level - 1)
                found = nested(9)
                """;
        Trace trace = Programs.read(new SourceText("main.py", BRANCHING + known));
        assertTrue(trace.binding("found").orElseThrow().toString().contains("0.5"));
    }
}
