package samestep.dialect.keras.layer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.keras.KerasReader;
import samestep.dialect.keras.document.KerasObject;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.dialect.keras.table.KerasLayerTable;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.ActivityPenalty;
import samestep.recipe.NormLimit;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty;
import samestep.recipe.UnknownStage;
import samestep.recipe.setting.Setting;
import samestep.syntax.Quoting;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonMember;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** The parameters of a serialized model, or of the layers that Samestep writes, with their penalties. */
public final class KerasLayers {
    /** The argument with a role's penalty. The order is that of a layer's own parameters. */
    public static final Map<String, Role> REGULARIZERS = new LinkedHashMap<>();
    /** What Keras 1 called them. */
    public static final Map<String, Role> REGULARIZERS_OF_KERAS_1 = new LinkedHashMap<>();

    static {
        REGULARIZERS.put("kernel_regularizer", Role.KERNEL);
        REGULARIZERS.put("depthwise_regularizer", Role.DEPTHWISE_KERNEL);
        REGULARIZERS.put("pointwise_regularizer", Role.OTHER);
        REGULARIZERS.put("embeddings_regularizer", Role.EMBEDDINGS);
        REGULARIZERS.put("recurrent_regularizer", Role.RECURRENT_KERNEL);
        REGULARIZERS.put("gamma_regularizer", Role.GAMMA);
        REGULARIZERS.put("beta_regularizer", Role.BETA);
        REGULARIZERS.put("alpha_regularizer", Role.ALPHA);
        REGULARIZERS.put("bias_regularizer", Role.BIAS);
        REGULARIZERS_OF_KERAS_1.put("W_regularizer", Role.KERNEL);
        REGULARIZERS_OF_KERAS_1.put("depthwise_regularizer", Role.DEPTHWISE_KERNEL);
        REGULARIZERS_OF_KERAS_1.put("pointwise_regularizer", Role.OTHER);
        REGULARIZERS_OF_KERAS_1.put("U_regularizer", Role.RECURRENT_KERNEL);
        REGULARIZERS_OF_KERAS_1.put("gamma_regularizer", Role.GAMMA);
        REGULARIZERS_OF_KERAS_1.put("beta_regularizer", Role.BETA);
        REGULARIZERS_OF_KERAS_1.put("b_regularizer", Role.BIAS);
    }

    /**
     * A parameter, as in the model.
     *
     * @param penalties what is added to its gradient
     * @param constraints what happens to it after an update
     * @param path what Keras calls it, as far as the document says
     */
    public record LayerParameter(
            ParameterName name,
            boolean frozen,
            List<Stage> penalties,
            List<Stage> constraints,
            Place place,
            String path) {}

    /**
     * A layer as it is in the document.
     *
     * @param className empty in a document of Samestep
     */
    public record Layer(String name, String className, JsonObject config) {}

    private final SourceText source;
    private final List<Finding> findings;
    private final KerasRegularizers regularizers;
    private final List<LayerParameter> parameters = new ArrayList<>();
    private final List<ActivityPenalty> activityPenalties = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, JsonValue> connections = new LinkedHashMap<>();
    private final KerasSettings settings;

    private final KerasGeneration generation;
    private final Set<String> unknown = new HashSet<>();

    public KerasLayers(SourceText source, KerasGeneration generation, List<Finding> findings) {
        this.source = source;
        this.generation = generation;
        this.findings = findings;
        this.regularizers = new KerasRegularizers(source, generation == KerasGeneration.KERAS_3, findings);
        this.settings = new KerasSettings(source, generation);
    }

    /** The parameters found, in the model's order. */
    public List<LayerParameter> parameters() {
        return parameters;
    }

    /** What the layers say beside their variables, in the model's order. */
    public List<Setting> settings() {
        return settings.all();
    }

    /** The layers found, those without parameters too. */
    public List<Layer> layers() {
        return layers;
    }

    /** What says how the layers are connected, by what it is called. */
    public Map<String, JsonValue> connections() {
        return connections;
    }

    /** The penalties on layers' outputs. */
    public List<ActivityPenalty> activityPenalties() {
        return activityPenalties;
    }

    /** Reads the layers of a document of Samestep. */
    public void ours(JsonObject ours) {
        for (JsonMember layer : ours.members()) {
            if (layer.value() instanceof JsonObject config) {
                layer(layer.name(), "", config, true);
                settings.ours(layer.name(), config, !isFrozen(config));
            }
        }
    }

    /** Reads a serialized model, nested models included; Keras 1's sequential ones are a list. */
    public void model(JsonObject model, boolean trainable) {
        model(model, trainable, "");
        settings.formats(layers);
    }

