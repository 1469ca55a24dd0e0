package samestep.report.service;

import com.google.gson.stream.JsonWriter;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import samestep.check.CheckResult;
import samestep.check.Found;
import samestep.check.file.PassedOver;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.text.Edit;
import samestep.text.Position;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * Findings as reviewdog's diagnostics, one document of its {@code rdjson}.
 *
 * <p>Source of the form: reviewdog's {@code proto/rdf/reviewdog.proto}. Its columns count bytes of UTF-8, from 1, and the end
 * is after the last one. A suggestion changes the file of its finding, so a fix of two files is left out.
 */
public final class ReviewdogJson {
    private final JsonWriter out;
    private final String pages;

    private ReviewdogJson(JsonWriter out, String pages) {
        this.out = out;
        this.pages = pages;
    }

    /**
     * The document: one diagnostic for each named file that could not be read, then one for each finding.
     *
     * @param pages where the documentation is
     */
    public static String print(CheckResult result, List<Finding> findings, String pages) {
        StringWriter text = new StringWriter();
        try (JsonWriter out = new JsonWriter(text)) {
            out.setIndent("  ");
            new ReviewdogJson(out, pages).document(result, findings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private void document(CheckResult result, List<Finding> findings) throws IOException {
        out.beginObject();
        out.name("source").beginObject().name("name").value("samestep").endObject();
        out.name("diagnostics").beginArray();
        for (PassedOver file : result.unreadable()) {
            out.beginObject();
            out.name("message").value(file.why());
            out.name("location").beginObject();
            out.name("path").value(file.file().replace('\\', '/')).endObject();
            head(Severity.ERROR, Code.SS002);
            out.endObject();
        }
        for (Finding finding : findings) {
            diagnostic(finding);
        }
        out.endArray().endObject();
    }

    private void diagnostic(Finding finding) throws IOException {
        Place place = finding.place().orElseThrow();
        out.beginObject();
        out.name("message").value(finding.text());
        out.name("location").beginObject();
        out.name("path").value(Found.file(place.source()));
        range(place.source(), place.span());
        out.endObject();
        head(finding.severity(), finding.code());
        if (!finding.edits().isEmpty() && isMendedHere(finding, place.source())) {
            suggestions(finding.edits());
        }
        out.endObject();
    }

    /** Whether every edit is of the finding's own text, and that text is a file and not a part of an archive. */
    private static boolean isMendedHere(Finding finding, SourceText source) {
        boolean isFile = Found.file(source).equals(source.name().replace(File.separatorChar, '/'));
        return isFile && finding.edits().stream().allMatch(edit -> edit.source().equals(source));
    }

    private void suggestions(List<Edit> edits) throws IOException {
        out.name("suggestions").beginArray();
        for (Edit edit : edits) {
            out.beginObject();
            range(edit.source(), edit.span());
            out.name("text").value(edit.replacement());
            out.endObject();
        }
        out.endArray();
    }

    private void head(Severity severity, Code code) throws IOException {
        out.name("severity")
                .value(
                        switch (severity) {
                            case ERROR -> "ERROR";
                            case WARNING -> "WARNING";
                            case NOTE -> "INFO";
                        });
        out.name("code").beginObject();
        out.name("value").value(code.name());
        out.name("url").value(pages + "findings/" + code + ".md");
        out.endObject();
    }

    private void range(SourceText source, Span span) throws IOException {
        out.name("range").beginObject();
        position("start", source, span.start());
        position("end", source, span.end());
        out.endObject();
    }

    private void position(String name, SourceText source, int offset) throws IOException {
        Position at = source.position(offset);
        String before = source.text().substring(source.startOfLine(at.line()), offset);
        out.name(name).beginObject();
        out.name("line").value(at.line());
        out.name("column").value(before.getBytes(StandardCharsets.UTF_8).length + 1);
        out.endObject();
    }
}
