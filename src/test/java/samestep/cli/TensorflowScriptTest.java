package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.cli.CommandRunner.Result;
import samestep.dialect.Dialects;
import samestep.text.SourceText;

/** Every program below fixtures/programs/tensorflow, explained: what is printed is beside it. A new program is a new case. */
class TensorflowScriptTest {
    private static final Path CASES = Path.of("fixtures/programs/tensorflow");

    static List<Path> cases() throws IOException {
        return Golden.programs(CASES);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isExplainedAsExpected(Path program) throws IOException {
        Golden.explained(program);
    }

    /** The solver decays no biases, and the flag is the decay of both: one number cannot be both. */
    @Test
    void comparisonSaysThatTheNumberIsTheDecayOfBiasesToo() {
        Result result =
                CommandRunner.run("compare", "fixtures/lenet/solver.prototxt", "fixtures/programs/tensorflow/lenet.py");
        assertFalse(result.out().contains("fixtures/programs/tensorflow/lenet.py:6:36: write"), result.out());
        assertTrue(
                result.err()
                        .contains("lenet.py:6:36: warning: 0.0005 would be right for L2 in the gradient of 2 kernels"),
                result.err());
    }

    @Test
    void checkReportsAPenaltyThatIsNeverAdded() {
        Result result = CommandRunner.run("check", "fixtures/programs/tensorflow/never_added.py");
        String all = result.out() + result.err();
        assertTrue(all.contains("never_added.py:6:93: error"), all);
        assertTrue(all.contains("[SS111]"), all);
        assertEquals(1, result.code());
    }

    @Test
    void programsAreTheirFrameworks() {
        assertEquals("tensorflow", framework("import tensorflow as tf\ntf.train.AdamOptimizer(0.1).minimize(loss)\n"));
        assertEquals(
                "tensorflow",
                framework("import tensorflow as tf\nr = tf.keras.regularizers.l2(0.1)\n"
                        + "tf.layers.dense(x, 3, kernel_regularizer=r)\ntf.train.AdamOptimizer(0.1).minimize(loss)\n"));
        assertEquals(
                "keras",
                framework("import tensorflow as tf\nmodel = tf.keras.Sequential()\n"
                        + "model.compile(optimizer=tf.train.AdamOptimizer(0.1))\n"));
        assertEquals("", framework("import tensorflow as tf\nprint(tf.ones(3))\n"));
    }

    private static String framework(String text) {
        return Dialects.recognise(new SourceText("x.py", text))
                .map(d -> d.name())
                .orElse("");
    }
}
