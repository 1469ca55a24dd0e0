package samestep.dialect.keras.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.keras.KerasReader;
import samestep.dialect.keras.KerasSubclassReader;
import samestep.dialect.keras.layer.KerasLayers;
import samestep.dialect.keras.layer.KerasLayers.LayerParameter;
import samestep.dialect.keras.layer.KerasRunSettings;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.ActivityPenalty;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.Settings;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;
import samestep.text.Span;
import samestep.text.pattern.NamePatterns;

/**
 * Finds the parts of a training configuration in whichever document holds them: what Samestep writes, a model's
 * {@code to_json()}, a serialized optimizer, a {@code compile_config}, a {@code training_config}, or an object with
 * several of these by name; or the optimizer in one document and the model in another.
 */
public final class KerasDocument {
    private static final List<String> OF_COMPILING = List.of("compile_config", "training_config");

    /** An object, with the text that contains it. */
    private record Part(SourceText source, JsonObject object) {
        Optional<Part> member(String name) {
            return object.get(name)
                    .filter(JsonObject.class::isInstance)
                    .map(value -> new Part(source, (JsonObject) value));
        }

        String text(String name) {
            return object.get(name).orElse(null) instanceof JsonString string ? string.value() : "";
        }
    }

    private final Part root;
    private final Optional<Part> apart;
    private final List<Finding> findings = new ArrayList<>();
    private Optional<Setting> lossScaling = Optional.empty();

    private KerasDocument(Part root, Optional<Part> apart) {
        this.root = root;
        this.apart = apart;
    }

    /** A document that holds everything. */
    public static KerasDocument of(SourceText source, JsonObject root) {
        return new KerasDocument(new Part(source, root), Optional.empty());
    }

    /** A document with the optimizer and one with the model. */
    public static KerasDocument of(SourceText source, JsonObject root, SourceText modelSource, JsonObject model) {
        return new KerasDocument(new Part(source, root), Optional.of(new Part(modelSource, model)));
    }

    /**
     * Where a document says what can be written.
     *
     * @param optimizer the object; empty where there is none
     * @param generation whose spelling it has
     * @param layers by name
     */
    public record Places(Optional<KerasObject> optimizer, KerasGeneration generation, List<KerasLayers.Layer> layers) {}

    /** Where this one does. */
    public Places places() {
        Optional<Part> model = model(root);
        Optional<KerasObject> optimizer = optimizer(compile(root).or(() -> model.flatMap(KerasDocument::compile)));
        KerasObject any = optimizer.orElseGet(this::assumed);
        KerasGeneration generation = KerasGeneration.of(any, version(model));
        return new Places(optimizer, generation, layers(model, any, generation).layers());
    }

    public Outcome<Recipe> read() {
        Optional<Part> model =
                apart.flatMap(part -> model(part).or(() -> Optional.of(part))).or(() -> model(root));
        Optional<Part> compile = compile(root).or(() -> model.flatMap(KerasDocument::compile));
        Optional<KerasObject> written = optimizer(compile);
        if (written.isEmpty() && model.isEmpty() && root.member("layers").isEmpty()) {
            return Outcome.failed(Finding.at(
                            new Place(root.source(), new Span(0, 0)),
                            Code.SS008,
                            "neither an optimizer nor a model in this document: it does not say how weights move")
                    .detail("Expected \"optimizer\": {\"class_name\": ..., \"config\": ...}, or a compiled model's"
                            + " to_json(), or optimizer.get_config() with its class name."));
        }
        KerasObject optimizer = written.orElseGet(this::assumed);
        KerasGeneration generation = KerasGeneration.of(optimizer, version(model));
        KerasLayers layers = layers(model, optimizer, generation);
        NamePatterns excluded = KerasReader.excluded(root.object(), findings, optimizer);
        List<LayerParameter> parameters = layers.parameters();
        Optional<Recipe> recipe =
                KerasReader.read(optimizer, generation, parameters, compile.map(Part::object), excluded, findings);
        SourceText modelSource = model.map(Part::source).orElse(root.source());
        Settings settings = settings(optimizer, generation, layers, compile, written.isPresent())
                .with(KerasFields.of(generation, modelSource, layers, written, compile.map(this::compiling)));
        boolean usable = findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
        List<ActivityPenalty> outputs = layers.activityPenalties();
        return new Outcome<>(
                recipe.filter(r -> usable)
                        .map(r -> KerasSubclassReader.applied(
                                root.source(),
                                root.object(),
                                r.withActivityPenalties(outputs)
                                        .withSettings(settings.and(r.settings().all())),
                                findings)),
                findings);
    }

    private KerasObject compiling(Part compile) {
        return new KerasObject(compile.source(), "compile", compile.object(), compile.object(), findings);
    }

