package samestep.dialect.caffe.solver;

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
import samestep.dialect.caffe.schema.CaffeLedger;
import samestep.dialect.caffe.schema.CaffeSchema;
import samestep.dialect.caffe.schema.SchemaCheck;
import samestep.dialect.schema.MessageFields;
import samestep.dialect.schema.Schema;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.setting.Unjudged;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;
import samestep.text.Span;
import samestep.text.Spelling;

/** The fields of one solver file by name, and what was found wrong with them; remembers which were asked for. */
public final class Solver {
    private final SourceText source;
    private final Map<SolverField, List<PrototxtField>> fields = new EnumMap<>(SolverField.class);
    private final Map<SolverField, Quantity> quantities = new EnumMap<>(SolverField.class);
    private final Set<SolverField> asked = EnumSet.noneOf(SolverField.class);
    private final List<Finding> findings;
    private final SchemaCheck check;

    /** Sorts the fields of a solver; what the schema does not allow becomes findings. */
    public Solver(SourceText source, PrototxtMessage message, List<Finding> findings) {
        this.source = source;
        this.findings = findings;
        this.check = new SchemaCheck(source, findings);
        for (PrototxtField field : message.fields()) {
            Optional<SolverField> known = SolverField.of(field.name());
            if (known.isEmpty()) {
                unknown(field);
                continue;
            }
            List<PrototxtField> same = fields.computeIfAbsent(known.get(), k -> new ArrayList<>());
            same.add(field);
            if (same.size() == 2 && !known.get().repeated()) {
                check.twice(field);
            }
            value(field, known.get().schema());
        }
    }

    private void value(PrototxtField field, Schema.Field type) {
        if (type.type() == Schema.Type.MESSAGE && field.value() instanceof PrototxtMessage inner) {
            check.check(inner, CaffeSchema.schema().messageOf(type));
        } else {
            check.value(field, type);
        }
    }

    private void unknown(PrototxtField field) {
        String name = field.name();
        Optional<Schema.Field> fork =
                CaffeSchema.schema().message("ForkSolverParameter").field(name);
        String message = "BVLC Caffe's solver has no field \"" + name + "\"; ";
        Finding left = Finding.at(place(field.nameSpan()), Code.SS003, message + "it is not carried over");
        if (fork.isPresent() && fork.get().use() == Schema.Use.BESIDE) {
            findings.add(left.as(Severity.NOTE).detail("In the forks that have it no weight depends on it."));
        } else if (fork.isPresent()) {
            findings.add(
                    left.detail(fork.get().fork() + ": " + fork.get().meaning() + "; it changes the training there."));
        } else {
            String near = Spelling.nearest(
                    name,
                    Arrays.stream(SolverField.values()).map(SolverField::word).toList());
            Finding refused = Finding.at(place(field.nameSpan()), Code.SS003, message + "Caffe refuses the file")
                    .as(Severity.ERROR);
            findings.add(refused.detail(
                    near.isEmpty()
                            ? "Remove it; if it is a fork's, look there what it does."
                            : "Did you mean " + near + "?"));
        }
    }

    private Place place(Span span) {
        return new Place(source, span);
    }

    /** Whether a field is given. */
    public boolean has(SolverField field) {
        asked.add(field);
        return fields.containsKey(field);
    }

