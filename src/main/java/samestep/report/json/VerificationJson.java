package samestep.report.json;

import java.io.IOException;
import java.util.List;
import samestep.compare.observed.Verification;
import samestep.compare.trait.Trait;
import samestep.finding.Finding;

/** Writes whether a configuration does what a real optimizer did, for the Python package. Not stable. */
public final class VerificationJson extends JsonPage {
    private final Verification verification;
    private final List<Finding> findings;

    private VerificationJson(Verification verification, List<Finding> findings) {
        this.verification = verification;
        this.findings = List.copyOf(findings);
    }

    /** The whole document. */
    public static String print(Verification verification, List<Finding> findings) {
        return new VerificationJson(verification, findings).print();
    }

    @Override
    void members() throws IOException {
        out.name("samestep").value("verification/unstable");
        out.name("agrees").value(verification.agrees());
        number("largest", verification.largest());
        if (verification.first().isPresent()) {
            Verification.First first = verification.first().get();
            out.name("first").beginObject();
            out.name("stream").value(first.stream());
            out.name("update").value(first.update());
            out.name("parameter").value(first.tensor());
            number("observed", first.observed());
            number("expected", first.expected());
            number("units", first.units());
            out.endObject();
        }
        out.name("traits").beginArray();
        for (Trait trait : verification.traits()) {
            out.beginObject();
            out.name("name").value(trait.name());
            out.name("source").value(trait.source());
            out.name("target").value(trait.target());
            out.endObject();
        }
        out.endArray();
        findings("findings", findings);
    }
}
