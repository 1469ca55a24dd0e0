package samestep.dialect.pytorch.mmengine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Run;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.Epochs;
import samestep.dialect.pytorch.schedule.EpochLength;
import samestep.equation.Expression;
import samestep.finding.Finding;
import samestep.recipe.Quantity;

/**
 * How long a run is. Both libraries count iterations, each a batch, of which several may make an update.
 *
 * @param epochs of the run, where it counts epochs
 * @param iterations of the run, where they are known
 * @param perEpoch iterations in an epoch, where they are known
 * @param every iterations in an update
 */
record RunLength(Optional<Quantity> epochs, OptionalLong iterations, OptionalLong perEpoch, int every) {

    /**
     * The length of a run.
     *
     * @param epochs that are written
     * @param iterations that are written
     * @param batch of one device
     */
    static RunLength of(
            Optional<Quantity> epochs,
            Optional<Long> iterations,
            Optional<Quantity> batch,
            int every,
            Run run,
            List<Finding> findings) {
        Optional<Quantity> length =
                new EpochLength(run, findings).of(batch, 1, run.devicesOrOne(), EpochLength.Remainder.KEPT);
        // What is known of the run counts updates.
        long factor = run.updatesPerEpoch().isPresent() ? every : 1;
        OptionalLong perEpoch = length.map(q -> OptionalLong.of(q.decimal().longValue() * factor))
                .orElse(OptionalLong.empty());
        OptionalLong all = iterations.map(OptionalLong::of).orElse(OptionalLong.empty());
        if (all.isEmpty() && epochs.isPresent() && perEpoch.isPresent()) {
            all = OptionalLong.of(epochs.get().decimal().longValue() * perEpoch.getAsLong());
        }
        return new RunLength(epochs, all, perEpoch, every);
    }

    /** Whether an epoch is a number of updates that is known. */
    boolean knowsEpochs() {
        return perEpoch.isPresent();
    }

    /** The configuration with this length; the last update may have fewer batches. */
    PytorchConfiguration on(PytorchConfiguration configuration) {
        PytorchConfiguration whole = configuration;
        if (iterations.isPresent()) {
            long updates = (iterations.getAsLong() + every - 1) / every;
            whole = whole.withUpdates(OptionalLong.of(updates));
        }
        Optional<Quantity> length = perEpoch.isPresent() && every == 1
                ? Optional.of(EpochLength.known(perEpoch.getAsLong(), "what is known of the data"))
                : Optional.empty();
        return epochs.isPresent() ? whole.withEpochs(new Epochs(epochs, length)) : whole;
    }

    /** A number of iterations or epochs as a number of a schedule. */
    static Quantity count(long number, String how) {
        return Quantity.byDefault(Long.toString(number), how);
    }

    /** A quantity times a number of iterations. */
    static Quantity times(Quantity quantity, long factor) {
        return factor == 1
                ? quantity
                : quantity.derived(
                        quantity.value().times(Expression.literal(factor)), "epochs * iterations in an epoch");
    }
}
