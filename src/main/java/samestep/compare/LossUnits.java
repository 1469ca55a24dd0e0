package samestep.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.Set;
import samestep.compare.decay.LossUnit;
import samestep.compare.measure.BatchSums;
import samestep.compare.proof.Pair;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;

/**
 * Whether numbers of two trainings mean the same: a decay, a clip, and the rate of an optimizer that does not divide by the
 * size of its gradients are for the loss that they are used with, which may be a sum on one side and a mean on the other.
 *
 * @param source the size of a batch of the first side, where its sums are said as multiples of the mean
 * @param target the same of the second side
 */
record LossUnits(Optional<Quantity> source, Optional<Quantity> target) {
    /** Both numbers mean the same. */
    static final Optional<BigDecimal> NONE = Optional.of(BigDecimal.ONE);

    /** Numbers that differ by less come from one decimal through double precision. */
    static final MathContext DIGITS = new MathContext(15);

    private static final Set<String> GROW_WITH_THE_LOSS = Set.of("momentum", "nesterov");

    static LossUnits of(Recipe source, Recipe target) {
        return new LossUnits(BatchSums.size(target, source), BatchSums.size(source, target));
    }

    /**
     * What the number of a stage of the first side is multiplied by to mean the same in the second; empty where that is not
     * known.
     */
    Optional<BigDecimal> ratio(Pair pair, int here, int there) {
        Stage stage = pair.source().stages().get(here);
        return stage instanceof Stage.Penalty || stage instanceof Stage.Clip
                ? LossUnit.before(sized(pair.source(), source).stages(), here)
                        .to(LossUnit.before(sized(pair.target(), target).stages(), there))
                : NONE;
    }

    /** Whether a rate means the same for a pair. */
    boolean haveOneRate(Pair pair) {
        boolean grows = pair.source()
                .optimizer()
                .filter(optimizer ->
                        GROW_WITH_THE_LOSS.contains(optimizer.equations().family()))
                .isPresent();
        return !grows
                || pair.source().frozen()
                || LossUnit.of(sized(pair.source(), source))
                        .to(LossUnit.of(sized(pair.target(), target)))
                        .filter(ratio -> ratio.compareTo(BigDecimal.ONE) == 0)
                        .isPresent();
    }

    private static Parameter sized(Parameter parameter, Optional<Quantity> batch) {
        return batch.map(size -> BatchSums.asMeans(parameter, size)).orElse(parameter);
    }
}
