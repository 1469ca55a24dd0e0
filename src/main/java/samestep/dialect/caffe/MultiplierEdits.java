package samestep.dialect.caffe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.caffe.CaffeMultipliers.Entry;
import samestep.dialect.caffe.net.NetLayer;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.Edit;
import samestep.text.SourceText;
import samestep.text.Span;

/** The smallest changes of layers' multipliers, in each of the net formats; what Caffe takes anyway is not written. */
final class MultiplierEdits {
    private final SourceText source;
    private final List<Edit> edits = new ArrayList<>();

    MultiplierEdits(SourceText source) {
        this.source = source;
    }

    List<Edit> edits() {
        return edits;
    }

    /** Makes a layer's blobs, in order, say what is wanted; nothing is wanted of those that are empty. */
    void layer(NetLayer layer, boolean modern, List<Optional<Entry>> entries) {
        if (modern) {
            params(layer.message(), entries);
        } else {
            List<Optional<String>> rates =
                    entries.stream().map(e -> e.map(Entry::rate)).toList();
            List<Optional<String>> decays =
                    entries.stream().map(e -> e.map(Entry::decay)).toList();
            list(layer.message(), "blobs_lr", rates);
            list(layer.message(), "weight_decay", decays);
        }
    }

    private void params(PrototxtMessage layer, List<Optional<Entry>> entries) {
        List<PrototxtField> given = layer.fields("param");
        for (int i = 0; i < Math.min(given.size(), entries.size()); i++) {
            if (given.get(i).value() instanceof PrototxtMessage param
                    && entries.get(i).isPresent()) {
                Entry entry = entries.get(i).get();
                number(param, "lr_mult", entry.rate());
                number(param, "decay_mult", entry.decay());
            }
        }
        List<String> more = new ArrayList<>();
        for (int i = given.size(); i < entries.size(); i++) {
            more.add(entries.get(i)
                    .filter(e -> !e.isPlain())
                    .map(e -> "param { lr_mult: " + e.rate() + " decay_mult: " + e.decay() + " }")
                    .orElse("param { }"));
        }
        while (!more.isEmpty() && more.get(more.size() - 1).equals("param { }")) {
            more.remove(more.size() - 1);
        }
        append(layer, given, more);
    }

    /** A number of a param; a missing one is 1. */
    private void number(PrototxtMessage param, String name, String wanted) {
        Optional<PrototxtField> field = param.last(name);
        if (field.isPresent()) {
            replace(field.get(), wanted);
        } else if (!wanted.equals("1")) {
            append(param, List.of(), List.of(name + ": " + wanted));
        }
    }

    private void replace(PrototxtField field, String wanted) {
        boolean same = field.value() instanceof PrototxtScalar scalar
                && scalar.decimal()
                        .map(d -> d.compareTo(new BigDecimal(wanted)) == 0)
                        .orElse(false);
        if (!same) {
            edits.add(new Edit(source, field.value().span(), wanted, Edit.Certainty.EXACT));
        }
    }

    /** A list by position, as the older formats have it. */
    private void list(PrototxtMessage layer, String name, List<Optional<String>> wanted) {
        List<PrototxtField> given = layer.fields(name);
        for (int i = 0; i < Math.min(given.size(), wanted.size()); i++) {
            int at = i;
            wanted.get(i).ifPresent(value -> replace(given.get(at), value));
        }
        List<String> more = new ArrayList<>();
        for (int i = given.size(); i < wanted.size(); i++) {
            more.add(wanted.get(i).orElse("1"));
        }
        while (!more.isEmpty() && more.get(more.size() - 1).equals("1")) {
            more.remove(more.size() - 1);
        }
        boolean inList = !given.isEmpty() && given.get(given.size() - 1).inList();
        if (inList && !more.isEmpty()) {
            insert(given.get(given.size() - 1).span().end(), ", " + String.join(", ", more));
        } else {
            append(layer, given, more.stream().map(value -> name + ": " + value).toList());
        }
    }

    /** After the last of its kind, or else after the fields that begin a message, laid out like the last one. */
    private void append(PrototxtMessage message, List<PrototxtField> kind, List<String> fields) {
        if (fields.isEmpty()) {
            return;
        }
        Optional<PrototxtField> behind = kind.isEmpty() ? anchor(message) : Optional.of(kind.get(kind.size() - 1));
        if (behind.isEmpty()) {
            insert(message.span().start() + 1, " " + String.join(" ", fields) + " ");
            return;
        }
        int line = behind.get().span().start();
        while (line > 0 && isBlank(source.text().charAt(line - 1))) {
            line--;
        }
        String gap = source.text().substring(line, behind.get().span().start());
        String between =
                gap.contains("\n") ? gap.substring(gap.lastIndexOf('\n') - (gap.contains("\r\n") ? 1 : 0)) : " ";
        StringBuilder text = new StringBuilder();
        fields.forEach(field -> text.append(between).append(field));
        int end = endOf(behind.get());
        insert(between.contains("\n") ? behindComment(end) : end, text.toString());
    }

    /** After a separator, which belongs to the field before it. */
    private int endOf(PrototxtField field) {
        int end = field.span().end();
        boolean separated = end < source.text().length()
                && (source.text().charAt(end) == ';' || source.text().charAt(end) == ',');
        return separated ? end + 1 : end;
    }

    /** A comment at the end of a line stays with what it is about. */
    private int behindComment(int end) {
        int at = end;
        while (at < source.text().length()
                && (source.text().charAt(at) == ' ' || source.text().charAt(at) == '\t')) {
            at++;
        }
        if (at == source.text().length() || source.text().charAt(at) != '#') {
            return end;
        }
        while (at < source.text().length()
                && source.text().charAt(at) != '\n'
                && source.text().charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /** The field that says what a layer is, or the last of a small message. */
    private static Optional<PrototxtField> anchor(PrototxtMessage message) {
        for (String word : List.of("top", "bottom", "type", "name")) {
            Optional<PrototxtField> field = message.last(word);
            if (field.isPresent()) {
                return field;
            }
        }
        return message.fields().isEmpty()
                ? Optional.empty()
                : Optional.of(message.fields().get(message.fields().size() - 1));
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
