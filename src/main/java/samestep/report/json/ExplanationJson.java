package samestep.report.json;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import samestep.explain.Explanation;
import samestep.explain.Explanation.Update;
import samestep.explain.Explanation.Value;
import samestep.explain.Samples;
import samestep.finding.UsedVersion;
import samestep.recipe.Schedule;
import samestep.recipe.setting.Setting;
import samestep.report.ExplanationText;
import samestep.report.OriginWords;

/** Writes explanations as JSON. Schema: docs/schemas/explanation-1.json. */
public final class ExplanationJson extends JsonPage {
    private final List<String> names;
    private final List<Explanation> explanations;
    private final List<List<UsedVersion>> versions;

    private ExplanationJson(List<String> names, List<Explanation> explanations, List<List<UsedVersion>> versions) {
        this.names = names;
        this.explanations = explanations;
        this.versions = versions;
    }

    /**
     * One document for all of them.
     *
     * @param versions of libraries that decided defaults, for each
     */
    public static String print(List<String> names, List<Explanation> explanations, List<List<UsedVersion>> versions) {
        return new ExplanationJson(names, explanations, versions).print();
    }

    @Override
    void members() throws IOException {
        out.name("samestep").value("explanation/1");
        out.name("files").beginArray();
        for (int i = 0; i < names.size(); i++) {
            file(names.get(i), explanations.get(i), versions.get(i));
        }
        out.endArray();
    }

    private void file(String name, Explanation explanation, List<UsedVersion> used) throws IOException {
        out.beginObject();
        out.name("file").value(name);
        out.name("framework").value(explanation.recipe().framework());
        if (!used.isEmpty()) {
            out.name("versions").beginArray();
            for (UsedVersion version : used) {
                version(version);
            }
            out.endArray();
        }
        out.name("updates").beginArray();
        for (Update update : explanation.updates()) {
            update(update, explanation.isShrinkingKnown(update));
        }
        out.endArray();
        out.name("values").beginArray();
        for (Value value : explanation.values()) {
            value(value);
        }
        out.endArray();
        out.name("learning_rate").beginObject();
        boolean isKnown = explanation.recipe().schedule().isFirstKnown();
        out.name("schedule").value(isKnown ? explanation.recipe().schedule().name() : ExplanationText.NOT_KNOWN);
        Schedule.Unit unit = explanation.recipe().schedule().unit();
        if (unit != Schedule.Unit.UPDATES) {
            // What the numbers beside the rates count instead.
            out.name("unit").value(unit.name().toLowerCase(Locale.ROOT));
        }
        out.name("points").beginArray();
        for (Explanation.RatePoint point : isKnown ? explanation.rates() : List.<Explanation.RatePoint>of()) {
            out.beginObject().name("update").value(point.step());
            number("rate", point.rate());
            out.endObject();
        }
        out.endArray().endObject();
        samples(explanation.samples());
        out.name("settings").beginArray();
        for (Setting setting : explanation.recipe().allSettings().all()) {
            out.beginObject().name("name").value(setting.kind().words());
            if (!setting.owner().isEmpty()) {
                out.name("of").value(setting.owner());
            }
            setting(setting);
            out.endObject();
        }
        out.endArray();
        out.endObject();
    }

    private void update(Update update, boolean isKnown) throws IOException {
        out.beginObject();
        names("parameters", update.parameters());
        out.name("frozen").value(update.shrinking().isEmpty());
        out.name("equations").beginArray();
        for (Explanation.Line line : update.lines()) {
            out.value(line.equation());
        }
        out.endArray();
        number("rate_multiplier", update.parameters().get(0).rateMultiplier().doubleValue());
        if (isKnown && update.halfLife().isPresent()) {
            number("half_life_in_updates", update.halfLife().get().updates());
            number("time_constant_in_updates", update.halfLife().get().timeConstant());
        }
        if (isKnown
                && update.shrinking().isPresent()
                && update.shrinking().get().isFactor()) {
            number("factor_without_gradient", update.shrinking().get().ofOne().doubleValue());
        }
        out.endObject();
    }

    private void value(Value value) throws IOException {
        out.beginObject().name("name").value(value.name());
        number("value", value.quantity().isKnown() ? value.quantity().doubleValue() : Double.NaN);
        out.name("origin").value(OriginWords.of(value.quantity()));
        if (value.quantity().place().isPresent()) {
            place(value.quantity().place().get());
        }
        out.endObject();
    }

    private void samples(Samples samples) throws IOException {
        out.name("samples").beginObject();
        if (samples.inAnUpdate().isPresent()) {
            out.name("in_an_update").value(samples.inAnUpdate().get());
        }
        if (samples.inTheRun().isPresent()) {
            out.name("in_the_run").value(samples.inTheRun().get());
        }
        if (samples.updates().isPresent()) {
            long updates = samples.updates().getAsLong();
            out.name("updates").value(updates);
            if (samples.epochs(updates).isPresent()) {
                number("epochs", samples.epochs(updates).get());
            }
        }
        out.endObject();
    }
}
