package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainCommandTest {
    private static final Path RECORDING = Path.of("fixtures/goldens/caffe/caffe-sgd-momentum-l2.json");
    private static final String PROBLEMS = "src/main/resources/samestep/trainer/problems.json";

    @Test
    void aRecordingIsRunAgainOnOneLine() throws IOException {
        CommandRunner.Result result = CommandRunner.run(
                "train", "--recorded", RECORDING.toString(), "--problems", PROBLEMS, "--format", "json");

        assertEquals(0, result.code(), result.err());
        assertEquals(1, result.out().lines().count());
        JsonObject line = JsonParser.parseString(result.out()).getAsJsonObject();
        JsonObject recorded =
                JsonParser.parseString(Files.readString(RECORDING)).getAsJsonObject();
        assertEquals(RECORDING.toString(), line.get("recorded").getAsString());
        double expected = last(recorded).getAsJsonArray("W1").get(0).getAsDouble();
        assertEquals(expected, last(line).getAsJsonArray("W1").get(0).getAsDouble(), 1e-12);
        assertEquals(100, line.getAsJsonArray("learning_rates").size());
        assertEquals(100, line.getAsJsonArray("losses").size());
    }

    private static JsonObject last(JsonObject trajectory) {
        List<com.google.gson.JsonElement> snapshots =
                trajectory.getAsJsonArray("snapshots").asList();
        return snapshots.get(snapshots.size() - 1).getAsJsonObject();
    }

    @Test
    void severalRecordingsGoOnAfterABadOne() {
        CommandRunner.Result result =
                CommandRunner.run("train", "--recorded", "README.md", "nothing.json", RECORDING.toString());

        assertEquals(2, result.code());
        assertEquals(1, result.out().lines().count(), "the good one is run all the same");
        assertTrue(result.err().contains("nothing.json: no such file"), result.err());
    }

    @Test
    void aSolverIsTrained() {
        CommandRunner.Result result = CommandRunner.run(
                "train", "fixtures/lenet/solver.prototxt", "--problem", "mlp", "--steps", "5", "--snapshots", "2,5");

        assertEquals(0, result.code(), result.err());
        JsonObject trajectory = JsonParser.parseString(result.out()).getAsJsonObject();
        assertEquals(2, trajectory.getAsJsonArray("snapshots").size());
        assertEquals(5, trajectory.getAsJsonArray("losses").size());
    }

    @Test
    void aNetThatIsNotTheProblemsIsRefused() {
        CommandRunner.Result result = CommandRunner.run("train", "fixtures/alexnet/solver.prototxt");

        assertEquals(2, result.code());
        assertTrue(
                result.err().contains("the model has 8 layers with a kernel; the problem mlp needs 2"), result.err());
    }
}
