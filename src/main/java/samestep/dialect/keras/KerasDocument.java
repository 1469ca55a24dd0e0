package samestep.dialect.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.keras.KerasLayers.LayerParameter;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * Finds the parts of a training configuration in whichever document holds them: what Samestep writes, a model's
 * {@code to_json()}, a serialized optimizer, a {@code compile_config}, or an object with several of these by name.
 */
final class KerasDocument {
    private final SourceText source;
    private final JsonObject root;
    private final List<Finding> findings = new ArrayList<>();

    KerasDocument(SourceText source, JsonObject root) {
        this.source = source;
        this.root = root;
    }

    Outcome<Recipe> read() {
        Optional<JsonObject> model = model();
        Optional<JsonObject> compile = object(root, "compile_config")
                .or(() -> model.flatMap(m -> object(m, "compile_config")))
                .or(() -> root.get("loss").isPresent() ? Optional.of(root) : Optional.empty());
        Optional<KerasObject> optimizer = optimizer(compile);
        if (optimizer.isEmpty()) {
            return Outcome.failed(Finding.at(
                            new Place(source, new Span(0, 0)),
                            Code.SS008,
                            "no optimizer in this document, so it does not say how the weights move")
                    .detail("Expected \"optimizer\": {\"class_name\": ..., \"config\": ...}, or a compiled model's"
                            + " to_json(), or optimizer.get_config() with its class name."));
        }
        ExcludedNames excluded = KerasReader.excluded(root, findings, optimizer.get());
        List<LayerParameter> parameters = parameters(model, optimizer.get());
        Optional<Recipe> recipe = KerasReader.read(optimizer.get(), parameters, compile, excluded, findings);
        boolean usable = findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
        return new Outcome<>(recipe.filter(r -> usable), findings);
    }

    private Optional<JsonObject> model() {
        Optional<JsonObject> named = object(root, "model").or(() -> object(root, "model_config"));
        boolean itself = object(root, "config").flatMap(c -> c.get("layers")).isPresent();
        return named.or(() -> itself ? Optional.of(root) : Optional.empty());
    }

    private Optional<KerasObject> optimizer(Optional<JsonObject> compile) {
        Optional<KerasObject> named = root.get("optimizer").flatMap(this::kerasObject);
        return named.or(() -> compile.flatMap(c -> c.get("optimizer")).flatMap(this::kerasObject))
                .or(() -> kerasObject(root)
                        .filter(o -> KerasDefaults.of(o.className()).isPresent()));
    }

    private Optional<KerasObject> kerasObject(JsonValue value) {
        return KerasObject.of(source, value, findings);
    }

    private List<LayerParameter> parameters(Optional<JsonObject> model, KerasObject optimizer) {
        Optional<JsonObject> ours = object(root, "layers");
        if (ours.isPresent()) {
            return KerasLayers.ofOurs(source, ours.get(), findings);
        }
        if (model.isPresent()) {
            return KerasLayers.ofModel(source, model.get(), findings);
        }
        findings.add(Finding.of(
                Code.SS006, "the document has no layers, so no penalties are known; assumed: there are none"));
        Place place = new Place(source, optimizer.whole().span());
        List<LayerParameter> any = new ArrayList<>();
        for (Role role : List.of(Role.KERNEL, Role.BIAS, Role.GAMMA, Role.BETA)) {
            any.add(new LayerParameter(new ParameterName(ParameterName.ANY_LAYER, role), false, List.of(), place));
        }
        return any;
    }

    private static Optional<JsonObject> object(JsonObject parent, String name) {
        return parent.get(name).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }
}
