package samestep.dialect.keras.write;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.keras.document.KerasNumbers;
import samestep.dialect.keras.document.KerasValue;
import samestep.dialect.keras.document.KerasValue.Flag;
import samestep.dialect.keras.document.KerasValue.Instance;
import samestep.dialect.keras.layer.KerasSettingTable;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.SettingValue.Distribution;

/**
 * Writes the settings that Keras' layers and optimizers have arguments for. What is not written here, the comparison with
 * what is read back names.
 */
final class KerasSettingWriter {
    private final KerasGeneration generation;
    private final Recipe recipe;
    private final KerasInitializerWriter initializers;
    private final KerasNumbers numbers;

    KerasSettingWriter(KerasGeneration generation, Recipe recipe, KerasNumbers numbers) {
        this.generation = generation;
        this.recipe = recipe;
        this.numbers = numbers;
        this.initializers = new KerasInitializerWriter(numbers);
    }

    /** The layers with the arguments of their constructors that say settings; Keras 1 calls them otherwise. */
    Map<String, Map<String, KerasValue>> into(Map<String, Map<String, KerasValue>> layers) {
        Map<String, Map<String, KerasValue>> all = new LinkedHashMap<>(layers);
        if (generation == KerasGeneration.KERAS_1) {
            return all;
        }
        for (Setting setting : recipe.allSettings().all()) {
            Map<String, KerasValue> said = arguments(setting);
            if (!said.isEmpty()) {
                all.computeIfAbsent(setting.layer(), l -> new LinkedHashMap<>()).putAll(said);
            }
        }
        return all;
    }

    private Map<String, KerasValue> arguments(Setting setting) {
        if (setting.kind() == SettingKind.INITIAL_WEIGHTS) {
            return initializer(setting);
        }
        boolean notMoved = setting.value().means(SettingValue.NOT_MOVED);
        if (setting.kind() == SettingKind.STATISTICS_KEPT && notMoved) {
            // Its momentum decides nothing; it says that there are statistics which are not moved.
            Map<String, KerasValue> fixed = new LinkedHashMap<>();
            fixed.put("trainable", new Flag(false));
            fixed.put("momentum", new KerasValue.Num("1.0"));
            return fixed;
        }
        boolean own = setting.kind() != SettingKind.DROPOUT || setting.part().isEmpty() && !hasParameters(setting);
        return KerasSettingTable.of(generation, KerasSettingTable.ANY_CLASS).stream()
                .filter(argument -> own && argument.kind() == setting.kind())
                .findFirst()
                .flatMap(argument -> setting.value() instanceof SettingValue.Number number
                        ? Optional.of(Map.<String, KerasValue>of(argument.name(), numbers.number(number.quantity())))
                        : Optional.empty())
                .orElse(Map.of());
    }

    /** A layer with parameters has its dropout in an argument of another name, which its class decides. */
    private boolean hasParameters(Setting setting) {
        return !setting.layer().equals(ParameterName.ANY_LAYER)
                && recipe.parameters().stream()
                        .map(p -> p.name().layer())
                        .anyMatch(layer -> layer.equals(setting.layer()) || layer.startsWith(setting.layer() + "/"));
    }

    private Map<String, KerasValue> initializer(Setting setting) {
        for (Map.Entry<Role, KerasSettingTable.Initializer> entry :
                KerasSettingTable.initializersByRole(generation).entrySet()) {
            boolean has = entry.getKey() != Role.OTHER && entry.getKey().word().equals(setting.part());
            if (has && setting.value() instanceof Distribution distribution) {
                return initializers
                        .write(distribution, entry.getKey())
                        .map(value ->
                                Map.<String, KerasValue>of(entry.getValue().argument(), value))
                        .orElse(Map.of());
            }
        }
        return Map.of();
    }

    /** The optimizer with its average of the weights and its factor on the loss. */
    Instance into(Instance optimizer) {
        Instance result = optimizer;
        boolean averages = generation == KerasGeneration.KERAS_3 || generation == KerasGeneration.KERAS_2_15;
        Optional<SettingValue.Number> kept = averages ? number(SettingKind.WEIGHT_AVERAGE) : Optional.empty();
        if (kept.filter(k -> !k.quantity().isZero()).isPresent()) {
            result = result.with("use_ema", new Flag(true))
                    .with("ema_momentum", numbers.number(kept.get().quantity()));
        }
        Optional<SettingValue.Number> factor =
                generation == KerasGeneration.KERAS_3 ? number(SettingKind.LOSS_SCALING) : Optional.empty();
        return factor.isPresent()
                ? result.with("loss_scale_factor", numbers.number(factor.get().quantity()))
                : result;
    }

    private Optional<SettingValue.Number> number(SettingKind kind) {
        return recipe.allSettings()
                .ofRun(kind)
                .map(Setting::value)
                .filter(SettingValue.Number.class::isInstance)
                .map(SettingValue.Number.class::cast);
    }
}