    /** The place of a field's value; of its name for a message. */
    public Optional<Place> place(SolverField field) {
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
    public Optional<PrototxtMessage> message(SolverField field) {
        return last(field).filter(f -> f.value() instanceof PrototxtMessage).map(f -> (PrototxtMessage) f.value());
    }

    /** A string, enum or unquoted word; its default when it is not given. */
    public String word(SolverField field) {
        Optional<PrototxtField> given = last(field);
        if (given.isEmpty()) {
            return field.byDefault();
        }
        return given.get().value() instanceof PrototxtScalar scalar ? scalar.value() : field.byDefault();
    }

    /** Whether a text is given and written as no BVLC Caffe reads it: without quotes. */
    public boolean isUnquoted(SolverField field) {
        return last(field)
                .filter(f ->
                        f.value() instanceof PrototxtScalar scalar && scalar.kind() == PrototxtScalar.Kind.IDENTIFIER)
                .isPresent();
    }

    /** A number, in single precision where Caffe keeps it so, with its default when it is not given. */
    public Quantity quantity(SolverField field) {
        // Read once, so that what is wrong with it is reported once.
        return quantities.computeIfAbsent(field, this::readQuantity);
    }

    private Quantity readQuantity(SolverField field) {
        Optional<PrototxtField> given = last(field);
        if (given.isEmpty()) {
            return Quantity.byDefault(field.byDefault(), "Caffe's default of " + field.word())
                    .rounded();
        }
        Optional<BigDecimal> number = number(given.get());
        if (number.isEmpty()) {
            if (given.get().value() instanceof PrototxtScalar scalar
                    && scalar.doubleValue().isPresent()) {
                check.refuse(given.get(), "expected a finite number");
            }
            return Quantity.byDefault("0", "a value that could not be read");
        }
        if (Double.isInfinite(number.get().floatValue())) {
            check.refuse(given.get(), "Caffe keeps it in single precision, which ends at 3.4e38");
        }
        Quantity written = written(given.get(), number.get());
        return field.schema().type().isWhole() ? written : written.rounded();
    }

    /** The numbers of a repeated field, as far as they are numbers. */
    List<Quantity> quantities(SolverField field) {
        return all(field).stream()
                .flatMap(f -> number(f).map(number -> written(f, number)).stream())
                .toList();
    }

    private Quantity written(PrototxtField field, BigDecimal number) {
        Place place = place(field.value().span());
        return new Quantity(Expression.literal(number), place.text(), new Origin.Written(place));
    }

    private static Optional<BigDecimal> number(PrototxtField field) {
        return field.value() instanceof PrototxtScalar scalar ? scalar.decimal() : Optional.empty();
    }

    /** A whole number; its default when it is not given or not readable. */
    public long whole(SolverField field) {
        Optional<PrototxtField> given = last(field);
        long byDefault = field.byDefault().isEmpty() ? 0 : Long.parseLong(field.byDefault());
        return given.map(f -> whole(f).orElse(byDefault)).orElse(byDefault);
    }

    /** The whole number that a field holds; empty if it holds something else, which is a finding already. */
    public OptionalLong whole(PrototxtField field) {
        OptionalLong value = field.value() instanceof PrototxtScalar scalar ? scalar.integer() : OptionalLong.empty();
        return value.isPresent() && value.getAsLong() == (int) value.getAsLong() ? value : OptionalLong.empty();
    }

    /** A finding at a field's value; at the start of the file where the field is missing. */
    public Finding finding(SolverField field, Code code, String message) {
        return Finding.at(place(field).orElseGet(() -> Place.start(source)), code, message);
    }

    /** Adds a finding, placed as {@link #finding} places it. */
    public void report(SolverField field, Code code, String message, String... details) {
        Finding finding = finding(field, code, message);
        for (String detail : details) {
            finding = finding.detail(detail);
        }
        findings.add(finding);
    }

    /**
     * Adds the fields beside the net that change the training and are not judged.
     *
     * @param withNet whether the net is read, so that its file's name decides nothing more
     */
    public void unjudged(boolean withNet, List<Unjudged.Field> found) {
        MessageFields walk = new MessageFields(source, CaffeLedger.ledger(), CaffeSchema.schema(), found);
        fields.forEach((known, given) -> {
            boolean net = known.use() == Schema.Use.NET;
            if (known.schema().type() != Schema.Type.MESSAGE && !(net && withNet)) {
                given.forEach(field -> walk.field(field, "SolverParameter", ""));
            }
        });
    }

    /** The fields that decide training, are given, and that no reader asked for: they have no effect in this solver. */
    public List<SolverField> unused() {
        return fields.keySet().stream()
                .filter(f -> f.use() == Schema.Use.TRAINING && !asked.contains(f))
                .toList();
    }
}
