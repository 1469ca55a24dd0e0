package samestep.syntax.python;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Runs the kept inputs as tests, and looks for new ones under the fuzzer. */
class PythonFuzzTest {

    @FuzzTest(maxDuration = "30m", maxExecutions = 1_000_000)
    void anyFileIsRead(byte[] bytes) {
        PythonLaws.assertLaws(new String(bytes, StandardCharsets.UTF_8));
    }
}
