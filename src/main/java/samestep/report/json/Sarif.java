package samestep.report.json;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import samestep.check.CheckResult;
import samestep.check.Found;
import samestep.check.file.PassedOver;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.report.FindingPage;
import samestep.text.Edit;
import samestep.text.Position;

/** What a check found, as SARIF 2.1.0, which code hosts and editors read. */
public final class Sarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String ROOT = "SRCROOT";

    private final JsonWriter out;
    private final String version;
    private final String pages;

    private Sarif(JsonWriter out, String version, String pages) {
        this.out = out;
        this.version = version;
        this.pages = pages;
    }

    /**
     * The document; what is suppressed is in it, and marked.
     *
     * @param version of this program
     * @param pages where the documentation is
     */
    public static String print(CheckResult result, List<Found> shown, String version, String pages) {
        StringWriter text = new StringWriter();
        try (JsonWriter out = new JsonWriter(text)) {
            out.setIndent("  ");
            new Sarif(out, version, pages).document(result, shown);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private void document(CheckResult result, List<Found> shown) throws IOException {
        out.beginObject();
        out.name("$schema").value(SCHEMA);
        out.name("version").value("2.1.0");
        out.name("runs").beginArray().beginObject();
        tool(shown);
        out.name("columnKind").value("unicodeCodePoints");
        out.name("results").beginArray();
        for (Found found : shown) {
            result(found);
        }
        out.endArray();
        out.name("invocations").beginArray().beginObject();
        out.name("executionSuccessful").value(result.unreadable().isEmpty());
        out.name("toolExecutionNotifications").beginArray();
        for (PassedOver file : result.unreadable()) {
            unreadable(file);
        }
        out.endArray();
        out.endObject().endArray();
        out.endObject().endArray();
        out.endObject();
    }

    /** A named file that could not be read. It is not a result, because nothing is known of it. */
    private void unreadable(PassedOver file) throws IOException {
        out.beginObject();
        out.name("level").value("error");
        out.name("message")
                .beginObject()
                .name("text")
                .value(file.file() + ": " + file.why())
                .endObject();
        out.name("locations")
                .beginArray()
                .beginObject()
                .name("physicalLocation")
                .beginObject();
        artifact(file.file());
        out.endObject().endObject().endArray();
        out.endObject();
    }

    private void tool(List<Found> shown) throws IOException {
        out.name("tool").beginObject().name("driver").beginObject();
        out.name("name").value("Samestep");
        out.name("semanticVersion").value(version);
        out.name("rules").beginArray();
        for (Code code :
                shown.stream().map(f -> f.finding().code()).distinct().sorted().toList()) {
            out.beginObject();
            out.name("id").value(code.name());
            text("shortDescription", code.title());
            out.name("helpUri").value(pages + "findings/" + code + ".md");
            help(code);
            out.name("defaultConfiguration").beginObject();
            out.name("level").value(level(code.severity()));
            out.endObject();
            out.endObject();
        }
        out.endArray();
        out.endObject().endObject();
    }

    /** The finding's page, which the program carries. */
    private void help(Code code) throws IOException {
        String page = FindingPage.of(code);
        out.name("help").beginObject();
        out.name("text").value(page);
        out.name("markdown").value(page);
        out.endObject();
    }

    private void result(Found found) throws IOException {
        Finding finding = found.finding();
        out.beginObject();
        out.name("ruleId").value(finding.code().name());
        out.name("level").value(level(finding.severity()));
        text("message", finding.text());
        out.name("locations")
                .beginArray()
                .beginObject()
                .name("physicalLocation")
                .beginObject();
        Place place = finding.place().orElseThrow();
        artifact(found.file());
        region("region", place);
        out.endObject().endObject().endArray();
        out.name("partialFingerprints").beginObject();
        out.name("samestep/v1").value(found.fingerprint());
        out.endObject();
        if (!finding.edits().isEmpty()) {
            fix(finding);
        }
        suppression(found.suppressed());
        out.endObject();
    }

    private void suppression(Optional<Found.Suppressed> suppressed) throws IOException {
        out.name("suppressions").beginArray();
        if (suppressed.isPresent()) {
            out.beginObject();
            out.name("kind").value(suppressed.get().inSource() ? "inSource" : "external");
            if (!suppressed.get().reason().isEmpty()) {
                out.name("justification").value(suppressed.get().reason());
            }
            out.endObject();
        }
        out.endArray();
    }

    private void fix(Finding finding) throws IOException {
        boolean exact = finding.edits().stream().allMatch(e -> e.certainty() == Edit.Certainty.EXACT);
        Map<String, List<Edit>> files = finding.edits().stream()
                .collect(Collectors.groupingBy(e -> Found.file(e.source()), TreeMap::new, Collectors.toList()));
        out.name("fixes").beginArray().beginObject();
        text("description", exact ? "Proven to be the same." : "The nearest; to be looked at.");
        out.name("artifactChanges").beginArray();
        for (Map.Entry<String, List<Edit>> file : files.entrySet()) {
            out.beginObject();
            artifact(file.getKey());
            out.name("replacements").beginArray();
            for (Edit edit : file.getValue()) {
                out.beginObject();
                region("deletedRegion", new Place(edit.source(), edit.span()));
                text("insertedContent", edit.replacement());
                out.endObject();
            }
            out.endArray();
            out.endObject();
        }
        out.endArray();
        out.endObject().endArray();
    }

    private void artifact(String file) throws IOException {
        out.name("artifactLocation").beginObject();
        out.name("uri").value(uri(file));
        if (!Path.of(file).isAbsolute()) {
            out.name("uriBaseId").value(ROOT);
        }
        out.endObject();
    }

    private static String uri(String file) {
        try {
            return Path.of(file).isAbsolute()
                    ? Path.of(file).toUri().toString()
                    : new URI(null, null, file, null).getRawPath();
        } catch (URISyntaxException e) {
            return Path.of(file).toUri().toString();
        }
    }

    private void region(String name, Place place) throws IOException {
        Position start = place.position();
        Position end = place.source().position(place.span().end());
        out.name(name).beginObject();
        out.name("startLine").value(start.line());
        out.name("startColumn").value(start.column());
        out.name("endLine").value(end.line());
        out.name("endColumn").value(end.column());
        out.endObject();
    }

    private void text(String name, String text) throws IOException {
        out.name(name).beginObject().name("text").value(text).endObject();
    }

    private static String level(Severity severity) {
        return severity.label();
    }
}
