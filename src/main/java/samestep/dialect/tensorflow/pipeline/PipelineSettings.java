package samestep.dialect.tensorflow.pipeline;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.write.PlainNumbers;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.InitialWeights;
import samestep.recipe.setting.InitialWeights.Fan;
import samestep.recipe.setting.InitialWeights.Shape;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.SettingValue.Distribution;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;

/**
 * What a pipeline says beside the update. Sources: builders/hyperparams_builder.py, protos/hyperparams.proto and
 * protos/box_predictor.proto of the Object Detection API; slim's variance_scaling_initializer.
 */
final class PipelineSettings {
    /** The messages of predictors that drop activations, by the fields that hold them. */
    private static final Map<String, String> PREDICTORS = Map.of(
            "convolutional_box_predictor", "ConvolutionalBoxPredictor",
            "weight_shared_convolutional_box_predictor", "WeightSharedConvolutionalBoxPredictor",
            "mask_rcnn_box_predictor", "MaskRCNNBoxPredictor");

    private static final String TRUNCATED = "TruncatedNormalInitializer";
    private static final String NORMAL = "RandomNormalInitializer";
    private static final String SCALING = "VarianceScalingInitializer";

    private final PipelineSection root;
    private final PipelineTrainer trainer;
    private final List<Setting> settings = new ArrayList<>();

    PipelineSettings(PipelineSection root, PipelineTrainer trainer) {
        this.root = root;
        this.trainer = trainer;
    }

    List<Setting> all() {
        average();
        PipelineSection train = root.section("train_config");
        run(
                SettingKind.NUMBER_FORMAT,
                new SettingValue.Word(train.flag("use_bfloat16") ? "bfloat16" : "float32"),
                "use_bfloat16",
                origin(train, "use_bfloat16"));
        for (PipelineModel.Block block : PipelineModel.blocks(root)) {
            block(block);
        }
        for (PrototxtField model : root.section("model").message().fields()) {
            if (model.value() instanceof PrototxtMessage architecture) {
                dropouts(architecture, "");
            }
        }
        return settings;
    }

    private void average() {
        PipelineSection optimizer = root.section("train_config").section("optimizer");
        if (optimizer.flag("use_moving_average")) {
            Quantity kept = optimizer.number("moving_average_decay");
            run(SettingKind.WEIGHT_AVERAGE, new SettingValue.Number(kept), "moving_average_decay", kept.origin());
        } else {
            Quantity none = new Quantity(Expression.literal(0), "", origin(optimizer, "use_moving_average"));
            run(SettingKind.WEIGHT_AVERAGE, new SettingValue.Number(none), "use_moving_average false", none.origin());
        }
    }

    private void run(SettingKind kind, SettingValue value, String words, Origin origin) {
        settings.add(Setting.ofRun(kind, value, new Setting.Spelling(words, origin, Convention.AS_IS)));
    }

    private static Origin origin(PipelineSection section, String field) {
        return section.has(field)
                ? new Origin.Written(section.place(field))
                : new Origin.Default("the Object Detection API's default of " + field);
    }

    private void block(PipelineModel.Block block) {
        for (String norm : List.of("batch_norm", "sync_batch_norm")) {
            PipelineSection normalisation = block.section().section(norm);
            if (normalisation.given()) {
                kept(block.name(), normalisation);
                layer(SettingKind.NORMALISATION_EPSILON, block.name(), normalisation, "epsilon");
            }
        }
        PipelineSection initializer = block.section().section("initializer");
        if (initializer.given()) {
            initializer(block, initializer);
        }
    }

    /** With {@code train: false} the statistics are used and not moved. */
    private void kept(String layer, PipelineSection normalisation) {
        if (normalisation.flag("train")) {
            layer(SettingKind.STATISTICS_KEPT, layer, normalisation, "decay");
            return;
        }
        settings.add(Setting.ofLayer(
                SettingKind.STATISTICS_KEPT,
                layer,
                SettingValue.NOT_MOVED,
                new Setting.Spelling("train false", origin(normalisation, "train"), Convention.AS_IS)));
    }

    private void layer(SettingKind kind, String layer, PipelineSection section, String field) {
        Quantity number = section.number(field).withoutRounding();
        String words = number.text().isEmpty() ? "default" : field + " " + number.text();
        settings.add(Setting.ofLayer(
                kind,
                layer,
                new SettingValue.Number(number),
                new Setting.Spelling(words, number.origin(), Convention.AS_IS)));
    }

