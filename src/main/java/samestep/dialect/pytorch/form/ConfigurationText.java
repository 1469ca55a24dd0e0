package samestep.dialect.pytorch.form;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import samestep.dialect.Input;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.syntax.json.Json;
import samestep.syntax.yaml.Yaml;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;

/** A YAML or JSON text that may be a configuration: looked at cheaply first, and parsed when it may be worth it. */
public final class ConfigurationText {
    /** Configurations are written by people. */
    private static final int LONGEST = 400_000;

    private ConfigurationText() {}

    /** Whether a text may be one of a form: short enough, no other kind of file by its name, and with the words of it. */
    public static boolean mayBe(SourceText source, String... words) {
        String text = source.text();
        if (text.length() > LONGEST || !isNamed(source.name())) {
            return false;
        }
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** A name without an ending may be anything; one with an ending that is none of these is something else. */
    private static boolean isNamed(String name) {
        String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .toLowerCase(Locale.ROOT);
        return file.indexOf('.') < 0
                || file.endsWith(".yaml")
                || file.endsWith(".yml")
                || file.endsWith(".json")
                || file.endsWith(".jsonc");
    }

    /** Whether a text is JSON, by how it begins. */
    public static boolean isJson(SourceText source) {
        return source.text().stripLeading().startsWith("{");
    }

    /** Reads a text by what is made of its fields. */
    public static Outcome<PytorchConfiguration> read(
            Input input, BiFunction<Input, YamlMapping, Outcome<PytorchConfiguration>> reading) {
        return parse(input.source()).then(root -> reading.apply(input, root));
    }

    /** The mapping that a text is; a finding where it is something else. */
    public static Outcome<YamlMapping> parse(SourceText source) {
        Outcome<YamlValue> parsed = isJson(source)
                ? Json.parse(source).then(value -> Outcome.of(Yaml.of(value), List.of()))
                : Yaml.parse(source);
        return parsed.then(value -> value.resolved() instanceof YamlMapping mapping
                ? Outcome.of(mapping, List.of())
                : Outcome.failed(Finding.at(Place.start(source), Code.SS008, "expected names with values")));
    }

    /** The mapping, where the text is one and well-formed. */
    public static Optional<YamlMapping> mapping(SourceText source) {
        return parse(source).value();
    }
}
