package samestep.dialect.keras.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import samestep.dialect.LossMix;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.Stage.LossScale.Form;
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

    /** Each is the mean over the batch, of what the loss gives for a sample. Source: keras/src/losses/loss.py, reduce_values. */
    private static final Set<String> MEANS =
            Set.of("", "sum_over_batch_size", "mean", "mean_with_sample_weight", "auto");

    private static final String SUM = "sum";

    /** Of a compiled model. */
    public static KerasLoss of(SourceText source, JsonObject compile, List<Finding> findings) {
        List<Quantity> weights = weights(source, compile, findings);
        List<Named> losses = losses(compile);
        losses.stream().filter(l -> !l.isKnown()).forEach(l -> findings.add(l.unknown(source)));
        List<Setting> settings = losses.isEmpty() ? List.of() : settings(source, compile, losses);
        return new KerasLoss(scale(weights, losses), settings);
    }

    private static Optional<Stage> scale(List<Quantity> weights, List<Named> losses) {
        boolean mixed = weights.stream()
                        .map(q -> q.decimal().stripTrailingZeros())
                        .distinct()
                        .count()
                > 1;
        List<String> reductions =
                losses.stream().map(Named::reductionWords).distinct().toList();
        boolean known = losses.stream().allMatch(Named::isKnown);
        long forms = losses.stream().map(Named::form).distinct().count();
        if (!known || forms > 1) {
            return Optional.of(new UnknownStage(LossMix.words(weights) + " (" + String.join(" / ", reductions) + ")"));
        }
        if (mixed) {
            return Optional.of(new UnknownStage(LossMix.words(weights)));
        }
        Quantity weight = weights.isEmpty()
                ? Quantity.byDefault("1", KerasDefaults.origin("loss_weights").of())
                : weights.get(0);
        Form form = losses.stream().findFirst().map(Named::form).orElse(Form.WEIGHTED);
        return form == Form.WEIGHTED && weight.isOne()
                ? Optional.empty()
                : Optional.of(new Stage.LossScale(form, weight));
    }

    /**
     * One loss.
     *
     * @param name of the function or the class
     * @param reduction how samples are put together, as Keras says it; empty by default
     * @param written where it is written
     */
    private record Named(String name, String reduction, JsonValue written) {
        String kind() {
            return KINDS.getOrDefault(name.replace("_", "").toLowerCase(Locale.ROOT), name);
        }

        boolean isKnown() {
            return reduction.equals(SUM) || MEANS.contains(reduction);
        }

        Form form() {
            boolean sum = reduction.equals(SUM);
            if (kind().equals("squared error")) {
                return sum ? Form.SUMMED_SQUARE : Form.MEAN_SQUARE;
            }
            return sum ? Form.SUMMED : Form.WEIGHTED;
        }

        String reductionWords() {
            boolean overOutputs = kind().equals("squared error") || kind().equals("sigmoid cross-entropy");
            String mean = overOutputs ? "batch and outputs" : "batch";
            return MEANS.contains(reduction) ? mean : reduction;
        }

        Finding unknown(SourceText source) {
            return Finding.at(
                    new Place(source, written.span()),
                    Code.SS043,
                    "reduction " + reduction + " of " + name + ": what the gradient is times is not read");
        }
    }

    /** Those of all outputs: one, a list, or by the names of the outputs. */
    private static List<Named> losses(JsonObject compile) {
        JsonValue written = compile.get("loss").orElse(null);
        if (written instanceof JsonArray many) {
            return many.elements().stream().flatMap(v -> named(v).stream()).toList();
        }
        if (written instanceof JsonObject byName && byName.get("class_name").isEmpty()) {
            return byName.members().stream()
                    .flatMap(m -> named(m.value()).stream())
                    .toList();
        }
        return Optional.ofNullable(written).flatMap(KerasLoss::named).stream().toList();
    }

    private static Optional<Named> named(JsonValue written) {
        if (written instanceof JsonString word) {
            return Optional.of(new Named(word.value(), "", written));
        }
        if (!(written instanceof JsonObject loss)
                || !(loss.get("class_name").orElse(null) instanceof JsonString className)) {
            return Optional.empty();
        }
        JsonValue config = loss.get("config").orElse(null);
        if (config instanceof JsonString function) {
            return Optional.of(new Named(function.value(), "", written));
        }
        Optional<JsonValue> reduction =
                config instanceof JsonObject arguments ? arguments.get("reduction") : Optional.<JsonValue>empty();
        String how = reduction
                .map(r ->
                        r instanceof JsonString word ? word.value() : r.isNull() ? "none" : "of another kind than text")
                .orElse("");
        return Optional.of(new Named(className.value(), how, written));
    }

    private static List<Setting> settings(SourceText source, JsonObject compile, List<Named> losses) {
        Origin origin = compile.get("loss")
                .<Origin>map(v -> new Origin.Written(new Place(source, v.span())))
                .orElse(new Origin.Default("Keras"));
        String name = joined(losses, Named::name);
        boolean sum = losses.stream().allMatch(l -> l.reduction().equals(SUM));
        return List.of(
                Setting.ofRun(
                        SettingKind.LOSS,
                        new SettingValue.Word(joined(losses, Named::kind)),
                        new Setting.Spelling("loss " + name, origin, Convention.AS_IS)),
                Setting.ofRun(
                        SettingKind.LOSS_REDUCTION,
                        new SettingValue.Word(joined(losses, Named::reductionWords)),
                        new Setting.Spelling(
                                sum ? "reduction sum" : "the mean of " + name,
                                new Origin.Default("Keras' " + name),
                                Convention.AS_IS)));
    }

    private static String joined(List<Named> losses, Function<Named, String> words) {
        return losses.stream().map(words).distinct().collect(Collectors.joining(" and "));
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