    private void initializer(PipelineModel.Block block, PipelineSection initializer) {
        for (PrototxtField field : initializer.message().fields()) {
            if (field.value() instanceof PrototxtMessage message) {
                PlainNumbers numbers = new PlainNumbers(root.source(), message);
                Place place = new Place(root.source(), field.nameSpan());
                for (Role role :
                        block.depthwise() ? List.of(Role.KERNEL, Role.DEPTHWISE_KERNEL) : List.of(Role.KERNEL)) {
                    distribution(field.name(), numbers, role)
                            .ifPresent(value -> settings.add(new Setting(
                                    SettingKind.INITIAL_WEIGHTS,
                                    block.name(),
                                    role.word(),
                                    value,
                                    new Setting.Spelling(
                                            field.name() + " " + value.words(),
                                            new Origin.Written(place),
                                            Convention.AS_IS))));
                }
            }
        }
    }

    private Optional<Distribution> distribution(String name, PlainNumbers numbers, Role role) {
        return switch (name) {
            case "truncated_normal_initializer" ->
                Optional.of(InitialWeights.truncatedNormal(
                        number(numbers, TRUNCATED, "mean"), number(numbers, TRUNCATED, "stddev")));
            case "random_normal_initializer" ->
                Optional.of(InitialWeights.normal(number(numbers, NORMAL, "mean"), number(numbers, NORMAL, "stddev")));
            case "variance_scaling_initializer" -> Optional.of(scaling(numbers, role));
            default -> Optional.empty();
        };
    }

    private static Quantity number(PlainNumbers numbers, String message, String field) {
        return numbers.of(field, PipelineLedger.fallback(message, field));
    }

    /** Slim takes a deviation of sqrt(1.3 * factor / n) before it truncates, Keras the one that gives factor / n after it. */
    private Distribution scaling(PlainNumbers numbers, Role role) {
        Quantity factor = number(numbers, SCALING, "factor");
        boolean uniform = numbers.word("uniform").equals("true");
        Fan fan = switch (numbers.word("mode").toUpperCase(Locale.ROOT)) {
            case "FAN_OUT", "1" -> Fan.OUT;
            case "FAN_AVG", "2" -> Fan.AVERAGE;
            default -> Fan.IN;
        };
        String counting = role == Role.DEPTHWISE_KERNEL ? " with all channels as inputs" : "";
        Quantity scale = uniform || trainer == PipelineTrainer.KERAS
                ? factor
                // 1.3 times the variance of a Gaussian cut at two deviations.
                : factor.derived(
                        factor.value().times(Expression.literal(new BigDecimal("1.0058636946149002"))),
                        "factor, as in slim");
        return InitialWeights.varianceScaling(uniform ? Shape.UNIFORM : Shape.TRUNCATED_NORMAL, fan, counting, scale);
    }

    private void dropouts(PrototxtMessage message, String path) {
        for (PrototxtField field : message.fields()) {
            if (field.value() instanceof PrototxtMessage inner) {
                String known = PREDICTORS.get(field.name());
                String name = path + field.name();
                if (known != null) {
                    dropout(name, new PlainNumbers(root.source(), inner), known);
                }
                dropouts(inner, name + ".");
            }
        }
    }

    private void dropout(String layer, PlainNumbers numbers, String predictor) {
        String used = numbers.word("use_dropout");
        boolean on = (used.isEmpty() ? PipelineLedger.fallback(predictor, "use_dropout") : used).equals("true");
        Quantity kept =
                numbers.of("dropout_keep_probability", PipelineLedger.fallback(predictor, "dropout_keep_probability"));
        Quantity dropped = on
                ? Convention.COMPLEMENT.turned(kept)
                : new Quantity(
                        Expression.literal(0),
                        "",
                        used.isEmpty()
                                ? new Origin.Default("the predictor's use_dropout")
                                : numbers.origin("use_dropout"));
        String words = on ? "dropout_keep_probability " + kept.text() : "use_dropout false";
        settings.add(Setting.ofLayer(
                SettingKind.DROPOUT,
                layer,
                new SettingValue.Number(dropped),
                new Setting.Spelling(
                        words, on ? kept.origin() : dropped.origin(), on ? Convention.COMPLEMENT : Convention.AS_IS)));
    }
}
