package samestep.check.setting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlSequence;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;
import samestep.text.Span;
import samestep.text.Spelling;

/** A YAML document whose values are asked for what they should be; what they are not is a finding. */
final class YamlView {
    private final SourceText source;
    private final List<Finding> findings;

    YamlView(SourceText source, List<Finding> findings) {
        this.source = source;
        this.findings = findings;
    }

    /** Where a value is; for a mapping or a list, only where it starts. */
    Place place(YamlValue value) {
        Span span = value.span();
        boolean whole = value.resolved() instanceof YamlScalar;
        return new Place(source, whole ? span : new Span(span.start(), span.start()));
    }

    /** Adds that something is not as it should be. */
    void wrong(YamlValue value, String message) {
        findings.add(Finding.at(place(value), Code.SS802, message));
    }

    /** The entries of a mapping by their names, which must be among those that are known. */
    Map<String, YamlValue> entries(YamlValue value, List<String> known) {
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        if (!(value.resolved() instanceof YamlMapping mapping)) {
            wrong(value, "expected names with values: " + String.join(", ", known));
            return entries;
        }
        for (YamlEntry entry : mapping.entries()) {
            String name = entry.name();
            if (!known.contains(name)) {
                String near = Spelling.nearest(name, known);
                wrong(
                        entry.key(),
                        "there is no \"" + name + "\" here; "
                                + (near.isEmpty()
                                        ? "there are " + String.join(", ", known)
                                        : "did you mean " + near + "?"));
            } else if (entries.put(name, entry.value()) != null) {
                wrong(entry.key(), name + " is given twice");
            }
        }
        return entries;
    }

    /** Names with words, whatever the names are. */
    Map<String, YamlValue> words(YamlValue value) {
        Map<String, YamlValue> words = new LinkedHashMap<>();
        if (!(value.resolved() instanceof YamlMapping mapping)) {
            wrong(value, "expected names with values");
            return words;
        }
        for (YamlEntry entry : mapping.entries()) {
            word(entry.key()).ifPresent(name -> words.put(name, entry.value()));
        }
        return words;
    }

    /** The items of a list; a single item needs no list around it. */
    List<YamlValue> items(YamlValue value) {
        return value.resolved() instanceof YamlSequence sequence ? sequence.elements() : List.of(value);
    }

    /** A word, or a finding. */
    Optional<String> word(YamlValue value) {
        if (value.resolved() instanceof YamlScalar scalar && !scalar.text().isEmpty()) {
            return Optional.of(scalar.text());
        }
        wrong(value, "expected a word");
        return Optional.empty();
    }

    /** The code of a finding, or a finding. */
    Optional<Code> code(YamlValue value) {
        Optional<String> word = word(value);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        for (Code code : Code.values()) {
            if (code.name().equals(word.get())) {
                return Optional.of(code);
            }
        }
        List<String> known = new ArrayList<>();
        for (Code code : Code.values()) {
            known.add(code.name());
        }
        String near = Spelling.nearest(word.get(), known);
        wrong(
                value,
                "there is no finding " + word.get()
                        + (near.isEmpty() ? "; \"translate explain SS\" lists them" : "; did you mean " + near + "?"));
        return Optional.empty();
    }
}
