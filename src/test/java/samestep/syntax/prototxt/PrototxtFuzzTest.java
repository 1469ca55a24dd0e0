package samestep.syntax.prototxt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Runs the kept inputs as tests, and looks for new ones under the fuzzer. */
class PrototxtFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyFileKeepsTheLaws(byte[] bytes) {
        PrototxtLaws.assertHold(new String(bytes, StandardCharsets.UTF_8));
    }
}
