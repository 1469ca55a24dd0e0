package samestep.dialect.keras;

import java.util.LinkedHashMap;
import java.util.Map;
import samestep.dialect.keras.KerasValue.Instance;

/**
 * A Keras training configuration to be written.
 *
 * @param optimizer with the schedule inside it
 * @param layers by name: regularizers, and {@code trainable} where a layer is frozen
 */
record KerasConfiguration(Instance optimizer, Map<String, Map<String, KerasValue>> layers) {
    KerasConfiguration {
        layers = new LinkedHashMap<>(layers);
    }
}
