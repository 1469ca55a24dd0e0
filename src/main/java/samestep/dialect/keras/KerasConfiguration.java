package samestep.dialect.keras;

import java.util.LinkedHashMap;
import java.util.Map;
import samestep.dialect.keras.KerasValue.Instance;

/**
 * A Keras training configuration to be written.
 *
 * @param generation whose spelling it has
 * @param optimizer with the schedule inside it
 * @param subclass what the optimizer does besides; only Python can say it
 * @param layers by name: regularizers, and {@code trainable} where a layer is frozen
 */
record KerasConfiguration(
        KerasGeneration generation,
        Instance optimizer,
        KerasSubclass subclass,
        Map<String, Map<String, KerasValue>> layers) {
    KerasConfiguration {
        layers = new LinkedHashMap<>(layers);
    }
}
