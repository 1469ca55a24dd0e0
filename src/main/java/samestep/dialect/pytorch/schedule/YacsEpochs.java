package samestep.dialect.pytorch.schedule;

import java.util.List;
import java.util.Optional;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.schedule.EpochLength.Remainder;
import samestep.equation.Expression;
import samestep.finding.Finding;
import samestep.recipe.Quantity;

/**
 * How long an epoch of SlowFast and pycls is. Their TRAIN.BATCH_SIZE is that of all devices of a machine. Source:
 * slowfast/datasets/loader.py, pycls/datasets/loader.py: each device has its share of the data and of the batch, and leaves a
 * last, smaller batch out.
 */
public record YacsEpochs(Run run, Fields fields) {

    /** Updates in an epoch; empty where it does not follow from what is known. */
    public Optional<Quantity> length(List<Finding> findings) {
        long machines = Math.max(1, fields.count("NUM_SHARDS").longValue());
        long own = Math.max(1, fields.count("NUM_GPUS").longValue());
        long devices = run.devices().isPresent() ? run.devices().getAsInt() : own * machines;
        long onOne = Math.max(1, devices / machines);
        Quantity batch = fields.number("TRAIN.BATCH_SIZE");
        long share = batch.decimal().longValue() / onOne;
        Quantity each = batch.derived(Expression.literal(share), "TRAIN.BATCH_SIZE / NUM_GPUS");
        return new EpochLength(run, findings).of(Optional.of(each), 1, devices, Remainder.BATCH_LEFT_OUT);
    }
}
