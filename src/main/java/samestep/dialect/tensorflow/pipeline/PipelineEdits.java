package samestep.dialect.tensorflow.pipeline;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.schema.Schema;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.Edit;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * The smallest changes that make a message say fields: a value that is the same number stays as it is written, and what is
 * the default is not added.
 */
final class PipelineEdits {
    private final SourceText source;
    private final List<Edit> edits = new ArrayList<>();

    PipelineEdits(SourceText source) {
        this.source = source;
    }

    List<Edit> edits() {
        return edits;
    }

    /** Makes a message say these fields; others in it stay. */
    void say(PrototxtMessage message, Schema.Message type, List<PipelineField> wanted) {
        List<PipelineField> missing = new ArrayList<>();
        for (PipelineField field : wanted) {
            Schema.Field schema = type.field(field.name()).orElseThrow();
            List<PrototxtField> given = message.fields(field.name());
            if (schema.repeated()) {
                continue;
            }
            if (!given.isEmpty()) {
                same(given.get(given.size() - 1), schema, field);
                continue;
            }
            Optional<PrototxtField> other = otherChoice(message, type, schema);
            if (other.isPresent()) {
                replace(
                        other.get().span(),
                        laidOut(field, indentation(other.get().span().start())));
            } else if (!isDefault(field, schema)) {
                missing.add(field);
            }
        }
        repeated(message, type, wanted, missing);
        append(message, missing);
    }

    private void same(PrototxtField given, Schema.Field schema, PipelineField wanted) {
        if (given.value() instanceof PrototxtMessage inner && wanted.isMessage()) {
            say(inner, PipelineSection.SCHEMA.messageOf(schema), wanted.fields());
        } else if (given.value() instanceof PrototxtScalar scalar && !says(scalar, schema, wanted.value())) {
            replace(scalar.span(), wanted.value());
        }
    }

    /** Another member of the choice that a field is one of. */
    private static Optional<PrototxtField> otherChoice(
            PrototxtMessage message, Schema.Message type, Schema.Field schema) {
        return message.fields().stream()
                .filter(f -> !schema.choice().isEmpty()
                        && type.field(f.name())
                                .filter(t -> t.choice().equals(schema.choice()))
                                .isPresent())
                .reduce((first, second) -> second);
    }

    /** A list of messages: one by one if there are as many; if not, all of them again. */
    private void repeated(
            PrototxtMessage message, Schema.Message type, List<PipelineField> wanted, List<PipelineField> missing) {
        for (Map.Entry<String, Schema.Field> schema : type.fields().entrySet()) {
            List<PipelineField> named = wanted.stream()
                    .filter(f -> f.name().equals(schema.getKey()))
                    .toList();
            List<PrototxtField> given = message.fields(schema.getKey());
            if (!schema.getValue().repeated() || named.isEmpty()) {
                continue;
            }
            if (given.isEmpty()) {
                missing.addAll(named);
                continue;
            }
            int common = Math.min(named.size(), given.size());
            for (int i = 0; i < common; i++) {
                same(given.get(i), schema.getValue(), named.get(i));
            }
            for (int i = common; i < given.size(); i++) {
                replace(withSpaceBefore(given.get(i)), "");
            }
            if (common < named.size()) {
                appendBehind(given.get(common - 1), named.subList(common, named.size()));
            }
        }
    }

    private static boolean says(PrototxtScalar scalar, Schema.Field schema, String wanted) {
        return switch (schema.type()) {
            case BOOL -> scalar.bool().map(b -> b.toString().equals(wanted)).orElse(false);
            case FLOAT, DOUBLE, INT32, INT64, UINT32 ->
                scalar.decimal()
                        .map(d -> d.compareTo(new BigDecimal(wanted)) == 0)
                        .orElse(false);
            default -> scalar.value().equals(wanted);
        };
    }

    private static boolean isDefault(PipelineField field, Schema.Field schema) {
        if (field.isMessage() || schema.byDefault().isEmpty()) {
            return false;
        }
        return switch (schema.type()) {
            case FLOAT, DOUBLE, INT32, INT64, UINT32 ->
                new BigDecimal(schema.byDefault()).compareTo(new BigDecimal(field.value())) == 0;
            default -> schema.byDefault().equals(field.value());
        };
    }

    private void replace(Span span, String text) {
        if (!source.slice(span).equals(text)) {
            edits.add(new Edit(source, span, text, Edit.Certainty.EXACT));
        }
    }

    private void append(PrototxtMessage message, List<PipelineField> fields) {
        if (fields.isEmpty()) {
            return;
        }
        if (!message.fields().isEmpty()) {
            appendBehind(message.fields().get(message.fields().size() - 1), fields);
            return;
        }
        boolean braces = message.span().length() > 1;
        int at = message.span().start() + (braces ? 1 : 0);
        StringBuilder text = new StringBuilder();
        fields.forEach(f -> text.append(' ').append(String.join(" ", f.lines())));
        insert(at, text + " ");
    }

    /** On lines of their own where the field has one of its own. */
    private void appendBehind(PrototxtField behind, List<PipelineField> fields) {
        int start = behind.span().start();
        String indentation = indentation(start);
        boolean own = source.text().substring(lineStart(start), start).isBlank();
        StringBuilder text = new StringBuilder();
        for (PipelineField field : fields) {
            text.append(own ? lineEnd() + indentation : " ").append(own ? laidOut(field, indentation) : inLine(field));
        }
        int end = behindSeparator(behind.span().end());
        insert(own ? behindComment(end) : end, text.toString());
    }

    private static String inLine(PipelineField field) {
        return String.join(" ", field.lines().stream().map(String::strip).toList());
    }

    private String laidOut(PipelineField field, String indentation) {
        return String.join(lineEnd() + indentation, field.lines());
    }

    private String lineEnd() {
        return source.text().contains("\r\n") ? "\r\n" : "\n";
    }

    private int lineStart(int offset) {
        int at = offset;
        while (at > 0 && source.text().charAt(at - 1) != '\n') {
            at--;
        }
        return at;
    }

    /** The blanks at the start of the line. */
    private String indentation(int offset) {
        int at = lineStart(offset);
        int end = at;
        while (end < source.text().length()
                && (source.text().charAt(end) == ' ' || source.text().charAt(end) == '\t')) {
            end++;
        }
        return source.text().substring(at, end);
    }

    /** A separator belongs to the field before it. */
    private int behindSeparator(int end) {
        boolean separated = end < source.text().length()
                && (source.text().charAt(end) == ';' || source.text().charAt(end) == ',');
        return separated ? end + 1 : end;
    }

    /** A comment at the end of a line stays with what it is about. */
    private int behindComment(int end) {
        int at = end;
        while (at < source.text().length() && " \t".indexOf(source.text().charAt(at)) >= 0) {
            at++;
        }
        if (at == source.text().length() || source.text().charAt(at) != '#') {
            return end;
        }
        while (at < source.text().length() && "\r\n".indexOf(source.text().charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private Span withSpaceBefore(PrototxtField field) {
        int start = field.span().start();
        while (start > 0 && Character.isWhitespace(source.text().charAt(start - 1))) {
            start--;
        }
        return new Span(start, behindSeparator(field.span().end()));
    }

    /** Several insertions at one place are one. */
    private void insert(int at, String text) {
        Span span = new Span(at, at);
        for (int i = 0; i < edits.size(); i++) {
            if (edits.get(i).span().equals(span)) {
                edits.set(i, new Edit(source, span, edits.get(i).replacement() + text, Edit.Certainty.EXACT));
                return;
            }
        }
        edits.add(new Edit(source, span, text, Edit.Certainty.EXACT));
    }
}
