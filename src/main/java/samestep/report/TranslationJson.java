package samestep.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import samestep.compare.Comparison;
import samestep.compare.Comparison.Group;
import samestep.compare.Verdict;
import samestep.equation.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Parameter;

/** Writes a translation with its verdict as JSON. The form is not stable yet, and says so. */
public final class TranslationJson {
    private static final Set<Code> CHANGES =
            EnumSet.of(Code.SS101, Code.SS102, Code.SS201, Code.SS202, Code.SS401, Code.SS402, Code.SS404, Code.SS503);

    private final JsonWriter out;

    private TranslationJson(JsonWriter out) {
        this.out = out;
    }

    /**
     * The whole document.
     *
     * @param configuration the text that is written
     * @param isJson whether that text is JSON, to be put in as it is
     */
    public static String print(
            String configuration,
            boolean isJson,
            Comparison comparison,
            OptionalDouble verbatimDrift,
            List<Finding> findings) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = new JsonWriter(text)) {
            writer.setIndent("  ");
            new TranslationJson(writer).document(configuration, isJson, comparison, verbatimDrift, findings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private void document(
            String configuration,
            boolean isJson,
            Comparison comparison,
            OptionalDouble verbatimDrift,
            List<Finding> findings)
            throws IOException {
        out.beginObject();
        out.name("samestep").value("translation/unstable");
        verdict(comparison, verbatimDrift);
        out.name("configuration");
        if (isJson) {
            out.jsonValue(configuration.strip());
        } else {
            out.value(configuration);
        }
        findings(
                "changes",
                findings.stream().filter(f -> CHANGES.contains(f.code())).toList());
        findings("findings", findings);
        out.name("proof").beginObject();
        out.name("arithmetic_digits").value(Exact.DIGITS.getPrecision());
        out.name("agreement_digits").value(80);
        out.endObject();
        out.endObject();
    }

    private void verdict(Comparison comparison, OptionalDouble verbatimDrift) throws IOException {
        out.name("verdict").beginObject();
        out.name("proven").value(comparison.isProven());
        out.name("kind").value(comparison.verdict().kind().words());
        out.name("schedule");
        verdict(comparison.schedule().verdict());
        out.name("parameters").beginArray();
        for (Group group : comparison.groups()) {
            out.beginObject();
            out.name("names").beginArray();
            for (Parameter parameter : group.parameters()) {
                out.value(parameter.name().toString());
            }
            out.endArray();
            out.name("verdict");
            verdict(group.verdict());
            if (group.cause().isPresent()) {
                out.name("cause").value(group.cause().get().word());
            }
            out.endObject();
        }
        out.endArray();
        drift("drift", comparison.drift());
        drift("verbatim_drift", verbatimDrift);
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

    private void drift(String name, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            out.name(name).value(value.getAsDouble());
        }
    }

    private void findings(String name, List<Finding> findings) throws IOException {
        out.name(name).beginArray();
        for (Finding finding : findings) {
            out.beginObject();
            out.name("code").value(finding.code().name());
            out.name("severity").value(finding.severity().label());
            out.name("message").value(finding.message());
            if (finding.place().isPresent()) {
                place(finding.place().get());
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

    private void place(Place place) throws IOException {
        out.name("file").value(place.source().name());
        out.name("line").value(place.position().line());
        out.name("column").value(place.position().column());
    }
}