    /**
     * The same.
     *
     * @param scope the nested model's name, which tells its layers from others' of the same name
     */
    private void model(JsonObject model, boolean trainable, String scope) {
        JsonValue config = model.get("config").orElse(model);
        boolean trained = trainable && !(config instanceof JsonObject object && isFrozen(object));
        JsonValue layers =
                config instanceof JsonObject object ? object.get("layers").orElse(config) : config;
        if (config instanceof JsonObject object) {
            for (String name : List.of("input_layers", "output_layers")) {
                object.get(name).ifPresent(value -> connections.put((scope + " " + name).strip(), value));
            }
        }
        if (layers instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                if (element instanceof JsonObject layer) {
                    modelLayer(layer, trained, scope);
                }
            }
        }
    }

    private void modelLayer(JsonObject layer, boolean trainable, String scope) {
        JsonValue config = layer.get("config").orElse(layer);
        if (config instanceof JsonArray
                || config instanceof JsonObject o && o.get("layers").isPresent()) {
            String own = config instanceof JsonObject object ? text(object, "name") : "";
            model(layer, trainable, own.isEmpty() ? text(layer, "name") : own);
        } else if (config instanceof JsonObject object) {
            String name = text(object, "name");
            String own = unique(name.isEmpty() ? text(layer, "name") : name, scope);
            layer.get("inbound_nodes").ifPresent(value -> connections.put(own + ".inbound_nodes", value));
            layer(own, className(layer), object, trainable);
        }
    }

    /** A name that another model's layer has already is qualified by the model's. */
    private String unique(String name, String scope) {
        boolean taken = layers.stream().anyMatch(layer -> layer.name().equals(name));
        return taken && !scope.isEmpty() ? scope + "/" + name : name;
    }

    /** Functions that Keras 3 serializes as layers have no variables. */
    private static String className(JsonObject layer) {
        return text(layer, "module").contains(".ops.") ? "Lambda" : text(layer, "class_name");
    }

    /**
     * @param className empty in a document of Samestep, which names the parameters and not the class
     */
    private void layer(String name, String className, JsonObject config, boolean trainable) {
        layers.add(new Layer(name, className, config));
        boolean trained = trainable && !isFrozen(config);
        settings.layer(name, className, config, trained);
        int before = parameters.size();
        Optional<KerasLayerTable.Layer> known = KerasLayerTable.of(generation, className)
                .filter(l -> config.get("lora_rank").filter(v -> !v.isNull()).isEmpty());
        if (known.isPresent()) {
            known.get().variables().stream()
                    .filter(v -> v.isIn(config))
                    .forEach(v -> variable(name, className, v, !trained, config));
        } else {
            keys().forEach((key, role) -> config.member(key)
                    .filter(m -> owns(config, role))
                    .ifPresent(member -> parameter(
                            new ParameterName(name, role),
                            name + "/" + KerasReader.variable(role),
                            !trained,
                            Optional.of(member),
                            constraints(name, member.name(), config),
                            config)));
        }
        activity(name, config);
        if (parameters.size() == before) {
            wrapped(name, config, trained);
        }
        if (known.isEmpty() && !className.isEmpty()) {
            unknown(name, className, !trained, config);
        }
    }

    private static Map<String, Role> keys() {
        Map<String, Role> keys = new LinkedHashMap<>(REGULARIZERS);
        keys.putAll(REGULARIZERS_OF_KERAS_1);
        return keys;
    }

    private void variable(
            String layer, String className, KerasLayerTable.Variable variable, boolean frozen, JsonObject config) {
        String part = variable.part();
        ParameterName name = new ParameterName(part.isEmpty() ? layer : layer + "/" + part, variable.role());
        boolean taken = parameters.stream().anyMatch(p -> p.name().equals(name));
        List<String> arguments = arguments(variable);
        Optional<JsonMember> regularizer = arguments.stream()
                .flatMap(argument -> config.member(argument).stream())
                .findFirst();
        ParameterName own = taken ? new ParameterName(layer + "/" + variable.path(), variable.role()) : name;
        // Of the other variables only a separable convolution's second kernel has an argument for it.
        if (variable.role() != Role.OTHER || variable.path().startsWith("pointwise")) {
            settings.variable(own, className, config);
        }
        List<Stage> constraints = arguments.stream()
                .map(argument -> constraints(own.layer(), argument, config))
                .filter(stages -> !stages.isEmpty())
                .findFirst()
                .orElse(List.of());
        parameter(own, layer + "/" + variable.path(), frozen, regularizer, constraints, config);
    }

    /** The arguments that a regularizer of a variable may have. Keras 1 calls that of embeddings as that of kernels. */
    private static List<String> arguments(KerasLayerTable.Variable variable) {
        boolean named = variable.role() != Role.OTHER || variable.path().startsWith("pointwise");
        List<String> arguments = new ArrayList<>();
        keys().forEach((argument, role) -> {
            boolean first = variable.role() == Role.EMBEDDINGS && argument.equals("W_regularizer");
            if (named && (role == variable.role() || first)) {
                arguments.add(argument);
            }
        });
        return arguments;
    }

    /** A layer of an unknown class may have any parameters. */
    private void unknown(String name, String className, boolean frozen, JsonObject config) {
        Place place = new Place(source, config.span());
        if (unknown.add(className)) {
            findings.add(Finding.at(
                            place,
                            Code.SS306,
                            "layer " + name + " is of class " + Quoting.quote(className)
                                    + ": which parameters it has is not known")
                    .detail("No verdict is possible on them; everything else is read."));
        }
        parameters.add(new LayerParameter(
                new ParameterName(name, Role.OTHER),
                frozen,
                List.of(new UnknownStage("parameters of class " + className)),
                List.of(),
                place,
                name));
    }

    /** What a wrapper has around: its layer, or its cells; a bidirectional layer has the one twice over. */
    private void wrapped(String name, JsonObject config, boolean trained) {
        for (String key : List.of("layer", "forward_layer", "cell", "cells")) {
            JsonValue inner = config.get(key).orElse(null);
            List<JsonValue> all = inner instanceof JsonArray array
                    ? array.elements()
                    : inner instanceof JsonObject ? List.of(inner) : List.of();
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) instanceof JsonObject object
                        && object.get("config").orElse(null) instanceof JsonObject c) {
                    layer(i == 0 ? name : name + "/" + text(c, "name"), className(object), c, trained);
                }
            }
            if (!all.isEmpty()) {
                return;
            }
        }
    }

    private void parameter(
            ParameterName name,
            String path,
            boolean frozen,
            Optional<JsonMember> regularizer,
            List<Stage> constraints,
            JsonObject config) {
        Place place = new Place(source, regularizer.map(m -> m.value().span()).orElse(config.span()));
        parameters.add(new LayerParameter(
                name,
                frozen,
                regularizer.map(m -> regularizers.stages(m.value(), place)).orElse(List.of()),
                constraints,
                place,
                path));
    }

    /** The constraint of the variable that a regularizer's argument is about; it is there without a regularizer too. */
    private List<Stage> constraints(String name, String regularizer, JsonObject config) {
        String key = regularizer.replace("_regularizer", "_constraint");
        JsonMember member = config.member(key).filter(m -> !m.value().isNull()).orElse(null);
        if (member == null) {
            return List.of();
        }
        Optional<KerasObject> limit = KerasObject.of(source, member.value(), findings)
                .filter(c -> isMaxNormOfColumns(c) && (key.equals("kernel_constraint") || key.equals("W_constraint")));
        if (limit.isPresent()) {
            return List.of(new NormLimit(limit.get().number("max_value", "2").rounded()));
        }
        findings.add(Finding.at(
                        new Place(source, member.value().span()),
                        Code.SS010,
                        "layer " + name + ": this " + key
                                + " has no equations here; only MaxNorm of a kernel along axis 0 has")
                .as(Severity.WARNING)
                .detail("No verdict is possible on this parameter; everything else is read."));
        return List.of(new UnknownStage(key + " " + source.slice(member.value().span())));
    }

    private static boolean isMaxNormOfColumns(KerasObject constraint) {
        return constraint.className().equals("MaxNorm")
                && constraint.get("axis").orElse(null) instanceof JsonNumber axis
                && axis.doubleValue() == 0;
    }

    private void activity(String name, JsonObject config) {
        config.member("activity_regularizer").filter(m -> !m.value().isNull()).ifPresent(member -> {
            Place place = new Place(source, member.value().span());
            for (Stage stage : regularizers.stages(member.value(), place)) {
                if (stage instanceof Penalty penalty) {
                    activityPenalties.add(new ActivityPenalty(name, penalty.norm(), penalty.coefficient()));
                } else {
                    findings.add(Finding.at(
                            place, Code.SS010, "layer " + name + ": this activity_regularizer cannot be read"));
                }
            }
        });
    }

    private static boolean owns(JsonObject config, Role role) {
        return switch (role) {
            case BIAS -> !isFalse(config, "use_bias") && !isFalse(config, "bias");
            case GAMMA -> !isFalse(config, "scale");
            case BETA -> !isFalse(config, "center");
            default -> true;
        };
    }

    private static boolean isFrozen(JsonObject config) {
        return isFalse(config, "trainable");
    }

    private static boolean isFalse(JsonObject config, String flag) {
        return config.get(flag).orElse(null) instanceof JsonBoolean b && !b.value();
    }

    private static String text(JsonObject object, String member) {
        return object.get(member).orElse(null) instanceof JsonString string ? string.value() : "";
    }
}
