package samestep.dialect;

import java.util.Optional;
import samestep.text.SourceText;

/**
 * What a reader is given.
 *
 * @param source the configuration
 * @param model the model it trains, where that is a file of its own and known
 * @param companions finds files that the configuration names
 */
public record Input(SourceText source, Optional<SourceText> model, Companions companions) {

    /** A configuration that stands alone. */
    public static Input of(SourceText source) {
        return new Input(source, Optional.empty(), Companions.NONE);
    }

    /** A configuration with its model. */
    public static Input of(SourceText source, SourceText model) {
        return new Input(source, Optional.of(model), Companions.NONE);
    }
}
