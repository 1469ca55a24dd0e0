package samestep.syntax.yaml;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Runs the kept inputs as tests, and looks for new ones under the fuzzer. */
class YamlFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyFileIsReadOrRefused(byte[] bytes) {
        YamlLaws.assertReadOrRefused(new String(bytes, StandardCharsets.UTF_8));
    }
}
