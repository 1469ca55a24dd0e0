package samestep.dialect.keras.write;

import java.util.LinkedHashMap;
import java.util.Map;
import samestep.dialect.keras.document.KerasValue;
import samestep.dialect.keras.document.KerasValue.Flag;
import samestep.dialect.keras.document.KerasValue.Instance;
import samestep.dialect.keras.document.KerasValue.Num;
import samestep.dialect.keras.layer.KerasLayers;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;

/** How a generation of Keras writes what another one writes too. */
final class KerasSpelling {
    /** Its coefficients are members beside its name. */
    static final String REGULARIZER_OF_KERAS_1 = "L1L2Regularizer";

    private KerasSpelling() {}

    /** The key of a role's regularizer; {@link Role#OTHER} has none. */
    static Map<Role, String> regularizers(KerasGeneration generation) {
        Map<Role, String> keys = new LinkedHashMap<>();
        Map<String, Role> all =
                generation == KerasGeneration.KERAS_1 ? KerasLayers.REGULARIZERS_OF_KERAS_1 : KerasLayers.REGULARIZERS;
        all.forEach((key, role) -> keys.putIfAbsent(role, key));
        keys.remove(Role.OTHER);
        return keys;
    }

    /**
     * Whether a layer with a gamma may be an RMSNormalization, the one norm that takes no regularizer. Nothing says that a layer is
     * one; it has no beta.
     */
    static boolean mayBeRmsNormalization(KerasGeneration generation, String layer, boolean hasBeta) {
        return generation == KerasGeneration.KERAS_3 && (layer.equals(ParameterName.ANY_LAYER) || !hasBeta);
    }

    /** A regularizer; classes of their own for L1 and L2 came with tf.keras. */
    static Instance regularizer(KerasGeneration generation, Map<String, Num> coefficients) {
        boolean both = generation.clipsTogether() || coefficients.size() == 2;
        String className = generation == KerasGeneration.KERAS_1
                ? REGULARIZER_OF_KERAS_1
                : both ? "L1L2" : coefficients.containsKey("l1") ? "L1" : "L2";
        Instance instance = Instance.of("keras.regularizers", className);
        for (String norm : new String[] {"l1", "l2"}) {
            if (both || coefficients.containsKey(norm)) {
                instance = instance.with(norm, coefficients.getOrDefault(norm, new Num("0.0")));
            }
        }
        return instance;
    }

    /** An optimizer as the generation serializes it. */
    static Instance optimizer(KerasGeneration generation, Instance optimizer) {
        Map<String, KerasValue> arguments = new LinkedHashMap<>();
        optimizer
                .arguments()
                .forEach((name, value) ->
                        arguments.put(name.equals("learning_rate") && generation.clipsTogether() ? "lr" : name, value));
        if (generation == KerasGeneration.KERAS_2_15) {
            arguments.put("is_legacy_optimizer", new Flag(false));
        }
        String module = generation == KerasGeneration.LEGACY ? "keras.optimizers.legacy" : "keras.optimizers";
        return new Instance(module, optimizer.className(), arguments);
    }
}
