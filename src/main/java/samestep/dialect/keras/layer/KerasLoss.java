package samestep.dialect.keras.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.LossMix;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/**
 * What the loss of a compiled model is against the mean over the batch.
 *
 * @param scale the factor on the data's gradient; empty where it is one
 * @param settings the kind of the loss and what it is averaged over, where one loss is named
 */
public record KerasLoss(Optional<Stage> scale, List<Setting> settings) {
    /** Where a model says it. */
    public static final String WEIGHTS = "loss_weights";

    /** By the name of the function or the class, in small letters and without lines. */
    private static final Map<String, String> KINDS = Map.of(
            "categoricalcrossentropy", "softmax cross-entropy",
            "sparsecategoricalcrossentropy", "softmax cross-entropy",
            "binarycrossentropy", "sigmoid cross-entropy",
            "meansquarederror", "squared error",
            "mse", "squared error",
            "hinge", "hinge",
            "categoricalhinge", "hinge");

    /** Of a compiled model. */
    public static KerasLoss of(SourceText source, JsonObject compile, List<Finding> findings) {
        List<Quantity> weights = weights(source, compile, findings);
        Quantity weight = weights.isEmpty()
                ? Quantity.byDefault("1", KerasDefaults.origin("loss_weights").of())
                : weights.get(0);
        String name = "";
        boolean sum = false;
        if (compile.get("loss").orElse(null) instanceof JsonString word) {
            name = word.value();
        } else if (compile.get("loss").orElse(null) instanceof JsonObject loss
                && loss.get("class_name").orElse(null) instanceof JsonString className) {
            name = className.value();
            sum = loss.get("config").orElse(null) instanceof JsonObject config
                    && config.get("reduction").orElse(null) instanceof JsonString reduction
                    && reduction.value().equals("sum");
        }
        String key = name.replace("_", "").toLowerCase(Locale.ROOT);
        String kind = KINDS.getOrDefault(key, name);
        List<Setting> settings = name.isEmpty() ? List.of() : settings(source, compile, name, kind, sum);
        boolean mixed = weights.stream()
                        .map(q -> q.decimal().stripTrailingZeros())
                        .distinct()
                        .count()
                > 1;
        if (mixed) {
            return new KerasLoss(Optional.of(new UnknownStage(LossMix.words(weights))), settings);
        }
        boolean square = kind.equals("squared error");
        if (!square && !sum && weight.isOne()) {
            return new KerasLoss(Optional.empty(), settings);
        }
        Stage.LossScale.Form form = square
                ? Stage.LossScale.Form.MEAN_SQUARE
                : sum ? Stage.LossScale.Form.SUMMED : Stage.LossScale.Form.WEIGHTED;
        return new KerasLoss(Optional.of(new Stage.LossScale(form, weight)), settings);
    }

    private static List<Setting> settings(
            SourceText source, JsonObject compile, String name, String kind, boolean sum) {
        Origin origin = compile.get("loss")
                .<Origin>map(v -> new Origin.Written(new Place(source, v.span())))
                .orElse(new Origin.Default("Keras"));
        boolean overOutputs = kind.equals("squared error") || kind.equals("sigmoid cross-entropy");
        String reduction = sum ? "sum" : overOutputs ? "batch and outputs" : "batch";
        return List.of(
                Setting.ofRun(
                        SettingKind.LOSS,
                        new SettingValue.Word(kind),
                        new Setting.Spelling("loss " + name, origin, Convention.AS_IS)),
                Setting.ofRun(
                        SettingKind.LOSS_REDUCTION,
                        new SettingValue.Word(reduction),
                        new Setting.Spelling(
                                sum ? "reduction sum" : "the mean of " + name,
                                new Origin.Default("Keras' " + name),
                                Convention.AS_IS)));
    }

    /** One for each output that is named; a list, an object, or a number. */
    private static List<Quantity> weights(SourceText source, JsonObject compile, List<Finding> findings) {
        JsonValue written = compile.get(WEIGHTS).filter(v -> !v.isNull()).orElse(null);
        if (written == null) {
            return List.of();
        }
        List<JsonValue> each = written instanceof JsonArray many
                ? many.elements()
                : written instanceof JsonObject byName
                        ? byName.members().stream().map(m -> m.value()).toList()
                        : List.of(written);
        List<Quantity> weights = new ArrayList<>();
        for (JsonValue value : each) {
            Optional<Quantity> number = value instanceof JsonNumber n ? quantity(source, n) : Optional.empty();
            number.ifPresent(weights::add);
            if (number.isEmpty()) {
                findings.add(Finding.at(
                        new Place(source, value.span()),
                        Code.SS010,
                        "loss_weights: a number for each output is expected"));
            }
        }
        return weights;
    }

    private static Optional<Quantity> quantity(SourceText source, JsonNumber number) {
        Place place = new Place(source, number.span());
        return number.decimal().map(d -> new Quantity(Expression.literal(d), place.text(), new Origin.Written(place)));
    }
}
