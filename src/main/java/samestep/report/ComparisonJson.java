package samestep.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import samestep.compare.Comparison;
import samestep.compare.Comparison.Group;
import samestep.compare.Drift;
import samestep.compare.ValueRow;
import samestep.compare.Verdict;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Parameter;
import samestep.trainer.Trajectory;
import samestep.translate.FileComparison;
import samestep.translate.Remedy;

/** Writes a comparison of two files as JSON. The form is not stable yet, and says so. */
public final class ComparisonJson {
    private final JsonWriter out;

    private ComparisonJson(JsonWriter out) {
        this.out = out;
    }

    /**
     * The whole document.
     *
     * @param source the first file's name
     * @param target the second file's name
     * @param measured whether both are run on the reference problem, and the runs printed
     */
    public static String print(String source, String target, FileComparison compared, boolean measured) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = new JsonWriter(text)) {
            writer.setIndent("  ");
            new ComparisonJson(writer).document(source, target, compared, measured);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private void document(String source, String target, FileComparison compared, boolean measured) throws IOException {
        Comparison comparison = compared.comparison();
        out.beginObject();
        out.name("samestep").value("comparison/unstable");
        out.name("source").value(source);
        out.name("target").value(target);
        out.name("proven").value(comparison.isProven());
        out.name("kind").value(comparison.verdict().kind().words());
        out.name("schedule");
        verdict(comparison.schedule().verdict());
        out.name("parameters").beginArray();
        for (Group group : comparison.groups()) {
            out.beginObject();
            names("names", group.parameters());
            out.name("verdict");
            verdict(group.verdict());
            out.endObject();
        }
        out.endArray();
        names("only_in_source", comparison.alone());
        names("only_in_target", comparison.aloneInTarget());
        values(compared);
        remedies(compared.remedies());
        findings(compared.findings());
        if (measured) {
            runs(Drift.runs(compared.source(), compared.target(), compared.partners()));
        }
        out.endObject();
    }

    private void verdict(Verdict verdict) throws IOException {
        out.beginObject();
        out.name("kind").value(verdict.kind().words());
        out.name("proven").value(verdict.isProven());
        if (!verdict.condition().isEmpty()) {
            out.name("condition").value(verdict.condition());
        }
        out.endObject();
    }

    private void names(String name, List<Parameter> parameters) throws IOException {
        out.name(name).beginArray();
        for (Parameter parameter : parameters) {
            out.value(parameter.name().toString());
        }
        out.endArray();
    }

    private void values(FileComparison compared) throws IOException {
        out.name("values").beginArray();
        for (ValueRow row : compared.rows()) {
            out.beginObject();
            out.name("name").value(row.name());
            out.name("same").value(row.same());
            names("parameters", row.parameters());
            side("source", row.source());
            side("target", row.target());
            out.endObject();
        }
        out.endArray();
    }

    private void side(String name, ValueRow.Side side) throws IOException {
        out.name(name).beginObject();
        out.name("words").value(side.words());
        if (side.quantity().isPresent()) {
            out.name("value").value(side.quantity().get().decimal().doubleValue());
        }
        if (side.place().isPresent()) {
            place(side.place().get());
        }
        out.endObject();
    }

    private void place(Place place) throws IOException {
        out.name("file").value(place.source().name());
        out.name("line").value(place.position().line());
        out.name("column").value(place.position().column());
    }

    private void remedies(List<Remedy> remedies) throws IOException {
        out.name("remedies").beginArray();
        for (Remedy remedy : remedies) {
            out.beginObject();
            out.name("value").value(remedy.row().name());
            place(remedy.place());
            out.name("written").value(remedy.place().text());
            out.name("write").value(remedy.text());
            out.endObject();
        }
        out.endArray();
    }

    private void findings(List<Finding> findings) throws IOException {
        out.name("findings").beginArray();
        for (Finding finding : findings) {
            out.beginObject();
            out.name("code").value(finding.code().name());
            out.name("severity").value(finding.severity().label());
            out.name("message").value(finding.message());
            if (finding.place().isPresent()) {
                place(finding.place().get());
            }
            out.endObject();
        }
        out.endArray();
    }

    private void runs(Optional<Drift.Runs> runs) throws IOException {
        out.name("measured").beginArray();
        if (runs.isPresent()) {
            Trajectory source = runs.get().source();
            Trajectory target = runs.get().target();
            for (Trajectory.Snapshot snapshot : source.snapshots()) {
                int step = snapshot.step();
                Trajectory one = new Trajectory(List.of(snapshot), List.of(), List.of());
                out.beginObject();
                out.name("update").value(step);
                number("largest_difference", one.largestDifference(target));
                number("source_loss", source.losses().get(step - 1));
                number("target_loss", target.losses().get(step - 1));
                out.endObject();
            }
        }
        out.endArray();
    }

    /** JSON has no word for what a diverged run ends with; it is null. */
    private void number(String name, double value) throws IOException {
        out.name(name);
        if (Double.isFinite(value)) {
            out.value(value);
        } else {
            out.nullValue();
        }
    }
}
