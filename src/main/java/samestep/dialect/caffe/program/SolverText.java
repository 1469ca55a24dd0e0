package samestep.dialect.caffe.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import samestep.dialect.schema.Schema;
import samestep.finding.Place;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;
import samestep.text.SourceText;
import samestep.text.Span;

/** The prototxt of a solver that a program makes, and which part of it comes from where. */
final class SolverText {
    private final Function<String, Optional<Schema.Field>> schema;
    private final StringBuilder text = new StringBuilder();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Unknown> unknown = new ArrayList<>();

    /**
     * A line of it.
     *
     * @param span the line in the text
     */
    record Entry(Span span, String field, Argument argument) {}

    /**
     * A field whose value is not known.
     *
     * @param use what it is for; empty where Caffe has no such field
     */
    record Unknown(String field, Optional<Schema.Use> use, Argument argument) {}

    /**
     * @param schema the fields of a solver by name
     */
    SolverText(SolverFields fields, Function<String, Optional<Schema.Field>> schema) {
        this.schema = schema;
        fields.values().forEach((name, arguments) -> arguments.forEach(argument -> line(name, argument)));
    }

    /** What is not known of it. */
    List<Unknown> unknown() {
        return unknown;
    }

    SourceText source(String name) {
        return new SourceText(name, text.toString());
    }

    /** The line that a place of it is in. */
    Optional<Entry> at(Span span) {
        return entries.stream()
                .filter(e -> e.span().start() <= span.start()
                        && span.start() < e.span().end())
                .findFirst();
    }

    private void line(String name, Argument argument) {
        Optional<String> written = written(name, argument.value());
        if (written.isEmpty()) {
            unknown.add(new Unknown(name, schema.apply(name).map(Schema.Field::use), argument));
            return;
        }
        int start = text.length();
        text.append(name).append(": ").append(written.get()).append('\n');
        entries.add(new Entry(new Span(start, text.length()), name, argument));
    }

    private Optional<String> written(String name, Value value) {
        if (value instanceof Value.Number number) {
            return number.integer()
                    .map(Object::toString)
                    .or(() -> number.formula().map(f -> number.decimal().toString()));
        }
        if (value instanceof Value.Bool bool) {
            return Optional.of(Boolean.toString(bool.value()));
        }
        if (value instanceof Value.Text word) {
            boolean isEnum = schema.apply(name)
                    .filter(field -> field.type() == Schema.Type.ENUM)
                    .isPresent();
            return Optional.of(isEnum ? word.value() : quoted(word.value()));
        }
        return ParameterWorld.word(value);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** Where the number of a line is written, else the argument. */
    static Place place(Argument argument) {
        return argument.value() instanceof Value.Number number
                ? number.origin().literals().stream().findFirst().orElse(argument.place())
                : argument.place();
    }
}
