package samestep.dialect.caffe.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.caffe.schema.CaffeSchema;
import samestep.dialect.schema.Schema;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;

/** What a layer of a net says beside its multipliers: running statistics, dropout, initial weights. */
final class NetSettings {
    private final SourceText source;
    private final NetLayer layer;

    NetSettings(SourceText source, NetLayer layer) {
        this.source = source;
        this.layer = layer;
    }

    /** The settings of the layer itself. */
    List<Setting> ofLayer() {
        return switch (layer.type()) {
            case "BatchNorm" -> List.of(statistics(), epsilon("batch_norm_param", "BatchNormParameter"));
            case "MVN" -> List.of(besideDeviation());
            case "Dropout" -> {
                Quantity dropped = number("dropout_param", "DropoutParameter", "dropout_ratio");
                yield List.of(setting(SettingKind.DROPOUT, "dropout_ratio", dropped));
            }
            default -> List.of();
        };
    }

    /** What a blob starts with; empty where no filler says it. */
    Optional<Setting> ofBlob(Role role) {
        ParameterName name = new ParameterName(layer.name(), role);
        return switch (layer.type()) {
            case "Convolution", "Deconvolution", "DepthwiseConvolution", "ConvolutionDepthwise" ->
                Optional.of(weightsOrBias(name, "convolution_param"));
            case "InnerProduct" -> Optional.of(weightsOrBias(name, "inner_product_param"));
            case "Embed" -> Optional.of(weightsOrBias(name, "embed_param"));
            case "LSTM", "RNN" ->
                role == Role.OTHER ? Optional.empty() : Optional.of(weightsOrBias(name, "recurrent_param"));
            case "Scale" ->
                Optional.of(
                        role == Role.GAMMA
                                ? filler(name, "scale_param", "filler", "1")
                                : filler(name, "scale_param", "bias_filler", ""));
            case "Bias" -> Optional.of(filler(name, "bias_param", "filler", ""));
            case "PReLU" -> Optional.of(filler(name, "prelu_param", "filler", "0.25"));
            default -> Optional.empty();
        };
    }

    private Setting weightsOrBias(ParameterName name, String message) {
        boolean bias = name.role() == Role.BIAS || name.role() == Role.OTHER;
        return filler(name, message, bias ? "bias_filler" : "weight_filler", "");
    }

    private Setting filler(ParameterName name, String message, String field, String silent) {
        PrototxtMessage own = own(message);
        boolean transposed = own.last("transpose")
                .map(PrototxtField::value)
                .filter(PrototxtScalar.class::isInstance)
                .flatMap(value -> ((PrototxtScalar) value).bool())
                .orElse(false);
        Optional<Quantity> value = silent.isEmpty()
                ? Optional.empty()
                : Optional.of(Quantity.byDefault(silent, "Caffe's " + layer.type() + " layer"));
        return Filler.of(source, own, field, transposed).setting(name, value);
    }

    /** With {@code use_global_stats} they are used and not moved. */
    private Setting statistics() {
        Optional<PrototxtScalar> fixed = own("batch_norm_param")
                .last("use_global_stats")
                .map(PrototxtField::value)
                .filter(PrototxtScalar.class::isInstance)
                .map(PrototxtScalar.class::cast)
                .filter(value -> value.bool().orElse(false));
        if (fixed.isEmpty()) {
            return setting(
                    SettingKind.STATISTICS_KEPT,
                    "moving_average_fraction",
                    number("batch_norm_param", "BatchNormParameter", "moving_average_fraction"));
        }
        Place place = new Place(source, fixed.get().span());
        return Setting.ofLayer(
                SettingKind.STATISTICS_KEPT,
                layer.name(),
                SettingValue.NOT_MOVED,
                new Setting.Spelling("use_global_stats true", new Origin.Written(place), Convention.AS_IS));
    }

    /** MVN adds it to the deviation, everybody else to the variance. Source: mvn_layer.cpp, Forward_cpu. */
    private Setting besideDeviation() {
        Setting beside = epsilon("mvn_param", "MVNParameter");
        return Setting.ofLayer(
                beside.kind(),
                beside.layer(),
                new SettingValue.Word(beside.value().words() + ", added to the deviation"),
                beside.spelling());
    }

    private Setting epsilon(String message, String type) {
        return setting(SettingKind.NORMALISATION_EPSILON, "eps", number(message, type, "eps"));
    }

    private Setting setting(SettingKind kind, String field, Quantity number) {
        String words = number.text().isEmpty() ? "default" : field + " " + number.text();
        return Setting.ofLayer(
                kind,
                layer.name(),
                new SettingValue.Number(number),
                new Setting.Spelling(words, number.origin(), Convention.AS_IS));
    }

    private Quantity number(String message, String type, String field) {
        Schema.Message known = CaffeSchema.schema().message(type);
        return Filler.number(source, own(message), known, field);
    }

    /** The layer's own message; in the oldest nets its fields are in the layer itself. */
    private PrototxtMessage own(String message) {
        List<PrototxtMessage> own = new ArrayList<>();
        layer.message().last(message).map(PrototxtField::value).ifPresent(value -> {
            if (value instanceof PrototxtMessage m) {
                own.add(m);
            }
        });
        return own.isEmpty() ? layer.message() : own.get(0);
    }
}
