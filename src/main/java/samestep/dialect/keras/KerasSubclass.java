package samestep.dialect.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.dialect.keras.document.KerasValue.Num;

/**
 * What Keras' own optimizers cannot say, and a subclass can.
 *
 * @param rates by variable, what its learning rate is multiplied by
 * @param decays by variable and norm, what is added to its gradient after the clip
 * @param weightDecays by variable, its decay beside the gradient, times the rate; none where all have the optimizer's
 * @param frozen variables that are not trained, in layers that are
 */
public record KerasSubclass(
        Map<String, Num> rates,
        Map<String, Map<String, Num>> decays,
        Map<String, Num> weightDecays,
        List<String> frozen) {
    /** The member in a document of Samestep. */
    public static final String MEMBER = "subclass";

    public KerasSubclass {
        rates = new LinkedHashMap<>(rates);
        decays = new LinkedHashMap<>(decays);
        weightDecays = new LinkedHashMap<>(weightDecays);
        frozen = List.copyOf(frozen);
    }

    public boolean isEmpty() {
        return rates.isEmpty() && decays.isEmpty() && weightDecays.isEmpty() && frozen.isEmpty();
    }
}
