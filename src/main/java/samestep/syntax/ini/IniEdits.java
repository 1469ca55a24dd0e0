package samestep.syntax.ini;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.text.Edit;
import samestep.text.SourceText;
import samestep.text.Span;

/** Changes of a document: only values are replaced, and only whole lines are put in or taken out. */
public final class IniEdits {
    private final SourceText source;
    private final List<Edit> edits = new ArrayList<>();

    /** Of a document. */
    public IniEdits(IniDocument document) {
        this.source = document.source();
    }

    /** What changes. */
    public List<Edit> edits() {
        return List.copyOf(edits);
    }

    /** Gives an option a value: in the line that counts, or in new lines after the section's last option. */
    public void set(IniSection section, String key, String value) {
        Optional<IniOption> option = section.first(key);
        if (option.isEmpty()) {
            add(section, key, value);
        } else if (!option.get().value().equals(value)) {
            replace(option.get().valueSpan(), value);
        }
    }

    /** Takes all lines of an option out. */
    public void remove(IniSection section, String key) {
        section.options().stream().filter(o -> o.key().equals(key)).forEach(option -> {
            int start = source.text().lastIndexOf('\n', option.keySpan().start()) + 1;
            int end = source.text().indexOf('\n', option.valueSpan().end());
            replace(new Span(start, end < 0 ? source.text().length() : end + 1), "");
        });
    }

    /** Edits must not meet: what comes to one place is put together. */
    private void add(IniSection section, String key, String value) {
        Span behind = section.options().isEmpty()
                ? section.nameSpan()
                : section.options().get(section.options().size() - 1).valueSpan();
        int lineEnd = source.text().indexOf('\n', behind.end());
        int end = lineEnd < 0 ? source.text().length() : lineEnd + 1;
        String line = key + equalsSign(section) + value;
        String added = lineEnd < 0 ? lineBreak() + line : line + lineBreak();
        Span at = new Span(end, end);
        for (int i = 0; i < edits.size(); i++) {
            if (edits.get(i).span().equals(at)) {
                edits.set(i, edit(at, edits.get(i).replacement() + added));
                return;
            }
        }
        replace(at, added);
    }

    /** As the neighbours have it: with blanks, or without. */
    private String equalsSign(IniSection section) {
        return section.options().stream()
                .map(o -> source.slice(new Span(o.keySpan().end(), o.valueSpan().start())))
                .reduce((a, b) -> b)
                .orElse("=");
    }

    private String lineBreak() {
        return source.text().contains("\r\n") ? "\r\n" : "\n";
    }

    private void replace(Span span, String text) {
        edits.add(edit(span, text));
    }

    private Edit edit(Span span, String text) {
        return new Edit(source, span, text, Edit.Certainty.EXACT);
    }
}
