package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One number in an ordinary file: neither a crash nor a wait, in any command. */
class ExtremeNumbersTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base_lr: 0.01 lr_policy: \"poly\" power: 9223372036854775808 max_iter: 300000",
                "base_lr: 0.01 lr_policy: \"poly\" power: -1000000000 max_iter: 100000000",
                "base_lr: 0.01 lr_policy: \"poly\" power: 1000000000000 max_iter: 1000 iter_size: 4",
                "base_lr: 0.01 lr_policy: \"sigmoid\" gamma: 2147483647 stepsize: 1000 max_iter: 10000",
                "base_lr: 0.01 lr_policy: \"fixed\" momentum: 1000000000000 max_iter: 100",
                "base_lr: 2e400 lr_policy: \"fixed\" max_iter: 100",
                "base_lr: 0.01 lr_policy: \"fixed\" weight_decay: -0.01 regularization_type: \"L1\" max_iter: 100",
                "lr_policy: \"fixed\" max_iter: 100"
            })
    void aSolverWithIt(String solver) throws IOException {
        String file =
                Files.writeString(folder.resolve("solver.prototxt"), solver).toString();
        for (String target : new String[] {"keras", "tensorflow", "pytorch"}) {
            assertAnswered(file, "--to", target);
        }
        all(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ExponentialDecay\", \"config\": {\"initial_learning_rate\": 0.1, \"decay_steps\": 0, \"decay_rate\": 0.9",
                "\"ExponentialDecay\", \"config\": {\"initial_learning_rate\": 0.1, \"decay_steps\": 10, \"decay_rate\": -0.9",
                "\"PolynomialDecay\", \"config\": {\"initial_learning_rate\": 0.1, \"decay_steps\": 1000,"
                        + " \"end_learning_rate\": 0.001, \"power\": 2147483647"
            })
    void aScheduleWithIt(String schedule) throws IOException {
        String file = Files.writeString(
                        folder.resolve("model.json"),
                        "{\"class_name\": \"SGD\", \"config\": {\"learning_rate\": {\"class_name\": " + schedule
                                + "}}}}")
                .toString();
        for (String target : new String[] {"caffe", "tensorflow", "pytorch"}) {
            assertAnswered(file, "--to", target);
        }
        all(file);
    }

    private static void all(String file) {
        assertAnswered("check", "--isolated", file);
        assertAnswered("explain", file);
        assertAnswered("compare", file, file);
        assertAnswered("compare", file, "fixtures/lenet/solver.prototxt");
        assertAnswered("train", file, "--steps", "2");
    }

    private static void assertAnswered(String... arguments) {
        CommandRunner.Result result = assertTimeoutPreemptively(LONG, () -> CommandRunner.run(arguments));
        String said = String.join(" ", arguments) + "\n" + result.out() + result.err();
        assertNotEquals(Exit.DEFECT, result.code(), said);
        assertTrue(result.code() >= 0 && result.code() <= 2, said);
        assertEquals(-1, said.indexOf("Exception"), said);
    }
}
