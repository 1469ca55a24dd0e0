package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two kinds of documents of one framework, from the command line. */
class TensorflowCommandTest {
    private static final String PIPELINE = "fixtures/tensorflow/pipeline.config";
    private static final String EXPERIMENT = "fixtures/tensorflow/experiment.yaml";
    private static final String ALEXNET = "fixtures/alexnet/solver.prototxt";

    @ParameterizedTest
    @CsvSource({
        "fixtures/tensorflow/pipeline.config, pipeline",
        "fixtures/tensorflow/experiment.yaml, garden",
    })
    void whatIsThatAlreadyIsNotTranslated(String file, String style) {
        CommandRunner.Result result = CommandRunner.run(file, "--to", "tensorflow", "--as", style);

        assertEquals(2, result.code());
        assertTrue(result.err().contains("is a TensorFlow configuration already"), result.err());
    }

    @Test
    void aPipelineBecomesAnExperiment() {
        CommandRunner.Result result = CommandRunner.run(PIPELINE, "--to", "tensorflow", "--as", "garden");

        assertEquals(0, result.code(), result.err());
        assertTrue(
                result.out().contains("    l2_weight_decay: 4e-05\n")
                        || result.out().contains("    l2_weight_decay: 0.00004\n")
                        || result.out().contains("    l2_weight_decay: 4.0e-05\n"),
                result.out());
        assertTrue(result.out().contains("        offset: 1000\n"), result.out());
    }

    @Test
    void anExperimentBecomesAPipeline() {
        CommandRunner.Result result = CommandRunner.run(EXPERIMENT, "--to", "tensorflow", "--as", "pipeline");

        assertEquals(1, result.code(), result.err());
        assertTrue(result.err().contains("has no learning rate like TensorFlow's \"cosine\""), result.err());
        assertTrue(result.out().contains("fine_tune_checkpoint_version: V2"), result.out());
    }

    @Test
    void aSolverIsWrittenIntoBoth(@TempDir Path folder) throws IOException {
        for (String original : new String[] {PIPELINE, EXPERIMENT}) {
            Path copy = folder.resolve(Path.of(original).getFileName());
            Files.copy(Path.of(original), copy);
            CommandRunner.Result result = CommandRunner.run(ALEXNET, "--onto", copy.toString(), "--in-place");

            assertTrue(result.code() < 2, result.err());
            String changed = Files.readString(copy);
            assertTrue(
                    changed.contains(original.equals(PIPELINE) ? "decay_steps: 100000" : "staircase: true"), changed);
            assertTrue(changed.startsWith(Files.readString(Path.of(original)).substring(0, 50)), changed);
        }
    }
}
