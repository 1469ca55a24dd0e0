package samestep.dialect.tensorflow.garden;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.syntax.yaml.YamlSequence;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * A mapping of a Model Garden experiment. Its numbers are those of the Garden's own loader, which takes {@code 1e-4} as a
 * number where PyYAML does not. Source: official/modeling/hyperparams/params_dict.py, LOADER.
 *
 * @param source the document
 * @param path its names from the top, for messages
 * @param mapping its entries; none where it is not given
 * @param place where it is, or the section that would contain it
 * @param given whether it is there
 * @param findings what is found wrong with its values goes here
 */
record YamlSection(
        SourceText source, String path, YamlMapping mapping, Place place, boolean given, List<Finding> findings) {

    /** The whole document. */
    static YamlSection root(SourceText source, YamlMapping mapping, List<Finding> findings) {
        return new YamlSection(source, "", mapping, Place.start(source), true, findings);
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** A mapping in it. */
    YamlSection section(String name) {
        Optional<YamlEntry> entry = mapping.entry(name);
        Optional<YamlValue> value = entry.map(e -> e.value().resolved());
        if (value.isPresent() && value.get() instanceof YamlMapping inner) {
            return new YamlSection(
                    source,
                    pathOf(name),
                    inner,
                    new Place(source, entry.get().key().span()),
                    true,
                    findings);
        }
        YamlMapping nothing = new YamlMapping(List.of(), false, "", new Span(0, 0));
        return new YamlSection(source, pathOf(name), nothing, place, false, findings);
    }

    /** A value that is not null. */
    Optional<YamlValue> get(String name) {
        return mapping.get(name).filter(value -> !value.isNull());
    }

    /** Where a value is written; the mapping where it is not given. */
    Place place(String name) {
        return mapping.entry(name)
                .map(entry -> new Place(source, entry.value().span()))
                .orElse(place);
    }

    /** A number, if it is given. */
    Optional<Quantity> number(String name) {
        return get(name).flatMap(value -> number(name, value));
    }

    private Optional<Quantity> number(String name, YamlValue value) {
        Place at = new Place(source, value.span());
        Optional<BigDecimal> number =
                value instanceof YamlScalar scalar && isNumber(scalar) ? scalar.castDecimal() : Optional.empty();
        if (number.isEmpty()) {
            findings.add(Finding.at(
                    at,
                    Code.SS004,
                    pathOf(name) + ": expected a number, found " + shown(at) + ", which is not a number in YAML"));
        }
        return number.map(n -> new Quantity(Expression.literal(n), at.text(), new Origin.Written(at)));
    }

    /** A quoted number is a text. */
    private static boolean isNumber(YamlScalar scalar) {
        return scalar.isNumber() || scalar.style() == YamlScalar.Style.PLAIN;
    }

    private static String shown(Place place) {
        String text = place.text();
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    /** A number, or the default that the code has. */
    Quantity number(String name, String byDefault) {
        return number(name).orElseGet(() -> Quantity.byDefault(byDefault, "the Model Garden's default of " + name));
    }

    /** A whole number; the default where it is not given or not whole. */
    long whole(String name, long byDefault) {
        Optional<BigDecimal> number = number(name).map(Quantity::decimal);
        try {
            return number.map(BigDecimal::longValueExact).orElse(byDefault);
        } catch (ArithmeticException e) {
            findings.add(Finding.at(place(name), Code.SS004, pathOf(name) + ": expected a whole number"));
            return byDefault;
        }
    }

    /** Whether a value is given and true. */
    boolean flag(String name) {
        return get(name)
                .map(v -> v instanceof YamlScalar scalar && scalar.isTrue())
                .orElse(false);
    }

    /** A text; empty where it is not given. */
    String word(String name) {
        return get(name).orElse(null) instanceof YamlScalar scalar ? scalar.text() : "";
    }

    /** The texts of a list. */
    List<String> words(String name) {
        if (!(get(name).orElse(null) instanceof YamlSequence sequence)) {
            return List.of();
        }
        return sequence.values().stream()
                .filter(YamlScalar.class::isInstance)
                .map(v -> ((YamlScalar) v).text())
                .toList();
    }

    /** The numbers of a list. */
    List<Quantity> numbers(String name) {
        List<Quantity> numbers = new ArrayList<>();
        if (get(name).orElse(null) instanceof YamlSequence sequence) {
            sequence.values().forEach(value -> number(name, value).ifPresent(numbers::add));
        }
        return numbers;
    }

    /** The numbers that are given in it, those of lists one by one. */
    List<Schedule.NamedValue> namedNumbers() {
        List<Schedule.NamedValue> values = new ArrayList<>();
        for (YamlEntry entry : mapping.visible()) {
            if (entry.value().resolved() instanceof YamlScalar scalar && scalar.isNumber()) {
                number(entry.name()).ifPresent(n -> values.add(new Schedule.NamedValue(entry.name(), n)));
            } else {
                numbers(entry.name()).forEach(n -> values.add(new Schedule.NamedValue(entry.name(), n)));
            }
        }
        return values;
    }

    /** Adds a finding at a value. */
    void report(String name, Code code, String words) {
        Finding finding = Finding.at(place(name), code, words);
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }
}
