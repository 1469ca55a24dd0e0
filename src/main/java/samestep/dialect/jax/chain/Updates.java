package samestep.dialect.jax.chain;

import java.util.List;
import java.util.Optional;
import samestep.dialect.jax.value.OptaxCall;
import samestep.finding.Finding;
import samestep.recipe.ParameterName;

/** What chains do. */
public final class Updates {
    private Updates() {}

    /**
     * What a chain does to a parameter, or to those of a kind.
     *
     * @param findings why it is not known goes here
     * @return empty where it is not known
     */
    public static Optional<Update> of(OptaxCall chain, ParameterName name, List<Finding> findings) {
        return Walk.of(chain, name, findings);
    }
}
