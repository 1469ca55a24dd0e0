package samestep.dialect.keras.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.keras.document.KerasObject;
import samestep.dialect.keras.layer.KerasSettingTable.Argument;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.setting.Convention;
import samestep.recipe.setting.InitialWeights;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.SettingValue.Distribution;
import samestep.syntax.Quoting;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** What layers say beside their variables: running statistics, dropout, initial weights, number format. */
final class KerasSettings {
    private final SourceText source;
    private final KerasGeneration generation;
    /** A value that is not a number gives no setting; the file is read nevertheless. */
    private final List<Finding> unread = new ArrayList<>();

    private final List<Setting> settings = new ArrayList<>();

    KerasSettings(SourceText source, KerasGeneration generation) {
        this.source = source;
        this.generation = generation;
    }

    /** The settings found, in the model's order. */
    List<Setting> all() {
        return settings;
    }

    /** Adds what a layer of a class says. */
    void layer(String name, String className, JsonObject config, boolean trained) {
        KerasObject layer = new KerasObject(source, className, config, config, unread);
        List<Argument> arguments = KerasSettingTable.of(generation, className);
        for (Argument argument : arguments) {
            boolean said = !argument.byDefault().isEmpty()
                    || layer.get(argument.name()).isPresent();
            if (said && argument.kind() == SettingKind.STATISTICS_KEPT && isFixed(trained)) {
                settings.add(fixed(name));
            } else {
                number(layer, argument)
                        .ifPresent(number -> settings.add(new Setting(
                                argument.kind(),
                                name,
                                part(argument),
                                new SettingValue.Number(number),
                                spelling(argument.name(), number))));
            }
        }
    }

    /** Adds what a layer in a document of Samestep says: its class and all that it leaves out are not known. */
    void ours(String name, JsonObject config, boolean trained) {
        layer(name, KerasSettingTable.ANY_CLASS, config, trained);
        KerasSettingTable.initializersByRole(generation).forEach((role, initializer) -> {
            if (config.get(initializer.argument()).filter(v -> !v.isNull()).isPresent()) {
                variable(new ParameterName(name, role), KerasSettingTable.ANY_CLASS, config);
            }
        });
    }

    /** A recurrent layer has two dropouts, of its own output and of its inputs; this distinguishes them. */
    private static String part(Argument argument) {
        return argument.name().startsWith("recurrent") || argument.name().equals("dropout_U") ? "recurrent" : "";
    }

    private Optional<Quantity> number(KerasObject layer, Argument argument) {
        boolean written = layer.get(argument.name()).isPresent();
        if (written && !(layer.get(argument.name()).orElseThrow() instanceof JsonNumber)) {
            return Optional.empty();
        }
        return argument.byDefault().isEmpty()
                ? layer.number(argument.name())
                : Optional.of(layer.number(argument.name(), argument.byDefault()));
    }

    /** Since Keras 2.1.3 statistics of a layer that is not trained are used and not moved. */
    private boolean isFixed(boolean trained) {
        return !trained && generation != KerasGeneration.KERAS_1;
    }

    private static Setting fixed(String name) {
        Origin origin = new Origin.Derived("trainable false", Optional.empty());
        return Setting.ofLayer(
                SettingKind.STATISTICS_KEPT,
                name,
                SettingValue.NOT_MOVED,
                new Setting.Spelling("trainable false", origin, Convention.AS_IS));
    }

    /** Adds what a variable of a layer starts with. */
    void variable(ParameterName name, String className, JsonObject config) {
        Optional<KerasSettingTable.Initializer> known = KerasSettingTable.initializer(generation, name.role());
        if (known.isEmpty()) {
            return;
        }
        String argument = known.get().argument();
        KerasInitializers initializers =
                new KerasInitializers(source, generation, counting(name, className, config), unread);
        Optional<JsonValue> written = config.get(argument).filter(v -> !v.isNull());
        int before = unread.size();
        Optional<Distribution> said = written.flatMap(initializers::of);
        if (unread.size() > before || written.isPresent() && said.isEmpty()) {
            return;
        }
        Origin origin = written.<Origin>map(v -> new Origin.Written(new Place(source, v.span())))
                .orElse(KerasDefaults.origin(argument));
        String forget = name.role() == Role.BIAS && className.contains("LSTM") ? forgetGate(config) : "";
        Distribution value = said.orElseGet(() -> initializers.named(known.get().byDefault()));
        settings.add(new Setting(
                SettingKind.INITIAL_WEIGHTS,
                name.layer(),
                name.role().word(),
                forget.isEmpty() ? value : InitialWeights.of(value.family() + forget, value.numbers()),
                new Setting.Spelling(argument + " " + value.words(), origin, Convention.AS_IS)));
    }

