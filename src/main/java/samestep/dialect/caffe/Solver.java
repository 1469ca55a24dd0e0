package samestep.dialect.caffe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;
import samestep.text.Span;
import samestep.text.Spelling;

/** The fields of one solver file by name, and what was found wrong with them; remembers which were asked for. */
final class Solver {
    private final SourceText source;
    private final Map<SolverField, List<PrototxtField>> fields = new EnumMap<>(SolverField.class);
    private final Set<SolverField> asked = EnumSet.noneOf(SolverField.class);
    private final List<Finding> findings;

    /** Sorts the fields of a solver; unknown and repeated ones become findings. */
    Solver(SourceText source, PrototxtMessage message, List<Finding> findings) {
        this.source = source;
        this.findings = findings;
        for (PrototxtField field : message.fields()) {
            Optional<SolverField> known = SolverField.of(field.name());
            if (known.isEmpty()) {
                unknown(field);
                continue;
            }
            List<PrototxtField> same = fields.computeIfAbsent(known.get(), k -> new ArrayList<>());
            same.add(field);
            if (same.size() == 2 && !known.get().repeated()) {
                findings.add(Finding.at(
                                place(field.nameSpan()),
                                Code.SS005,
                                field.name() + " is given twice; Caffe refuses the file")
                        .detail("Remove one of them."));
            }
        }
    }

    private void unknown(PrototxtField field) {
        String name = field.name();
        Finding finding = Finding.at(
                place(field.nameSpan()),
                Code.SS003,
                "BVLC Caffe's solver has no field \"" + name + "\"; it is not carried over");
        String meaning = ForkField.meaning(name);
        if (ForkField.isBesideTraining(name)) {
            findings.add(finding.as(Severity.NOTE).detail("In the forks that have it no weight depends on it."));
        } else if (!meaning.isEmpty()) {
            findings.add(finding.detail(meaning + "; it changes the training there."));
        } else {
            String near = Spelling.nearest(
                    name,
                    Arrays.stream(SolverField.values()).map(SolverField::word).toList());
            findings.add(near.isEmpty() ? finding : finding.detail("Did you mean " + near + "?"));
        }
    }

    private Place place(Span span) {
        return new Place(source, span);
    }

    /** Whether a field is given. */
    boolean has(SolverField field) {
        asked.add(field);
        return fields.containsKey(field);
    }

    /** The place of a field's value; of its name for a message. */
    Optional<Place> place(SolverField field) {
        return last(field).map(f -> place(f.value().span()));
    }

    /** The values of a repeated field, or the one of another. */
    List<PrototxtField> all(SolverField field) {
        asked.add(field);
        return fields.getOrDefault(field, List.of());
    }

    private Optional<PrototxtField> last(SolverField field) {
        List<PrototxtField> given = all(field);
        return given.isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
    }

    /** A message field. */
    Optional<PrototxtMessage> message(SolverField field) {
        return last(field).filter(f -> f.value() instanceof PrototxtMessage).map(f -> (PrototxtMessage) f.value());
    }

    /** A string, enum or unquoted word; its default when it is not given. */
    String word(SolverField field) {
        Optional<PrototxtField> given = last(field);
        if (given.isEmpty()) {
            return field.byDefault();
        }
        if (!(given.get().value() instanceof PrototxtScalar scalar)) {
            refuse(given.get(), "expected a word");
            return field.byDefault();
        }
        boolean unquoted = field.type() == SolverField.Type.STRING && scalar.kind() != PrototxtScalar.Kind.STRING;
        if (unquoted) {
            findings.add(Finding.at(
                            place(scalar.span()),
                            Code.SS004,
                            field.word() + " must be quoted: Caffe refuses " + scalar.text())
                    .as(Severity.WARNING)
                    .detail("Write " + field.word() + ": \"" + scalar.value() + "\"; a fork may read it as it is."));
        }
        return scalar.value();
    }

    /** A number that Caffe keeps in single precision, with its default when it is not given. */
    Quantity quantity(SolverField field) {
        Optional<PrototxtField> given = last(field);
        if (given.isEmpty()) {
            return Quantity.byDefault(field.byDefault(), "Caffe's default of " + field.word())
                    .rounded();
        }
        Optional<BigDecimal> number = number(given.get());
        if (number.isEmpty()) {
            refuse(given.get(), "expected a number");
            return Quantity.byDefault("0", "a value that could not be read");
        }
        if (Double.isInfinite(number.get().floatValue())) {
            refuse(given.get(), "Caffe keeps it in single precision, which ends at 3.4e38");
        }
        Place place = place(given.get().value().span());
        String text = place.text();
        return new Quantity(Expression.literal(number.get()), text, new Origin.Written(place)).rounded();
    }

    private static Optional<BigDecimal> number(PrototxtField field) {
        return field.value() instanceof PrototxtScalar scalar ? scalar.decimal() : Optional.empty();
    }

    /** A whole number; its default when it is not given or not readable. */
    long whole(SolverField field) {
        Optional<PrototxtField> given = last(field);
        long byDefault = field.byDefault().isEmpty() ? 0 : Long.parseLong(field.byDefault());
        return given.map(f -> whole(f).orElse(byDefault)).orElse(byDefault);
    }

    /** The whole number that a field holds; a finding if it holds something else. */
    OptionalLong whole(PrototxtField field) {
        OptionalLong value = field.value() instanceof PrototxtScalar scalar ? scalar.integer() : OptionalLong.empty();
        if (value.isEmpty() || value.getAsLong() != (int) value.getAsLong()) {
            refuse(field, "expected a whole number of 32 bits");
            return OptionalLong.empty();
        }
        return value;
    }

    private void refuse(PrototxtField field, String expected) {
        Place place = place(field.value().span());
        String text = place.text();
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        findings.add(Finding.at(place, Code.SS004, field.name() + ": " + expected + ", found " + shown));
    }

    /** Adds a finding at a field's value. */
    void report(SolverField field, Code code, String message, String... details) {
        Finding finding = Finding.of(code, message).at(place(field));
        for (String detail : details) {
            finding = finding.detail(detail);
        }
        findings.add(finding);
    }

    /** The fields that decide training, are given, and that nobody asked for: they do nothing in this solver. */
    List<SolverField> unused() {
        return fields.keySet().stream()
                .filter(f -> f.use() == SolverField.Use.TRAINING && !asked.contains(f))
                .toList();
    }
}
