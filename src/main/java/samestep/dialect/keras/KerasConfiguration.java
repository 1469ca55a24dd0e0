package samestep.dialect.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.keras.document.KerasValue;
import samestep.dialect.keras.document.KerasValue.Instance;
import samestep.dialect.keras.document.KerasValue.Num;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.recipe.ParameterRule;

/**
 * A Keras training configuration to be written.
 *
 * @param generation whose spelling it has
 * @param optimizer with the schedule inside it
 * @param subclass what the optimizer does besides; only Python can say it
 * @param excluded regular expressions for the variables that the optimizer's {@code weight_decay} leaves out
 * @param rule a library's rule that says what is left out; empty where the expressions say all of it
 * @param lossWeights what {@code compile} is given for each output; empty for nothing
 * @param layers by name: regularizers, and {@code trainable} where a layer is frozen
 */
public record KerasConfiguration(
        KerasGeneration generation,
        Instance optimizer,
        KerasSubclass subclass,
        List<String> excluded,
        Optional<ParameterRule> rule,
        List<Num> lossWeights,
        Map<String, Map<String, KerasValue>> layers) {
    public KerasConfiguration {
        excluded = List.copyOf(excluded);
        lossWeights = List.copyOf(lossWeights);
        layers = new LinkedHashMap<>(layers);
    }
}
