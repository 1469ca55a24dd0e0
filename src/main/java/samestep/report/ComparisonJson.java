package samestep.report;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import samestep.compare.Bound;
import samestep.compare.Comparison;
import samestep.compare.Comparison.Group;
import samestep.compare.Condition;
import samestep.compare.Difference;
import samestep.compare.Drift;
import samestep.compare.Trait;
import samestep.compare.ValueRow;
import samestep.trainer.Trajectory;
import samestep.translate.FileComparison;
import samestep.translate.Remedy;

/** Writes a comparison of two files as JSON. The form is not stable yet, and says so. */
public final class ComparisonJson extends JsonPage {
    private final String source;
    private final String target;
    private final FileComparison compared;
    private final boolean measured;

    private ComparisonJson(String source, String target, FileComparison compared, boolean measured) {
        this.source = source;
        this.target = target;
        this.compared = compared;
        this.measured = measured;
    }

    /**
     * The whole document.
     *
     * @param source the first file's name
     * @param target the second file's name
     * @param measured whether both are run on the reference problem, and the runs printed
     */
    public static String print(String source, String target, FileComparison compared, boolean measured) {
        return new ComparisonJson(source, target, compared, measured).print();
    }

    @Override
    void members() throws IOException {
        Comparison comparison = compared.comparison();
        out.name("samestep").value("comparison/unstable");
        out.name("source").value(source);
        out.name("target").value(target);
        out.name("proven").value(comparison.isProven());
        out.name("kind").value(comparison.verdict().kind().words());
        verdict("schedule", comparison.schedule().verdict());
        out.name("parameters").beginArray();
        for (Group group : comparison.groups()) {
            out.beginObject();
            names("names", group.parameters());
            verdict("verdict", group.verdict());
            out.endObject();
        }
        out.endArray();
        names("only_in_source", comparison.alone());
        names("only_in_target", comparison.aloneInTarget());
        differences();
        values();
        remedies(compared.remedies());
        findings("findings", compared.findings());
        if (measured) {
            runs(Drift.runs(compared.source(), compared.target(), compared.partners()));
        }
    }

    private void differences() throws IOException {
        out.name("differences").beginArray();
        for (Difference difference : compared.differences()) {
            out.beginObject();
            names("parameters", difference.parameters());
            out.name("traits").beginArray();
            for (Trait trait : difference.traits()) {
                out.beginObject();
                out.name("name").value(trait.name());
                out.name("source").value(trait.source());
                out.name("target").value(trait.target());
                out.endObject();
            }
            out.endArray();
            out.name("conditions").beginArray();
            for (Condition condition : difference.conditions()) {
                out.beginObject();
                out.name("while").value(condition.words());
                out.name("met").value(condition.met().words());
                out.endObject();
            }
            out.endArray();
            out.name("updates_that_agree").value(difference.agreeing());
            out.name("bounds").beginArray();
            for (Bound bound : difference.bounds()) {
                out.beginObject();
                out.name("of").value(bound.kind().name().toLowerCase(Locale.ROOT));
                number("largest", bound.largest());
                out.name("words").value(bound.toString());
                out.endObject();
            }
            out.endArray();
            out.endObject();
        }
        out.endArray();
    }

    private void values() throws IOException {
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
}
