package samestep.dialect.caffe;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
final class SchemaCheck {
    private static final long LARGEST_UINT32 = 0xffff_ffffL;

    private final SourceText source;
    private final List<Finding> findings;
    private final boolean forksEnums;
    private final Map<String, Unknown> unknown = new LinkedHashMap<>();

    private final Map<String, Constant> constants = new LinkedHashMap<>();

    /** A constant that only a fork has: the finding at its first place, and how often it stands. */
    private record Constant(Finding finding, int count) {}

    private record Unknown(Span first, int count, boolean decides) {}

    SchemaCheck(SourceText source, List<Finding> findings) {
        this(source, findings, false);
    }

    /**
     * A check.
     *
     * @param forksEnums whether an enum value that BVLC Caffe does not have is only a warning: forks add engines and
     *     normalizations to nets, and the parameters that are trained stay the same
     */
    SchemaCheck(SourceText source, List<Finding> findings, boolean forksEnums) {
        this.source = source;
        this.forksEnums = forksEnums;
        this.findings = findings;
    }

    /** Checks a message and all within; what the schema does not know becomes one finding for each name. */
    void check(PrototxtMessage message, Schema.Message type) {
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
                Schema.caffe().message("ParamSpec").names());
        return finding.as(Severity.ERROR)
                .detail(
                        near.isEmpty()
                                ? "Caffe refuses the file."
                                : "Did you mean " + near + "? Caffe refuses the file.");
    }

    /** Whether rates and decays hang on it: multipliers, and those of the older format in a layer of the newer one. */
    private static boolean decides(Schema.Message type, String field) {
        return type.name().equals("ParamSpec")
                || type.name().equals("LayerParameter")
                        && Schema.caffe()
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

    /** Adds that a field stands twice that may stand once. */
    void twice(PrototxtField field) {
        findings.add(Finding.at(
                        new Place(source, field.nameSpan()),
                        Code.SS005,
                        field.name() + " is given twice; Caffe refuses the file")
                .detail("Remove one of them."));
    }

    /** Checks one value; nested messages as {@link #check} does. */
    void value(PrototxtField field, Schema.Field type) {
        if (field.value() instanceof PrototxtMessage message) {
            if (type.type() == Schema.Type.MESSAGE) {
                fields(message, Schema.caffe().messageOf(type));
            } else {
                refuse(field, expected(type));
            }
            return;
        }
        PrototxtScalar scalar = (PrototxtScalar) field.value();
        boolean text = type.type() == Schema.Type.STRING || type.type() == Schema.Type.BYTES;
        if (text && scalar.kind() != PrototxtScalar.Kind.STRING) {
            unquoted(field, scalar);
        } else if (!text && !fits(scalar, type)) {
            if (forksEnums && type.type() == Schema.Type.ENUM) {
                constants.merge(
                        field.name() + ": " + scalar.value(),
                        new Constant(refused(field, expected(type)).as(Severity.WARNING), 1),
                        (first, next) -> new Constant(first.finding(), first.count() + 1));
            } else {
                refuse(field, expected(type));
            }
        }
    }

    private static boolean fits(PrototxtScalar scalar, Schema.Field type) {
        OptionalLong whole = scalar.integer();
        return switch (type.type()) {
            case FLOAT, DOUBLE -> scalar.doubleValue().isPresent();
            case INT32 -> whole.isPresent() && whole.getAsLong() == (int) whole.getAsLong();
            case INT64 -> whole.isPresent();
            case UINT32 -> whole.isPresent() && whole.getAsLong() >= 0 && whole.getAsLong() <= LARGEST_UINT32;
            case BOOL -> scalar.bool().isPresent();
            case ENUM ->
                scalar.kind() != PrototxtScalar.Kind.STRING
                        && Schema.caffe().enumOf(type).find(written(scalar)).isPresent();
            case STRING, BYTES -> true;
            case MESSAGE -> false;
        };
    }

    /** An enum's number may be hexadecimal or octal. */
    private static String written(PrototxtScalar scalar) {
        return scalar.integer().isPresent() ? Long.toString(scalar.integer().getAsLong()) : scalar.value();
    }

    private static String expected(Schema.Field type) {
        return switch (type.type()) {
            case FLOAT, DOUBLE -> "expected a number";
            case INT32 -> "expected a whole number of 32 bits";
            case INT64 -> "expected a whole number of 64 bits";
            case UINT32 -> "expected a whole number of 32 bits, not negative";
            case BOOL -> "expected true or false";
            case STRING, BYTES -> "expected a word";
            case ENUM ->
                "expected one of "
                        + String.join(
                                ", ", Schema.caffe().enumOf(type).constants().keySet());
            case MESSAGE -> "expected a message in braces";
        };
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
    void refuse(PrototxtField field, String expected) {
        findings.add(refused(field, expected));
    }

    private Finding refused(PrototxtField field, String expected) {
        Place place = new Place(source, field.value().span());
        String text = place.text();
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return Finding.at(place, Code.SS004, field.name() + ": " + expected + ", found " + shown);
    }
}
