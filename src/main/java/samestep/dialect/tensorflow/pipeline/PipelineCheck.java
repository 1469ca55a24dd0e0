package samestep.dialect.tensorflow.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.schema.Schema;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;
import samestep.text.Spelling;

/**
 * Holds what says how weights move against the schema: unknown fields (SS003), values of another type (SS004), a field or a
 * second of a choice given again (SS005). What is the model's or the data's business has other fields too, and keeps them.
 */
final class PipelineCheck {
    /** Messages that the schema has in part. */
    private static final Set<String> OPEN = Set.of("Anything", "Architecture", "FeatureExtractor", "DetectionModel");
    /** Messages in which a field that is not known may move weights. */
    private static final Set<String> MOVING =
            Set.of("Optimizer", "RMSPropOptimizer", "MomentumOptimizer", "AdamOptimizer", "Regularizer");

    private final SourceText source;
    private final List<Finding> findings = new ArrayList<>();

    private PipelineCheck(SourceText source) {
        this.source = source;
    }

    /** What is wrong with a section and all within. */
    static List<Finding> of(PipelineSection section) {
        PipelineCheck check = new PipelineCheck(section.source());
        check.fields(section.message(), section.type());
        return check.findings;
    }

    private void fields(PrototxtMessage message, Schema.Message type) {
        Set<String> seen = new HashSet<>();
        Set<String> refused = new HashSet<>();
        Map<String, String> chosen = new HashMap<>();
        for (PrototxtField field : message.fields()) {
            Optional<Schema.Field> known = type.field(field.name());
            if (known.isEmpty()) {
                unknown(field, type);
                continue;
            }
            Schema.Field schema = known.get();
            boolean again = !seen.add(field.name()) && !schema.repeated();
            if (again && refused.add(field.name())) {
                twice(field, field.name() + " is given twice");
            }
            String before = schema.choice().isEmpty() ? field.name() : chosen.put(schema.choice(), field.name());
            if (before != null && !before.equals(field.name())) {
                twice(field, field.name() + " is given together with " + before + ", and only one of them is allowed");
            }
            value(field, schema);
        }
    }

    private void twice(PrototxtField field, String words) {
        findings.add(
                Finding.at(new Place(source, field.nameSpan()), Code.SS005, words + "; TensorFlow refuses the file")
                        .detail("Remove one of them."));
    }

    private void unknown(PrototxtField field, Schema.Message type) {
        if (OPEN.contains(type.name()) || field.name().startsWith("[")) {
            return;
        }
        String near = Spelling.nearest(field.name(), type.names());
        Code code = MOVING.contains(type.name()) ? Code.SS010 : Code.SS003;
        Finding finding = Finding.at(
                new Place(source, field.nameSpan()),
                code,
                "the Object Detection API's " + type.name() + " has no field " + field.name()
                        + (code == Code.SS010 ? ", and what it does to the weights is not known" : ""));
        findings.add(
                near.isEmpty()
                        ? finding.detail("It is kept and not carried over; the version of 2021-07 refuses it.")
                        : finding.detail("Did you mean " + near + "?"));
    }

    private void value(PrototxtField field, Schema.Field schema) {
        boolean message = schema.type() == Schema.Type.MESSAGE;
        if (field.value() instanceof PrototxtMessage inner && message) {
            fields(inner, PipelineSection.SCHEMA.messageOf(schema));
        } else if (field.value() instanceof PrototxtScalar scalar && !message && fits(schema, scalar)) {
            finite(field, schema, scalar);
        } else {
            refuse(field, PipelineSection.SCHEMA.expected(schema));
        }
    }

    /** What is not a number is not the default either; proto's float ends where single precision does. */
    private void finite(PrototxtField field, Schema.Field schema, PrototxtScalar scalar) {
        if (schema.type() != Schema.Type.FLOAT && schema.type() != Schema.Type.DOUBLE) {
            return;
        }
        double value = scalar.doubleValue().orElse(Double.NaN);
        if (scalar.decimal().isEmpty() || Double.isNaN(value)) {
            refuse(field, "expected a finite number");
        } else if (Double.isInfinite(schema.type() == Schema.Type.FLOAT ? (float) value : value)) {
            refuse(field, "it is kept in single precision, which ends at 3.4e38");
        }
    }

    private void refuse(PrototxtField field, String expected) {
        Place place = new Place(source, field.value().span());
        String shown = place.text();
        findings.add(Finding.at(
                place,
                Code.SS004,
                field.name() + ": " + expected + ", found "
                        + (shown.length() > 40 ? shown.substring(0, 40) + "..." : shown)));
    }

    /** A text must be quoted. */
    private static boolean fits(Schema.Field schema, PrototxtScalar scalar) {
        boolean text = schema.type() == Schema.Type.STRING;
        return PipelineSection.SCHEMA.admits(schema, scalar) && (!text || scalar.kind() == PrototxtScalar.Kind.STRING);
    }
}
