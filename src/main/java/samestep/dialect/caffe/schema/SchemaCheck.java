package samestep.dialect.caffe.schema;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.schema.Schema;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;
import samestep.text.Span;
import samestep.text.Spelling;

/** Holds fields against the schema: unknown ones (SS003), values of another type (SS004), repeated ones (SS005). */
public final class SchemaCheck {
    private final SourceText source;
    private final List<Finding> findings;
    private final boolean forksEnums;
    private final Map<String, Unknown> unknown = new LinkedHashMap<>();

    private final Map<String, Constant> constants = new LinkedHashMap<>();

    /** A constant that only a fork has: the finding at its first place, and how often it occurs. */
    private record Constant(Finding finding, int count) {}

    private record Unknown(Span first, int count, boolean decides) {}

    public SchemaCheck(SourceText source, List<Finding> findings) {
        this(source, findings, false);
    }

    /**
     * A check.
     *
     * @param forksEnums whether an enum value that BVLC Caffe does not have is only a warning: forks add engines and
     *     normalizations to nets, and the parameters that are trained stay the same
     */
    public SchemaCheck(SourceText source, List<Finding> findings, boolean forksEnums) {
        this.source = source;
        this.forksEnums = forksEnums;
        this.findings = findings;
    }

    /** Checks a message and all within; what the schema does not know becomes one finding for each name. */
    public void check(PrototxtMessage message, Schema.Message type) {
        fields(message, type);
        unknown.forEach((name, where) -> findings.add(unknown(name, where)));
        unknown.clear();
        constants
                .values()
                .forEach(constant -> findings.add(constant.finding()
                        .labelled(constant.count() == 1 ? "" : "and " + (constant.count() - 1) + " more")));
        constants.clear();
    }

    private Finding unknown(String name, Unknown where) {
        Finding finding = Finding.at(
                new Place(source, where.first()),
                Code.SS003,
                "BVLC Caffe has no field " + name + (where.count() > 1 ? " (" + where.count() + " times)" : ""));
        if (!where.decides()) {
            return finding.detail("It is not carried over; a fork or a plugin may mean something by it.");
        }
        String near = Spelling.nearest(
                name.substring(name.indexOf('.') + 1),
                CaffeSchema.schema().message("ParamSpec").names());
        return finding.as(Severity.ERROR)
                .detail(
                        near.isEmpty()
                                ? "Caffe refuses the file."
                                : "Did you mean " + near + "? Caffe refuses the file.");
    }

    /** Whether rates and decays depend on it: multipliers, also those of the older format in a newer layer. */
    private static boolean decides(Schema.Message type, String field) {
        return type.name().equals("ParamSpec")
                || type.name().equals("LayerParameter")
                        && CaffeSchema.schema()
                                .message("V1LayerParameter")
                                .field(field)
                                .isPresent();
    }

    private void fields(PrototxtMessage message, Schema.Message type) {
        Set<String> seen = new HashSet<>();
        Set<String> refused = new HashSet<>();
        for (PrototxtField field : message.fields()) {
            Optional<Schema.Field> known = type.field(field.name());
            if (known.isEmpty()) {
                unknown.merge(
                        type.name() + "." + field.name(),
                        new Unknown(field.nameSpan(), 1, decides(type, field.name())),
                        (a, b) -> new Unknown(a.first(), a.count() + 1, a.decides()));
                continue;
            }
            boolean again = !seen.add(field.name()) && !known.get().repeated();
            if (again && refused.add(field.name())) {
                twice(field);
            }
            value(field, known.get());
        }
    }

    /** Adds a finding for a field that is given twice and allowed once. */
    public void twice(PrototxtField field) {
        findings.add(Finding.at(
                        new Place(source, field.nameSpan()),
                        Code.SS005,
                        field.name() + " is given twice; Caffe refuses the file")
                .detail("Remove one of them."));
    }

    /** Checks one value; nested messages as {@link #check} does. */
    public void value(PrototxtField field, Schema.Field type) {
        if (field.value() instanceof PrototxtMessage message) {
            if (type.type() == Schema.Type.MESSAGE) {
                fields(message, CaffeSchema.schema().messageOf(type));
            } else {
                refuse(field, CaffeSchema.schema().expected(type));
            }
            return;
        }
        PrototxtScalar scalar = (PrototxtScalar) field.value();
        boolean text = type.type() == Schema.Type.STRING || type.type() == Schema.Type.BYTES;
        if (text && scalar.kind() != PrototxtScalar.Kind.STRING) {
            unquoted(field, scalar);
        } else if (!text && !CaffeSchema.schema().admits(type, scalar)) {
            if (forksEnums && type.type() == Schema.Type.ENUM) {
                constants.merge(
                        field.name() + ": " + scalar.value(),
                        new Constant(
                                refused(field, CaffeSchema.schema().expected(type))
                                        .as(Severity.WARNING),
                                1),
                        (first, next) -> new Constant(first.finding(), first.count() + 1));
            } else {
                refuse(field, CaffeSchema.schema().expected(type));
            }
        }
    }

    private void unquoted(PrototxtField field, PrototxtScalar scalar) {
        findings.add(Finding.at(
                        new Place(source, scalar.span()),
                        Code.SS004,
                        field.name() + " must be quoted: Caffe refuses " + scalar.text())
                .as(Severity.WARNING)
                .detail("Write " + field.name() + ": \"" + scalar.value() + "\"; a fork may read it as it is."));
    }

    /** Adds that a value is refused. */
    public void refuse(PrototxtField field, String expected) {
        findings.add(refused(field, expected));
    }

    private Finding refused(PrototxtField field, String expected) {
        Place place = new Place(source, field.value().span());
        String text = place.text();
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return Finding.at(place, Code.SS004, field.name() + ": " + expected + ", found " + shown);
    }
}
