package samestep.dialect.keras;

import java.util.LinkedHashMap;
import java.util.Map;
import samestep.dialect.keras.KerasValue.Num;

/**
 * What Keras' own optimizers cannot say, and a subclass can.
 *
 * @param rates by variable, what its learning rate is multiplied by
 * @param decays by variable and norm, what is added to its gradient behind the clip
 */
record KerasSubclass(Map<String, Num> rates, Map<String, Map<String, Num>> decays) {
    /** The member of a document of ours. */
    static final String MEMBER = "subclass";

    KerasSubclass {
        rates = new LinkedHashMap<>(rates);
        decays = new LinkedHashMap<>(decays);
    }

    boolean isEmpty() {
        return rates.isEmpty() && decays.isEmpty();
    }
}
