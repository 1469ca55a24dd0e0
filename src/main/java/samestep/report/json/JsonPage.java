package samestep.report.json;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import samestep.compare.proof.Verdict;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.UsedVersion;
import samestep.recipe.Parameter;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingValue;
import samestep.text.Visible;

/** What the JSON documents have in common: how places, findings, verdicts and numbers look in them. */
abstract class JsonPage {
    private final StringWriter text = new StringWriter();

    /** Writes the document. */
    final JsonWriter out = new JsonWriter(text);

    /** Writes everything between the braces of the document. */
    abstract void members() throws IOException;

    /** The document, with its line end. */
    final String print() {
        try (out) {
            out.setIndent("  ");
            out.beginObject();
            members();
            out.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Visible.json(text + "\n");
    }

    final void place(Place place) throws IOException {
        out.name("file").value(place.source().name());
        out.name("line").value(place.position().line());
        out.name("column").value(place.position().column());
    }

    final void findings(String name, List<Finding> findings) throws IOException {
        out.name(name).beginArray();
        for (Finding finding : findings) {
            out.beginObject();
            out.name("code").value(finding.code().name());
            out.name("severity").value(finding.severity().label());
            out.name("message").value(finding.message());
            if (finding.place().isPresent()) {
                place(finding.place().get());
            }
            if (finding.version().isPresent()) {
                out.name("version");
                version(finding.version().get());
            }
            out.name("details").beginArray();
            for (String detail : finding.details()) {
                out.value(detail);
            }
            out.endArray();
            out.endObject();
        }
        out.endArray();
    }

    final void version(UsedVersion used) throws IOException {
        out.beginObject();
        out.name("library").value(used.library());
        out.name("version").value(used.version());
        if (used.place().isPresent()) {
            place(used.place().get());
        }
        out.endObject();
    }

    final void verdict(String name, Verdict verdict) throws IOException {
        out.name(name).beginObject();
        out.name("kind").value(verdict.kind().words());
        out.name("proven").value(verdict.isProven());
        if (!verdict.condition().isEmpty()) {
            out.name("condition").value(verdict.condition());
        }
        out.endObject();
    }

    final void names(String name, List<Parameter> parameters) throws IOException {
        out.name(name).beginArray();
        for (Parameter parameter : parameters) {
            out.value(parameter.name().toString());
        }
        out.endArray();
    }

    /** The value of a setting, how the file says it, and where. */
    final void setting(Setting setting) throws IOException {
        if (setting.value() instanceof SettingValue.Number number) {
            number("value", number.quantity().doubleValue());
        } else {
            out.name("value").value(setting.value().words());
        }
        out.name("words").value(setting.spelling().words());
        out.name("written").value(setting.isWritten());
        if (setting.place().isPresent()) {
            place(setting.place().get());
        }
    }

    /** JSON has no word for what a diverged run ends with; it is null. */
    final void number(String name, double value) throws IOException {
        out.name(name);
        if (Double.isFinite(value)) {
            out.value(value);
        } else {
            out.nullValue();
        }
    }
}
