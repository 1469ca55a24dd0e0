package samestep.dialect.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.dialect.keras.KerasValue.Instance;

/**
 * A Keras training configuration to be written.
 *
 * @param generation whose spelling it has
 * @param optimizer with the schedule inside it
 * @param subclass what the optimizer does besides; only Python can say it
 * @param excluded regular expressions for the variables that the optimizer's {@code weight_decay} leaves out
 * @param layers by name: regularizers, and {@code trainable} where a layer is frozen
 */
record KerasConfiguration(
        KerasGeneration generation,
        Instance optimizer,
        KerasSubclass subclass,
        List<String> excluded,
        Map<String, Map<String, KerasValue>> layers) {
    KerasConfiguration {
        excluded = List.copyOf(excluded);
        layers = new LinkedHashMap<>(layers);
    }
}
