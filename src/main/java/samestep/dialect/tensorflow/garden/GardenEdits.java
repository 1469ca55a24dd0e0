package samestep.dialect.tensorflow.garden;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlSequence;
import samestep.syntax.yaml.YamlValue;
import samestep.text.Edit;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * The smallest changes that make the names of an experiment say something else: a value that is the same number stays as it is
 * written, and what the Garden takes anyway is not added.
 */
final class GardenEdits {
    /** What the Garden takes where these are not given. */
    private static final List<String> SILENT = List.of(
            "nesterov: false",
            "amsgrad: false",
            "centered: false",
            "cycle: false",
            "decay: 0.0",
            "offset: 0",
            "alpha: 0.0",
            "type: null",
            "l2_weight_decay: 0.0",
            "weight_decay_rate: 0.0",
            "gradient_clip_norm: 1.0",
            "staircase: false",
            "warmup_learning_rate: 0.0");

    private final SourceText source;
    private final List<Edit> edits = new ArrayList<>();

    GardenEdits(SourceText source) {
        this.source = source;
    }

    List<Edit> edits() {
        return edits;
    }

    /** Makes a mapping say these fields; others in it stay. */
    void say(YamlMapping mapping, List<GardenField> wanted) {
        List<GardenField> missing = new ArrayList<>();
        for (GardenField field : wanted) {
            Optional<YamlEntry> given = mapping.entry(field.name());
            if (given.isPresent()) {
                same(given.get(), field);
            } else if (!isSilent(field)) {
                missing.add(withoutSilent(field));
            }
        }
        append(mapping, missing);
    }

    /** Only a value at its own place can be changed; an alias stands for something that others may use. */
    private void same(YamlEntry entry, GardenField wanted) {
        YamlValue value = entry.value();
        if (value instanceof YamlMapping inner && wanted.isMapping()) {
            say(inner, wanted.fields());
        } else if (wanted.isMapping()) {
            GardenField shown = withoutSilent(wanted);
            if (!isSilent(wanted)) {
                replace(
                        value,
                        "{"
                                + String.join(
                                        ", ",
                                        shown.fields().stream()
                                                .map(GardenField::inLine)
                                                .toList()) + "}");
            }
        } else if (!says(value, wanted.value())) {
            replace(value, wanted.value());
        }
    }

    private static boolean isSilent(GardenField field) {
        return field.isMapping()
                ? field.fields().stream().allMatch(GardenEdits::isSilent)
                : SILENT.contains(field.name() + ": " + field.value());
    }

    private static GardenField withoutSilent(GardenField field) {
        return field.isMapping()
                ? GardenField.of(
                        field.name(),
                        field.fields().stream()
                                .filter(f -> !isSilent(f))
                                .map(GardenEdits::withoutSilent)
                                .toList())
                : field;
    }

    private static boolean says(YamlValue value, String wanted) {
        if (value.resolved() instanceof YamlSequence sequence) {
            String inner = wanted.startsWith("[") ? wanted.substring(1, wanted.length() - 1) : wanted;
            List<String> items = inner.isBlank() ? List.of() : List.of(inner.split(", "));
            List<YamlValue> values = sequence.values();
            boolean same = wanted.startsWith("[") && values.size() == items.size();
            for (int i = 0; same && i < items.size(); i++) {
                same = says(values.get(i), items.get(i));
            }
            return same;
        }
        if (!(value.resolved() instanceof YamlScalar scalar)) {
            return false;
        }
        if (wanted.equals("null")) {
            return scalar.kind() == YamlScalar.Kind.NULL;
        }
        if (scalar.kind() == YamlScalar.Kind.BOOLEAN) {
            return wanted.equals(Boolean.toString(scalar.isTrue()));
        }
        Optional<BigDecimal> number = scalar.castDecimal();
        Optional<BigDecimal> meant = samestep.syntax.Decimals.parse(wanted);
        return number.isPresent() && meant.isPresent()
                ? number.get().compareTo(meant.get()) == 0
                : scalar.text().equals(wanted);
    }

    private void replace(YamlValue value, String text) {
        Span span = value.span();
        boolean nothing = span.length() == 0;
        edits.add(new Edit(source, span, nothing ? " " + text : text, Edit.Certainty.EXACT));
    }

    private void append(YamlMapping mapping, List<GardenField> fields) {
        if (fields.isEmpty()) {
            return;
        }
        if (mapping.flow()) {
            boolean empty = mapping.entries().isEmpty();
            int at = empty
                    ? mapping.span().start() + 1
                    : mapping.entries().get(mapping.entries().size() - 1).span().end();
            String text =
                    String.join(", ", fields.stream().map(GardenField::inLine).toList());
            edits.add(new Edit(source, new Span(at, at), empty ? text : ", " + text, Edit.Certainty.EXACT));
            return;
        }
        YamlEntry first = mapping.entries().get(0);
        String indentation = " ".repeat(column(first.key().span().start()));
        int at = behindLine(mapping.span().end());
        boolean ended = at > 0 && source.text().charAt(at - 1) == '\n';
        StringBuilder text = new StringBuilder();
        for (GardenField field : fields) {
            for (String line : field.lines()) {
                text.append(ended ? indentation + line + lineEnd() : lineEnd() + indentation + line);
            }
        }
        insert(at, text.toString());
    }

    /** Several insertions at one place: what is deeper comes first. */
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

    private String lineEnd() {
        return source.text().contains("\r\n") ? "\r\n" : "\n";
    }

    private int column(int offset) {
        int at = offset;
        while (at > 0 && source.text().charAt(at - 1) != '\n') {
            at--;
        }
        return offset - at;
    }

    /** After the end of the line, with its comment. */
    private int behindLine(int end) {
        int at = end;
        while (at < source.text().length() && source.text().charAt(at) != '\n') {
            at++;
        }
        return at < source.text().length() ? at + 1 : at;
    }
}
