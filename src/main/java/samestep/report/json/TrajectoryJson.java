package samestep.report.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.trainer.Trajectory;

/** Writes a trajectory in the format of the recordings, on one line. */
public final class TrajectoryJson {
    private TrajectoryJson() {}

    /**
     * One line, with its end.
     *
     * @param recorded the recording that was run again, if one was
     */
    public static String print(Trajectory trajectory, Optional<String> recorded) {
        StringWriter text = new StringWriter();
        try (JsonWriter out = new JsonWriter(text)) {
            out.setStrictness(Strictness.LENIENT);
            out.beginObject();
            if (recorded.isPresent()) {
                out.name("recorded").value(recorded.get());
            }
            numbers(out, "learning_rates", trajectory.learningRates());
            numbers(out, "losses", trajectory.losses());
            out.name("snapshots").beginArray();
            for (Trajectory.Snapshot snapshot : trajectory.snapshots()) {
                out.beginObject();
                out.name("step").value(snapshot.step());
                for (Map.Entry<String, double[]> weights : snapshot.weights().entrySet()) {
                    out.name(weights.getKey()).beginArray();
                    for (double value : weights.getValue()) {
                        out.value(value);
                    }
                    out.endArray();
                }
                out.endObject();
            }
            out.endArray();
            out.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void numbers(JsonWriter out, String name, List<Double> values) throws IOException {
        out.name(name).beginArray();
        for (double value : values) {
            out.value(value);
        }
        out.endArray();
    }
}
