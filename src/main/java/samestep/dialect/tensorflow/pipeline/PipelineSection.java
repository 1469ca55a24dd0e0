package samestep.dialect.tensorflow.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.schema.Schema;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * A message of a pipeline with its type. What is not given has the schema's default.
 *
 * @param source the document
 * @param message its fields; none where it is not given
 * @param type what they are
 * @param place where it is; where it would be if it is not given
 * @param given whether it is there
 */
public record PipelineSection(
        SourceText source, PrototxtMessage message, Schema.Message type, Place place, boolean given) {
    public static final Schema SCHEMA = Schema.of("object_detection");

    /** The whole document. */
    static PipelineSection root(SourceText source, PrototxtMessage message) {
        return of(source, message, "TrainEvalPipelineConfig");
    }

    /** A message of that type. */
    static PipelineSection of(SourceText source, PrototxtMessage message, String type) {
        return new PipelineSection(source, message, SCHEMA.message(type), new Place(source, message.span()), true);
    }

    private Schema.Field field(String name) {
        return type.field(name).orElseThrow(() -> new IllegalArgumentException(type.name() + "." + name));
    }

    /** A message in it. */
    PipelineSection section(String name) {
        Optional<PrototxtField> found = message.last(name).filter(f -> f.value() instanceof PrototxtMessage);
        Schema.Message of = SCHEMA.messageOf(field(name));
        return found.map(f ->
                        new PipelineSection(source, (PrototxtMessage) f.value(), of, new Place(source, f.span()), true))
                .orElseGet(() ->
                        new PipelineSection(source, new PrototxtMessage(List.of(), new Span(0, 0)), of, place, false));
    }

    /** All messages of a repeated field. */
    List<PipelineSection> sections(String name) {
        Schema.Message of = SCHEMA.messageOf(field(name));
        List<PipelineSection> all = new ArrayList<>();
        for (PrototxtField f : message.fields(name)) {
            if (f.value() instanceof PrototxtMessage inner) {
                all.add(new PipelineSection(source, inner, of, new Place(source, f.span()), true));
            }
        }
        return all;
    }

    /** Which of these is given; the last one, if several are. */
    Optional<PipelineSection> choice(List<String> names) {
        return names.stream().map(this::section).filter(PipelineSection::given).reduce((first, second) -> second);
    }

    private Optional<PrototxtScalar> scalar(String name) {
        return message.last(name)
                .filter(f -> f.value() instanceof PrototxtScalar)
                .map(f -> (PrototxtScalar) f.value());
    }

    /** Whether a field is given. */
    boolean has(String name) {
        return message.last(name).isPresent();
    }

    /** Where a field's value is written; the message where it is not given. */
    Place place(String name) {
        return message.last(name).map(f -> new Place(source, f.value().span())).orElse(place);
    }

    /** A number in the precision that the field has. */
    Quantity number(String name) {
        boolean single = !field(name).type().isWhole();
        Quantity exact = scalar(name)
                .flatMap(s -> s.decimal().map(d -> {
                    Place at = new Place(source, s.span());
                    return new Quantity(Expression.literal(d), s.text(), new Origin.Written(at));
                }))
                .orElseGet(() -> Quantity.byDefault(
                        field(name).byDefault().isEmpty() ? "0" : field(name).byDefault(),
                        "the Object Detection API's default of " + name));
        return single ? exact.rounded() : exact;
    }

    /** A whole number, such as a number of steps. */
    long whole(String name) {
        OptionalLong written = scalar(name).map(PrototxtScalar::integer).orElse(OptionalLong.empty());
        String silent = Objects.requireNonNullElse(field(name).byDefault(), "");
        return written.orElseGet(() -> silent.isEmpty() ? 0 : Long.parseLong(silent));
    }

    /** A boolean. */
    boolean flag(String name) {
        return scalar(name)
                .flatMap(PrototxtScalar::bool)
                .orElse(field(name).byDefault().equals("true"));
    }

    /** A word or text; empty where it is not given and has no default. */
    String word(String name) {
        return scalar(name).map(PrototxtScalar::value).orElse(field(name).byDefault());
    }

    /** The texts of a repeated field. */
    List<String> words(String name) {
        return message.fields(name).stream()
                .filter(f -> f.value() instanceof PrototxtScalar)
                .map(f -> ((PrototxtScalar) f.value()).value())
                .toList();
    }

    /** The numbers that are given in it. */
    List<Schedule.NamedValue> namedNumbers() {
        List<Schedule.NamedValue> values = new ArrayList<>();
        for (PrototxtField f : message.fields()) {
            boolean known = type.field(f.name()).isPresent();
            boolean number =
                    f.value() instanceof PrototxtScalar s && s.decimal().isPresent();
            if (known && number) {
                values.add(new Schedule.NamedValue(f.name(), number(f.name())));
            }
        }
        return values;
    }

    /** A finding at a field's value. */
    Finding finding(String name, Code code, String words) {
        return Finding.at(place(name), code, words);
    }
}
