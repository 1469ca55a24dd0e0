package samestep.dialect.keras;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonMember;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** The parameters of a serialized model, or of the layers that Samestep writes, with their penalties. */
final class KerasLayers {
    /** Where a role's penalty stands. The order is that of a layer's own parameters. */
    static final Map<String, Role> REGULARIZERS = new LinkedHashMap<>();

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
    }

    /** A parameter as the model has it. */
    record LayerParameter(ParameterName name, boolean frozen, List<Stage> penalties, Place place) {}

    private final SourceText source;
    private final List<Finding> findings;
    private final List<LayerParameter> parameters = new ArrayList<>();

    private KerasLayers(SourceText source, List<Finding> findings) {
        this.source = source;
        this.findings = findings;
    }

    /** The parameters of a serialized model, nested models included. */
    static List<LayerParameter> ofModel(SourceText source, JsonObject model, List<Finding> findings) {
        KerasLayers layers = new KerasLayers(source, findings);
        layers.model(model, true);
        return layers.parameters;
    }

    /** The parameters of the member {@code layers} of a document of ours. */
    static List<LayerParameter> ofOurs(SourceText source, JsonObject ours, List<Finding> findings) {
        KerasLayers layers = new KerasLayers(source, findings);
        for (JsonMember layer : ours.members()) {
            if (layer.value() instanceof JsonObject config) {
                layers.layer(layer.name(), config, true);
            }
        }
        return layers.parameters;
    }

    private void model(JsonObject model, boolean trainable) {
        if (!(model.get("config").orElse(null) instanceof JsonObject config)) {
            return;
        }
        boolean trained = trainable && isTrainable(config);
        if (config.get("layers").orElse(null) instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                if (element instanceof JsonObject layer) {
                    modelLayer(layer, trained);
                }
            }
        }
    }

    private void modelLayer(JsonObject layer, boolean trainable) {
        if (!(layer.get("config").orElse(null) instanceof JsonObject config)) {
            return;
        }
        if (config.get("layers").isPresent()) {
            model(layer, trainable);
        } else {
            layer(config.get("name").map(KerasLayers::text).orElse(""), config, trainable);
        }
    }

    private void layer(String name, JsonObject config, boolean trainable) {
        boolean frozen = !trainable || !isTrainable(config);
        REGULARIZERS.forEach((key, role) -> config.member(key).ifPresent(member -> {
            if (owns(config, role)) {
                Place place = new Place(source, member.value().span());
                parameters.add(new LayerParameter(
                        new ParameterName(name, role), frozen, penalties(member.value(), place), place));
            }
        }));
        for (JsonMember member : config.members()) {
            boolean unread = (member.name().equals("activity_regularizer")
                            || member.name().endsWith("_constraint"))
                    && !member.value().isNull();
            if (unread) {
                findings.add(Finding.at(
                        new Place(source, member.value().span()),
                        Code.SS010,
                        "layer " + name + ": " + member.name() + " cannot be read yet"));
            }
        }
    }

    private static boolean owns(JsonObject config, Role role) {
        return switch (role) {
            case BIAS -> !isFalse(config, "use_bias");
            case GAMMA -> !isFalse(config, "scale");
            case BETA -> !isFalse(config, "center");
            default -> true;
        };
    }

    private static boolean isTrainable(JsonObject config) {
        return !isFalse(config, "trainable");
    }

    private static boolean isFalse(JsonObject config, String flag) {
        return config.get(flag).orElse(null) instanceof JsonBoolean b && !b.value();
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.value() : "";
    }

    private List<Stage> penalties(JsonValue value, Place place) {
        if (value.isNull()) {
            return List.of();
        }
        if (value instanceof JsonString string) {
            return byName(string.value(), place);
        }
        Optional<KerasObject> object = KerasObject.of(source, value, findings);
        List<Stage> stages = new ArrayList<>();
        boolean known = object.isPresent()
                && List.of("L1", "L2", "L1L2").contains(object.get().className());
        if (!known) {
            findings.add(Finding.at(place, Code.SS010, "this regularizer cannot be read yet"));
            return stages;
        }
        KerasObject regularizer = object.get();
        regularizer
                .number("l1")
                .filter(l1 -> !l1.isZero())
                .ifPresent(l1 -> stages.add(new Penalty(Penalty.Norm.L1, l1.rounded())));
        regularizer
                .number("l2")
                .filter(l2 -> !l2.isZero())
                .ifPresent(l2 -> stages.add(new Penalty(Penalty.Norm.L2, doubled(l2.rounded()))));
        return stages;
    }

    /** The gradient of l2 * sum(w^2) is 2 * l2 * w. */
    private static Quantity doubled(Quantity l2) {
        return l2.derived(Expression.literal(2).times(l2.value()), "2 * l2");
    }

    private List<Stage> byName(String word, Place place) {
        Quantity standard = new Quantity(
                Expression.literal(new BigDecimal(KerasDefaults.STRING_PENALTY)),
                "",
                new Origin.Derived("Keras' default for a string", Optional.of(place)));
        return switch (word) {
            case "l1", "L1" -> List.of(new Penalty(Penalty.Norm.L1, standard));
            case "l2", "L2" -> List.of(new Penalty(Penalty.Norm.L2, doubled(standard)));
            case "l1l2", "L1L2" -> {
                findings.add(Finding.at(
                        place, Code.SS203, "the string \"" + word + "\" is L1L2(0, 0) in Keras 3: no penalty at all"));
                yield List.of();
            }
            default -> {
                findings.add(Finding.at(place, Code.SS010, "the regularizer \"" + word + "\" cannot be read yet"));
                yield List.of();
            }
        };
    }
}
