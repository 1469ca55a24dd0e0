package samestep.dialect.pytorch.form;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.syntax.yaml.YamlAlias;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlSequence;
import samestep.syntax.yaml.YamlValue;
import samestep.text.Edit;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * The smallest changes that make a YAML or JSON document say what another says: values are replaced in place, what is
 * missing is added after what is there, and what says it already stays as it is.
 */
public final class YamlMerge {
    private final SourceText source;
    private final boolean json;
    private final String lineEnd;
    /** By place; several insertions in one place are one edit. */
    private final Map<Span, String> changes = new LinkedHashMap<>();

    private final Set<YamlEntry> removed = new HashSet<>();

    public YamlMerge(SourceText source) {
        this.source = source;
        this.json = ConfigurationText.isJson(source);
        this.lineEnd = source.text().contains("\r\n") ? "\r\n" : "\n";
    }

    /** The edits. */
    public List<Edit> edits() {
        List<Edit> edits = new ArrayList<>();
        changes.forEach((span, text) -> edits.add(new Edit(source, span, text, Edit.Certainty.EXACT)));
        return edits;
    }

    /** Makes a mapping of the document say every entry of another. */
    public void merge(YamlMapping here, YamlMapping wanted) {
        for (YamlEntry entry : wanted.entries()) {
            set(here, entry.name(), entry.value());
        }
    }

    /** Makes an entry say a value. */
    public void set(YamlMapping here, String name, YamlValue wanted) {
        Optional<YamlEntry> own = own(here, name);
        Optional<YamlValue> given = here.get(name);
        if (given.isPresent() && says(given.get(), wanted)) {
            return;
        }
        if (own.isEmpty()) {
            insert(here, name, wanted);
        } else if (own.get().value() instanceof YamlMapping inner && wanted instanceof YamlMapping more) {
            merge(inner, more);
        } else {
            replace(own.get().value(), wanted);
        }
    }

    /** An entry of the mapping itself, not one that is merged into it. */
    private static Optional<YamlEntry> own(YamlMapping mapping, String name) {
        return mapping.entry(name).filter(mapping.entries()::contains);
    }

    private void replace(YamlValue given, YamlValue wanted) {
        boolean empty = given.span().length() == 0;
        boolean block = given instanceof YamlScalar scalar && scalar.style() == YamlScalar.Style.BLOCK;
        // What a block scalar covers extends to the next line.
        change(given.span(), (empty ? " " : "") + flow(wanted) + (block ? lineEnd : ""));
    }

    private void change(Span span, String text) {
        changes.merge(span, text, String::concat);
    }

    /** Takes an entry away, with its line. Done before anything is set in the mapping. */
    public void remove(YamlMapping here, String name) {
        Optional<YamlEntry> own = own(here, name);
        if (own.isEmpty()) {
            return;
        }
        Span span = own.get().span();
        if (here.flow()) {
            removed.add(own.get());
            change(withComma(here, span), "");
            return;
        }
        int start = startOfLine(span.start());
        boolean first = !source.text().substring(start, span.start()).isBlank();
        int end = behindLine(span.end());
        if (first || here.entries().size() == 1) {
            // A hyphen precedes it, or nothing would be left: the value goes, the name stays.
            change(own.get().value().span(), own.get().value().span().length() == 0 ? "" : "null");
        } else {
            removed.add(own.get());
            change(new Span(start, end), "");
        }
    }

    /** The last entry that stays; the last of all where none does. */
    private YamlEntry last(YamlMapping here) {
        for (int i = here.entries().size() - 1; i >= 0; i--) {
            if (!removed.contains(here.entries().get(i))) {
                return here.entries().get(i);
            }
        }
        return here.entries().get(here.entries().size() - 1);
    }

