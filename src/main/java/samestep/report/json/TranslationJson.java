package samestep.report.json;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import samestep.compare.Comparison;
import samestep.compare.Comparison.Group;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.translate.Checklist;
import samestep.translate.Translation;

/** Writes a translation with its verdict as JSON. Schema: docs/schemas/translation-1.json. */
public final class TranslationJson extends JsonPage {
    private static final Set<Code> CHANGES =
            EnumSet.of(Code.SS101, Code.SS102, Code.SS201, Code.SS202, Code.SS401, Code.SS402, Code.SS404, Code.SS503);

    private final String configuration;
    private final boolean isJson;
    private final Comparison comparison;
    private final boolean sameTraining;
    private final Checklist checklist;
    private final OptionalDouble verbatimDrift;
    private final List<Finding> findings;

    private TranslationJson(String configuration, boolean isJson, Translation translation, List<Finding> findings) {
        this.configuration = configuration;
        this.isJson = isJson;
        this.comparison = translation.comparison();
        this.sameTraining = translation.isSameTraining();
        this.checklist = translation.checklist();
        this.verbatimDrift = translation.verbatimDrift();
        this.findings = findings;
    }

    /**
     * The whole document.
     *
     * @param configuration the text that is written
     * @param isJson whether that text is JSON, to be put in as it is
     * @param findings of reading and writing
     */
    public static String print(String configuration, boolean isJson, Translation translation, List<Finding> findings) {
        return new TranslationJson(configuration, isJson, translation, findings).print();
    }

    @Override
    void members() throws IOException {
        out.name("samestep").value("translation/1");
        verdicts();
        out.name("configuration");
        if (isJson) {
            out.jsonValue(configuration.strip());
        } else {
            out.value(configuration);
        }
        findings(
                "changes",
                findings.stream().filter(f -> CHANGES.contains(f.code())).toList());
        checklist();
        findings("findings", findings);
        out.name("proof").beginObject();
        out.name("arithmetic_digits").value(Exact.DIGITS.getPrecision());
        out.name("agreement_digits").value(80);
        out.endObject();
    }

    private void checklist() throws IOException {
        out.name("checklist").beginArray();
        for (Checklist.Item item : checklist.items()) {
            out.beginObject();
            out.name("setting").value(item.row().kind().words());
            out.name("of").beginArray();
            for (String owner : item.row().owners()) {
                out.value(owner);
            }
            out.endArray();
            setting(item.setting());
            if (item.row().target().isPresent()) {
                out.name("in_what_is_written")
                        .value(item.row().target().get().value().words());
            }
            if (!item.says().isEmpty()) {
                out.name("says").value(item.says());
            }
            out.endObject();
        }
        out.endArray();
    }

    private void verdicts() throws IOException {
        out.name("verdict").beginObject();
        out.name("proven").value(comparison.isProven());
        out.name("same_training").value(sameTraining);
        out.name("kind").value(comparison.verdict().kind().words());
        verdict("schedule", comparison.schedule().verdict());
        out.name("parameters").beginArray();
        for (Group group : comparison.groups()) {
            out.beginObject();
            names("names", group.parameters());
            verdict("verdict", group.verdict());
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

    private void drift(String name, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            out.name(name).value(value.getAsDouble());
        }
    }
}
