package samestep.dialect.caffe.net;

import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;

/**
 * A learnable parameter of a net.
 *
 * @param name its layer, or the first of the layers that share it, and what it does there
 * @param rateMultiplier {@code lr_mult}
 * @param decayMultiplier {@code decay_mult}
 * @param sharers the other layers that use it
 * @param place where its multipliers are written; if they are not, its layer's name
 */
public record NetParameter(
        ParameterName name,
        Quantity rateMultiplier,
        Quantity decayMultiplier,
        List<String> sharers,
        Optional<Place> place) {
    public NetParameter {
        sharers = List.copyOf(sharers);
    }
}