    /** A member with the comma after it, or with the comma of the last one before it. */
    private Span withComma(YamlMapping here, Span span) {
        String text = source.text();
        int end = span.end();
        while (end < here.span().end() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        if (end < text.length() && text.charAt(end) == ',') {
            end++;
            while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            return new Span(span.start(), end);
        }
        int start = span.start();
        while (start > here.span().start() + 1 && text.charAt(start - 1) != ',') {
            start--;
        }
        return new Span(text.charAt(start - 1) == ',' ? start - 1 : start, span.end());
    }

    private int startOfLine(int offset) {
        int start = offset;
        while (start > 0 && source.text().charAt(start - 1) != '\n') {
            start--;
        }
        return start == 0 && source.text().startsWith("\ufeff") ? 1 : start;
    }

    /** Where the line ends that something ends in, without its line end. */
    private int endOfLine(int offset) {
        int end = offset;
        while (end < source.text().length()
                && source.text().charAt(end) != '\n'
                && source.text().charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private int behindLine(int offset) {
        int end = endOfLine(offset);
        String text = source.text();
        if (text.startsWith("\r\n", end)) {
            return end + 2;
        }
        return end < text.length() ? end + 1 : end;
    }

    private void insert(YamlMapping here, String name, YamlValue wanted) {
        if (here.flow()) {
            insertInFlow(here, name, wanted);
            return;
        }
        YamlEntry first = here.entries().get(0);
        YamlEntry last = last(here);
        int column = first.key().span().start() - startOfLine(first.key().span().start());
        String indent = " ".repeat(column);
        boolean block = last.value() instanceof YamlScalar scalar && scalar.style() == YamlScalar.Style.BLOCK;
        int at = block ? last.span().end() : endOfLine(last.span().end());
        String text = block(name, wanted, indent);
        if (removed.contains(last)) {
            int start = startOfLine(first.span().start());
            change(new Span(start, start), text + lineEnd);
            return;
        }
        change(new Span(at, at), block ? text + lineEnd : lineEnd + text);
    }

    private void insertInFlow(YamlMapping here, String name, YamlValue wanted) {
        String member = (json ? '"' + name + '"' : name) + ": " + flow(wanted);
        if (here.entries().isEmpty()) {
            int at = here.span().start() + 1;
            change(new Span(at, at), member);
            return;
        }
        YamlEntry last = last(here);
        int start = last.span().start();
        while (start > 0 && Character.isWhitespace(source.text().charAt(start - 1))) {
            start--;
        }
        String gap = source.text().substring(start, last.span().start());
        int at = last.span().end();
        change(new Span(at, at), (gap.contains("\n") ? "," + gap : ", ") + member);
    }

    /** An entry on lines of its own. */
    private String block(String name, YamlValue wanted, String indent) {
        if (wanted instanceof YamlMapping mapping && !mapping.flow()) {
            return indent + name + ":" + lineEnd
                    + mapping.entries().stream()
                            .map(entry -> block(entry.name(), entry.value(), indent + "  "))
                            .collect(Collectors.joining(lineEnd));
        }
        return indent + name + ": " + flow(wanted);
    }

    /** A value on one line. */
    private String flow(YamlValue wanted) {
        if (wanted instanceof YamlMapping mapping) {
            return mapping.entries().stream()
                    .map(entry -> (json ? '"' + entry.name() + '"' : entry.name()) + ": " + flow(entry.value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (wanted instanceof YamlSequence sequence) {
            return sequence.elements().stream().map(this::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        YamlScalar scalar = (YamlScalar) wanted.resolved();
        boolean quoted = scalar.kind() == YamlScalar.Kind.STRING && (json || scalar.style() == YamlScalar.Style.QUOTED);
        if (quoted) {
            return '"' + scalar.text().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
        return json && scalar.kind() == YamlScalar.Kind.BOOLEAN ? String.valueOf(scalar.isTrue()) : scalar.text();
    }

    /** Whether a value says already what is wanted, whatever its spelling. */
    static boolean says(YamlValue given, YamlValue wanted) {
        if (given instanceof YamlAlias alias) {
            return says(alias.target(), wanted);
        }
        if (wanted instanceof YamlSequence list) {
            return given instanceof YamlSequence here && sayAll(here.values(), list.values());
        }
        if (wanted instanceof YamlMapping mapping) {
            return given instanceof YamlMapping here
                    && mapping.entries().stream()
                            .allMatch(entry -> here.get(entry.name())
                                    .filter(value -> says(value, entry.value()))
                                    .isPresent());
        }
        return given instanceof YamlScalar here && says(here, (YamlScalar) wanted);
    }

    private static boolean sayAll(List<YamlValue> given, List<YamlValue> wanted) {
        boolean all = given.size() == wanted.size();
        for (int i = 0; all && i < wanted.size(); i++) {
            all = says(given.get(i), wanted.get(i));
        }
        return all;
    }

    private static boolean says(YamlScalar given, YamlScalar wanted) {
        Optional<BigDecimal> number = wanted.castDecimal();
        if (number.isPresent()) {
            return given.style() == YamlScalar.Style.PLAIN
                    && given.castDecimal()
                            .filter(d -> d.compareTo(number.get()) == 0)
                            .isPresent();
        }
        if (wanted.kind() == YamlScalar.Kind.BOOLEAN) {
            return given.kind() == YamlScalar.Kind.BOOLEAN && given.isTrue() == wanted.isTrue();
        }
        return tuple(given.text()).equals(tuple(wanted.text()));
    }

    /** A tuple of yacs without what Python does not care about. */
    private static String tuple(String text) {
        return text.startsWith("(") ? text.replaceAll("[\\s]+", "").replaceAll(",\\)", ")") : text;
    }
}
