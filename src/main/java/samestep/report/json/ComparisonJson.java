package samestep.report.json;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import samestep.compare.Comparison;
import samestep.compare.Comparison.Group;
import samestep.compare.Condition;
import samestep.compare.Difference;
import samestep.compare.ValueRow;
import samestep.compare.decay.DecayComparison;
import samestep.compare.decay.KernelDecay;
import samestep.compare.measure.Measurement;
import samestep.compare.proof.Bound;
import samestep.compare.setting.SettingRow;
import samestep.compare.trait.Trait;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.Unjudged;
import samestep.translate.FileComparison;
import samestep.translate.Remedy;

/** Writes a comparison of two files as JSON. Schema: docs/schemas/comparison-1.json. */
public final class ComparisonJson extends JsonPage {
    private final String source;
    private final String target;
    private final FileComparison compared;
    private final List<Measurement> measurements;

    private ComparisonJson(String source, String target, FileComparison compared, List<Measurement> measurements) {
        this.source = source;
        this.target = target;
        this.compared = compared;
        this.measurements = List.copyOf(measurements);
    }

    /**
     * The whole document.
     *
     * @param source the first file's name
     * @param target the second file's name
     * @param measurements what was measured, if anything
     */
    public static String print(String source, String target, FileComparison compared, List<Measurement> measurements) {
        return new ComparisonJson(source, target, compared, measurements).print();
    }

    @Override
    void members() throws IOException {
        Comparison comparison = compared.comparison();
        out.name("samestep").value("comparison/1");
        out.name("source").value(source);
        out.name("target").value(target);
        out.name("proven").value(comparison.isProven());
        out.name("same_training").value(compared.isSameTraining());
        out.name("kind").value(comparison.verdict().kind().words());
        verdict("schedule", comparison.schedule().verdict());
        if (compared.shift().isPresent()) {
            out.name("schedule_detail").value(compared.shift().get().words());
        }
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
        settings();
        decay();
        remedies("remedies", compared.remedies());
        findings("findings", compared.findings());
        if (!measurements.isEmpty()) {
            measurements();
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

    private void settings() throws IOException {
        out.name("settings").beginArray();
        for (SettingRow row : compared.settings().rows()) {
            out.beginObject();
            out.name("name").value(row.kind().words());
            out.name("status").value(row.status().name().toLowerCase(Locale.ROOT));
            out.name("of").beginArray();
            for (String owner : row.owners()) {
                out.value(owner);
            }
            out.endArray();
            setting("source", row.source());
            setting("target", row.target());
            out.endObject();
        }
        out.endArray();
        out.name("not_judged").beginArray();
        for (Unjudged.Difference field : compared.settings().unjudged()) {
            out.beginObject();
            out.name("field").value(field.path());
            out.name("source").value(field.source());
            out.name("target").value(field.target());
            out.endObject();
        }
        out.endArray();
    }

    private void setting(String name, Optional<Setting> setting) throws IOException {
        if (setting.isPresent()) {
            out.name(name).beginObject();
            setting(setting.get());
            out.endObject();
        }
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

    /** What is added to the gradient of kernels, as a multiple of the weight. */
    private void decay() throws IOException {
        DecayComparison decay = compared.decay();
        out.name("weight_decay_of_kernels").beginObject();
        out.name("relation").value(decay.relation().name().toLowerCase(Locale.ROOT));
        if (decay.factor().isPresent()) {
            out.name("factor").value(decay.factor().get().doubleValue());
        }
        decay("source", decay.source());
        decay("target", decay.target());
        remedies("remedies", compared.decayRemedies());
        out.endObject();
    }

    private void decay(String name, KernelDecay side) throws IOException {
        out.name(name).beginArray();
        for (KernelDecay.Part part : side.parts()) {
            out.beginObject();
            out.name("kind").value(part.kind().name().toLowerCase(Locale.ROOT));
            if (part.coefficient().isPresent()) {
                out.name("value").value(part.coefficient().get().doubleValue());
            }
            if (part.place().isPresent()) {
                place(part.place().get());
            }
            names("names", part.parameters());
            out.endObject();
        }
        out.endArray();
    }

    private void remedies(String name, List<Remedy> remedies) throws IOException {
        out.name(name).beginArray();
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

    private void measurements() throws IOException {
        out.name("measured").beginArray();
        for (Measurement measurement : measurements) {
            out.beginObject();
            out.name("problem").value(measurement.problem());
            out.name("runs_each").value(measurement.seeds());
            out.name("configurations").beginArray();
            for (Measurement.Run run : measurement.runs()) {
                run(run);
            }
            out.endArray();
            out.endObject();
        }
        out.endArray();
    }

    private void run(Measurement.Run run) throws IOException {
        out.beginObject();
        out.name("name").value(run.name());
        number("largest_difference", run.largestDrift());
        spread("loss_of_the_last_tenth", run.loss());
        if (run.accuracy().isPresent()) {
            spread("accuracy", run.accuracy().get());
        }
        if (run.better().isPresent()) {
            spread("accuracy_better_than_the_first", run.better().get());
        }
        out.name("course").beginArray();
        for (Measurement.Point point : run.points()) {
            out.beginObject();
            out.name("update").value(point.update());
            number("largest_difference", point.drift());
            number("norm", point.norm());
            number("loss", point.loss());
            number("learning_rate", point.rate());
            out.endObject();
        }
        out.endArray();
        out.endObject();
    }

    private void spread(String name, Measurement.Spread spread) throws IOException {
        out.name(name).beginObject();
        number("mean", spread.mean());
        number("standard_deviation", spread.deviation());
        out.endObject();
    }
}
