package samestep.report.json;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import samestep.check.CheckResult;
import samestep.check.Found;
import samestep.check.file.PassedOver;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.text.Edit;
import samestep.text.Position;

/** What a check found, as JSON in the form of docs/schemas/check-1.json, or as lines of JSON. */
public final class CheckJson {
    /** The form and its version; the version changes when something is removed or changes its meaning. */
    public static final String FORM = "check/1";

    private final JsonWriter out;

    private CheckJson(JsonWriter out) {
        this.out = out;
    }

    /** One document. */
    public static String print(CheckResult result, List<Found> shown) {
        StringWriter text = new StringWriter();
        try (JsonWriter out = new JsonWriter(text)) {
            out.setIndent("  ");
            out.beginObject();
            out.name("samestep").value(FORM);
            out.name("files").value(result.files());
            out.name("pairs").value(result.pairs());
            out.name("findings").beginArray();
            for (Found found : shown) {
                new CheckJson(out).finding(found);
            }
            out.endArray();
            out.name("unreadable").beginArray();
            for (PassedOver file : result.unreadable()) {
                unreadable(out, file);
            }
            out.endArray();
            out.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void unreadable(JsonWriter out, PassedOver file) throws IOException {
        out.beginObject();
        out.name("file").value(file.file());
        out.name("reason").value(file.why());
        out.endObject();
    }

    /** One line for each named file that could not be read, then one for each finding. */
    public static String lines(CheckResult result, List<Found> shown) {
        StringBuilder lines = new StringBuilder();
        for (PassedOver file : result.unreadable()) {
            StringWriter text = new StringWriter();
            try (JsonWriter out = new JsonWriter(text)) {
                out.beginObject().name("unreadable");
                unreadable(out, file);
                out.endObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            lines.append(text).append('\n');
        }
        for (Found found : shown) {
            StringWriter text = new StringWriter();
            try (JsonWriter out = new JsonWriter(text)) {
                new CheckJson(out).finding(found);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            lines.append(text).append('\n');
        }
        return lines.toString();
    }

    private void finding(Found found) throws IOException {
        Finding finding = found.finding();
        Place place = finding.place().orElseThrow();
        out.beginObject();
        out.name("code").value(finding.code().name());
        out.name("severity").value(finding.severity().label());
        out.name("message").value(finding.message());
        out.name("file").value(found.file());
        range(place);
        out.name("details").beginArray();
        for (String detail : finding.details()) {
            out.value(detail);
        }
        out.endArray();
        out.name("fingerprint").value(found.fingerprint());
        out.name("fixes").beginArray();
        for (Edit edit : finding.edits()) {
            out.beginObject();
            out.name("file").value(Found.file(edit.source()));
            range(new Place(edit.source(), edit.span()));
            out.name("replacement").value(edit.replacement());
            out.name("certainty")
                    .value(edit.certainty().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            out.endObject();
        }
        out.endArray();
        out.endObject();
    }

    private void range(Place place) throws IOException {
        Position start = place.position();
        Position end = place.source().position(place.span().end());
        out.name("line").value(start.line());
        out.name("column").value(start.column());
        out.name("end_line").value(end.line());
        out.name("end_column").value(end.column());
    }
}