    /** What the bias of the forget gate starts with, where it is not what the other gates start with. */
    private String forgetGate(JsonObject config) {
        if (generation != KerasGeneration.KERAS_1) {
            boolean off = config.get("unit_forget_bias").orElse(null) instanceof JsonBoolean flag && !flag.value();
            return off ? "" : ", forget gate 1";
        }
        String said = config.get("forget_bias_init").orElse(null) instanceof JsonString word ? word.value() : "one";
        return switch (said) {
            case "one" -> ", forget gate 1";
            case "zero" -> "";
            default -> ", forget gate " + Quoting.quote(said);
        };
    }

    /** Keras takes the last two dimensions for inputs and outputs, whatever they are. */
    private String counting(ParameterName name, String className, JsonObject config) {
        if (generation == KerasGeneration.KERAS_1 && isCountedOtherwise(className, config)) {
            return " as Keras 1 counts it";
        }
        boolean einsum = className.equals("EinsumDense")
                || className.endsWith("QueryAttention")
                || className.equals("MultiHeadAttention");
        return switch (name.role()) {
            case DEPTHWISE_KERNEL -> " with all channels as inputs";
            case KERNEL -> einsum ? " of the last two dimensions" : "";
            default -> "";
        };
    }

    /**
     * Keras 1 takes the dimensions of these classes for others than they are, or the root of their product. Source: get_fans
     * in keras/initializations.py of Keras 1.2.2, and what the layers pass to it.
     */
    private static boolean isCountedOtherwise(String className, JsonObject config) {
        boolean channelsFirst = config.get("dim_ordering").orElse(null) instanceof JsonString ordering
                && ordering.value().equals("th");
        return switch (className) {
            case "Conv1D", "Convolution1D", "AtrousConvolution1D", "Deconvolution2D" -> true;
            case "LocallyConnected1D", "LocallyConnected2D", "MaxoutDense" -> true;
            case "Conv3D", "Convolution3D", "ConvLSTM2D" -> !channelsFirst;
            default -> false;
        };
    }

    /** Adds the number format that layers compute in. */
    void formats(List<KerasLayers.Layer> layers) {
        List<JsonValue> types = layers.stream()
                .map(layer -> layer.config().get("dtype"))
                .flatMap(Optional::stream)
                .filter(type -> policy(type).contains("float"))
                .toList();
        if (types.isEmpty()) {
            return;
        }
        String words = String.join(
                " and ",
                types.stream().map(type -> format(policy(type))).distinct().toList());
        Place place = new Place(source, types.get(0).span());
        settings.add(Setting.ofRun(
                SettingKind.NUMBER_FORMAT,
                new SettingValue.Word(words),
                new Setting.Spelling(
                        "dtype of the layers",
                        new Origin.Derived("dtype of the layers", Optional.of(place)),
                        Convention.AS_IS)));
    }

    private static String policy(JsonValue dtype) {
        if (dtype instanceof JsonObject object) {
            return object.get("config").orElse(null) instanceof JsonObject config
                            && config.get("name").orElse(null) instanceof JsonString name
                    ? name.value()
                    : "";
        }
        return dtype instanceof JsonString word ? word.value() : "";
    }

    /** A mixed policy keeps the weights in single precision. */
    private static String format(String policy) {
        return switch (policy) {
            case "mixed_float16" -> "float16";
            case "mixed_bfloat16" -> "bfloat16";
            case "float16" -> "float16, weights too";
            case "bfloat16" -> "bfloat16, weights too";
            case "float32", "float64" -> policy;
            default -> Quoting.quote(policy);
        };
    }

    private static Setting.Spelling spelling(String argument, Quantity number) {
        String words = number.text().isEmpty() ? "default" : argument + " " + number.text();
        return new Setting.Spelling(words, number.origin(), Convention.AS_IS);
    }
}
