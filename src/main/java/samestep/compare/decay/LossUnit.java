package samestep.compare.decay;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import samestep.equation.run.Exact;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * How large the gradient is at a stage, in gradients of the mean loss. A decay that is added to the gradient, and what a
 * gradient is clipped to, are numbers in this unit: with a loss that is summed over n samples, n times a decay is the same
 * decay. The factor of a squared error, 2 over the number of outputs, is not counted: it is part of which loss it is, and is said
 * as that.
 *
 * @param factor what the gradient of the mean was multiplied by
 * @param sums how many times it was multiplied by the size of the batch, which is not known
 */
public record LossUnit(BigDecimal factor, int sums) {
    private static final LossUnit MEAN = new LossUnit(BigDecimal.ONE, 0);

    /** Where a parameter's update uses the gradient, after everything that multiplies it. */
    public static LossUnit of(Parameter parameter) {
        return before(parameter.stages(), parameter.stages().size());
    }

    /**
     * At a stage.
     *
     * @param index of the stage; what comes before it counts
     */
    public static LossUnit before(List<Stage> stages, int index) {
        LossUnit unit = MEAN;
        for (Stage stage : stages.subList(0, index)) {
            unit = unit.after(stage);
        }
        return unit;
    }

    private LossUnit after(Stage stage) {
        if (stage instanceof Stage.LossScale loss) {
            LossUnit weighted = times(loss.weight());
            return switch (loss.form()) {
                case WEIGHTED, MEAN_SQUARE -> weighted;
                case SUMMED, SUMMED_SQUARE -> new LossUnit(weighted.factor, sums + 1);
            };
        }
        if (stage instanceof Stage.Scale scale) {
            return times(scale.factor());
        }
        return stage instanceof Stage.Accumulation sum && !sum.mean()
                ? new LossUnit(factor.multiply(BigDecimal.valueOf(sum.microSteps()), Exact.DIGITS), sums)
                : this;
    }

    private LossUnit times(Quantity number) {
        return new LossUnit(factor.multiply(number.decimal(), Exact.DIGITS), sums);
    }

    /**
     * What a number in this unit is multiplied by to mean the same in another; empty where that is not known, or where nothing
     * is left of a gradient.
     */
    public Optional<BigDecimal> to(LossUnit other) {
        return sums != other.sums || factor.signum() == 0 || other.factor.signum() == 0
                ? Optional.empty()
                : Optional.of(other.factor.divide(factor, Exact.DIGITS));
    }

    /** Whether it is one mean loss for each update, as far as is known. */
    public boolean isMean() {
        return equalsUnit(MEAN);
    }

    private boolean equalsUnit(LossUnit other) {
        return to(other).filter(ratio -> ratio.compareTo(BigDecimal.ONE) == 0).isPresent();
    }

    /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof LossUnit that && sums == that.sums && factor.compareTo(that.factor) == 0;
    }

    @Override
    public int hashCode() {
        return factor.stripTrailingZeros().hashCode() * 31 + sums;
    }
}
