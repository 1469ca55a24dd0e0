package samestep.syntax.yaml;

import java.util.List;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** Reads YAML. */
public final class Yaml {
    /** Deepest nesting of mappings and sequences, counted through aliases. */
    public static final int MAX_DEPTH = 200;

    /** Most values in one file; what an alias stands for counts each time. */
    public static final int MAX_VALUES = 500_000;

    private Yaml() {}

    /**
     * Parses a file that holds one document, as PyYAML's {@code safe_load} does; an empty one holds null. Scalars are of
     * the kinds that YAML 1.1 gives them, so {@code 1e-4} is a text and {@code on} is true. Tags are kept and not
     * interpreted, but for those of the kinds of scalars. A byte order mark at the start is skipped.
     *
     * @return the value, with an SS005 of severity warning for each name given again; or no value and, last, the SS001
     *     of the first syntax error
     */
    public static Outcome<YamlValue> parse(SourceText source) {
        return parseAll(source)
                .then(documents -> documents.size() <= 1
                        ? Outcome.of(documents.isEmpty() ? YamlScalar.nothing() : documents.get(0), List.of())
                        : Outcome.failed(Finding.at(
                                        new Place(source, documents.get(1).span()),
                                        Code.SS001,
                                        "expected the end of the file, found another document")
                                .detail("one file holds one document: split the file")));
    }

    /** Parses all documents of a file, as {@link #parse} does one. */
    public static Outcome<List<YamlValue>> parseAll(SourceText source) {
        return new YamlParser(source, MAX_VALUES).documents();
    }

    /** A JSON value seen as YAML, at the same spans: for configurations that come in both notations. */
    public static YamlValue of(JsonValue value) {
        return YamlOfJson.of(value);
    }

    /** A decimal number that PyYAML does not read as text (YAML 1.1): a point, and a sign before an exponent. */
    public static String number(String text) {
        int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (exponent < 0) {
            return text;
        }
        String mantissa = text.substring(0, exponent);
        String power = text.substring(exponent + 1);
        return (mantissa.contains(".") ? mantissa : mantissa + ".0")
                + text.charAt(exponent)
                + (power.startsWith("-") || power.startsWith("+") ? power : "+" + power);
    }
}