    private Settings settings(
            KerasObject optimizer,
            KerasGeneration generation,
            KerasLayers layers,
            Optional<Part> compile,
            boolean written) {
        List<Setting> all = new ArrayList<>();
        lossScaling.ifPresent(all::add);
        if (written) {
            all.addAll(KerasRunSettings.ofOptimizer(optimizer, generation));
        }
        compile.flatMap(c -> KerasRunSettings.ofLoss(c.source(), c.object(), findings))
                .ifPresent(all::add);
        all.addAll(layers.settings());
        return Settings.NONE.and(all);
    }

    private static Optional<Part> model(Part part) {
        Optional<Part> named = part.member("model").or(() -> part.member("model_config"));
        boolean itself =
                part.member("config").flatMap(c -> c.object().get("layers")).isPresent()
                        || part.text("class_name").equals("Sequential");
        return named.or(() -> itself ? Optional.of(part) : Optional.empty());
    }

    private static Optional<Part> compile(Part part) {
        for (String name : OF_COMPILING) {
            Optional<Part> named = part.member(name);
            if (named.isPresent()) {
                return named;
            }
        }
        return part.object().get("loss").isPresent() ? Optional.of(part) : Optional.empty();
    }

    /** Keras 1 and 2 wrote {@code optimizer_config} into a training_config. */
    private Optional<KerasObject> optimizer(Optional<Part> compile) {
        for (Part part : compile.map(c -> List.of(root, c)).orElse(List.of(root))) {
            for (String name : List.of("optimizer", "optimizer_config")) {
                Optional<KerasObject> named =
                        part.object().get(name).flatMap(value -> kerasObject(part.source(), value));
                if (named.isPresent()) {
                    return named;
                }
            }
        }
        return kerasObject(root.source(), root.object())
                .filter(o -> KerasDefaults.isOptimizer(o.className()) || isOptimizer(o))
                .or(this::bare);
    }

    private static boolean isOptimizer(KerasObject object) {
        return object.get("learning_rate").isPresent() || object.get("lr").isPresent();
    }

    /** What {@code get_config()} gives: it has the name of the class unless another name was chosen. */
    private Optional<KerasObject> bare() {
        String name = root.text("name");
        Optional<String> className = KerasDefaults.named(name);
        boolean rate = root.object().get("learning_rate").isPresent()
                || root.object().get("lr").isPresent();
        return className
                .filter(c -> rate)
                .map(c -> new KerasObject(root.source(), c, root.object(), root.object(), findings));
    }

    /** A loss scale cancels out: it multiplies the loss and divides the gradient. The real optimizer is inside. */
    private Optional<KerasObject> kerasObject(SourceText source, JsonValue value) {
        Optional<KerasObject> whole = KerasObject.of(source, value, findings);
        lossScaling = lossScaling.or(() -> KerasRunSettings.ofLossScale(source, value, findings));
        return whole.filter(o -> o.className().equals("LossScaleOptimizer"))
                .flatMap(o -> o.get("inner_optimizer").or(() -> o.get("optimizer")))
                .flatMap(inner -> KerasObject.of(source, inner, findings))
                .or(() -> whole);
    }

    private KerasObject assumed() {
        findings.add(Finding.at(
                        new Place(root.source(), new Span(0, 0)),
                        Code.SS011,
                        "a model without an optimizer; assumed: SGD with Keras' defaults")
                .detail("Give the optimizer with --optimizer FILE: keras.optimizers.serialize(model.optimizer), or a"
                        + " compiled model's to_json()."));
        JsonObject nothing = new JsonObject(List.of(), new Span(0, 0));
        return new KerasObject(root.source(), "SGD", nothing, nothing, findings);
    }

    private String version(Optional<Part> model) {
        return model.map(m -> m.text("keras_version")).filter(v -> !v.isEmpty()).orElse(root.text("keras_version"));
    }

    private KerasLayers layers(Optional<Part> model, KerasObject optimizer, KerasGeneration generation) {
        Optional<Part> ours = root.member("layers");
        SourceText source = model.map(Part::source).orElse(root.source());
        KerasLayers layers = new KerasLayers(source, generation, findings);
        if (ours.isPresent() && apart.isEmpty()) {
            layers.ours(ours.get().object());
        } else if (model.isPresent()) {
            layers.model(model.get().object(), true);
        } else {
            findings.add(Finding.of(
                    Code.SS006, "the document has no layers, so no penalties are known; assumed: there are none"));
            Place place = new Place(root.source(), optimizer.whole().span());
            for (Role role : List.of(Role.KERNEL, Role.BIAS, Role.GAMMA, Role.BETA)) {
                ParameterName any = new ParameterName(ParameterName.ANY_LAYER, role);
                layers.parameters()
                        .add(new LayerParameter(any, false, List.of(), List.of(), place, KerasReader.path(any)));
            }
        }
        return layers;
    }
}
