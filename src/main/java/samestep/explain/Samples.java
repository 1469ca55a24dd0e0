package samestep.explain;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;

/**
 * How many samples a run sees. Devices that work in parallel take a batch each, and the gradients' mean is taken; source
 * for Caffe: docs/multigpu.md.
 *
 * @param batchSize of one device in one micro-step, if known
 * @param microSteps in an update
 * @param devices how many
 * @param updates of the run, if known
 * @param dataSet samples of the training data, if known
 */
public record Samples(
        Optional<Quantity> batchSize, int microSteps, int devices, OptionalLong updates, OptionalLong dataSet) {

    /** What a recipe says of it. */
    static Samples of(Recipe recipe, OptionalLong dataSet) {
        return new Samples(
                recipe.batchSize(),
                recipe.microSteps(),
                Math.toIntExact(recipe.settings().devices()),
                recipe.schedule().horizon(),
                dataSet);
    }

    /** Samples that go into an update. */
    public Optional<BigInteger> inAnUpdate() {
        return batchSize.map(batch -> batch.decimal()
                .toBigInteger()
                .multiply(BigInteger.valueOf(microSteps))
                .multiply(BigInteger.valueOf(devices)));
    }

    /** Samples of the whole run. */
    public Optional<BigInteger> inTheRun() {
        return updates.isEmpty()
                ? Optional.empty()
                : inAnUpdate().map(n -> n.multiply(BigInteger.valueOf(updates.getAsLong())));
    }

    /** How often the data have been seen before an update, in the mean. */
    public Optional<Double> epochs(long update) {
        return dataSet.isEmpty()
                ? Optional.empty()
                : inAnUpdate().map(n -> n.doubleValue() * update / dataSet.getAsLong());
    }
}
