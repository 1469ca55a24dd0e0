package samestep.program;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import samestep.syntax.python.Python;
import samestep.text.SourceText;

/** Any text is interpreted within the limits, and never ends in an exception. */
class ProgramFuzzTest {
    private static final Limits SMALL = new Limits(20_000, 500, 20, 50, 500, 5, 10);

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    void anyProgramIsInterpreted(byte[] bytes) {
        SourceText source = new SourceText("any.py", new String(bytes, StandardCharsets.UTF_8));
        Trace trace = Programs.read(List.of(Python.parse(source)), "any.py", Repository.NONE, World.NONE, SMALL);
        TraceText.of(trace);
    }
}
