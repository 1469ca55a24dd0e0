package samestep.dialect.pytorch.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.json.JsonForm;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.syntax.json.Json;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/**
 * What {@code samestep.describe} writes of a live optimizer: the JSON form, with parameters' names and roles, the rates
 * of a stepped copy of the scheduler, and whatever may change an update and is not a number. Schema:
 * docs/schemas/live-1.json.
 */
public final class LiveForm implements PytorchForm {
    private static final String MARK = "\"samestep\": \"live/";
    private static final String VERSION = "live/1";

    private final JsonForm form = new JsonForm();

    @Override
    public String describes() {
        return "the description of a live optimizer";
    }

    @Override
    public boolean isConstructed() {
        return false;
    }

    @Override
    public boolean recognises(SourceText source) {
        String text = source.withoutMark().stripLeading();
        return text.startsWith("{") && text.contains(MARK) && text.contains("\"framework\": \"pytorch\"");
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        return Json.parse(input.source())
                .then(value -> value instanceof JsonObject root
                        ? new Outcome<>(Optional.of(root), remarks(root, input.source()))
                        : Outcome.failed(Finding.at(Place.start(input.source()), Code.SS008, "expected a JSON object")))
                .then(root -> form.read(input));
    }

    private static List<Finding> remarks(JsonObject root, SourceText source) {
        List<Finding> findings = new ArrayList<>();
        if (!(root.get("samestep").orElse(null) instanceof JsonString version)
                || !version.value().equals(VERSION)) {
            findings.add(Finding.at(
                            Place.start(source),
                            Code.SS010,
                            "a description of another version; expected \"samestep\": \"" + VERSION + "\"")
                    .detail("The Python package and this program have to be of one version."));
        }
        strings(root, "hooks")
                .forEach(hook -> findings.add(Finding.at(
                        place(root, "hooks", source),
                        Code.SS043,
                        "hooks of the optimizer or of parameters, which may change gradients or weights: "
                                + hook.value())));
        strings(root, "changes")
                .forEach(change -> findings.add(Finding.at(
                        place(root, "changes", source),
                        Code.SS010,
                        "the scheduler changes " + change.value() + ", which cannot be read yet")));
        return findings;
    }

    private static List<JsonString> strings(JsonObject root, String name) {
        return root.get(name).orElse(null) instanceof JsonArray array
                ? array.elements().stream()
                        .filter(JsonString.class::isInstance)
                        .map(JsonString.class::cast)
                        .toList()
                : List.of();
    }

    private static Place place(JsonObject root, String name, SourceText source) {
        Optional<JsonValue> value = root.get(name);
        return value.map(v -> new Place(source, v.span())).orElseGet(() -> Place.start(source));
    }
}
