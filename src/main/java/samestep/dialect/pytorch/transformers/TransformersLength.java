package samestep.dialect.pytorch.transformers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.schedule.EpochLength;
import samestep.dialect.pytorch.schedule.EpochLength.Remainder;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;

/**
 * How many updates a run of Hugging Face's Trainer has. Source: transformers/trainer.py, set_initial_training_values, of
 * 5.24.0: max_steps, or the epochs times the updates in one, rounded up.
 */
record TransformersLength(Run run, Fields fields) {

    /** Updates of the run; empty where it does not follow from what is known. */
    Optional<Quantity> updates(List<Finding> findings) {
        Quantity steps = fields.number("max_steps");
        if (steps.decimal().signum() > 0) {
            return Optional.of(steps);
        }
        Optional<Quantity> length = length(findings, true);
        return length.map(each -> inEpochs(each, findings));
    }

    private Optional<Quantity> length(List<Finding> findings, boolean lastUpdate) {
        long microSteps =
                Math.max(1, fields.count("gradient_accumulation_steps").longValue());
        Quantity batch = fields.number("per_device_train_batch_size");
        boolean dropped = fields.isOn("dataloader_drop_last");
        EpochLength epoch = new EpochLength(run, findings);
        if (!dropped) {
            Remainder remainder = lastUpdate ? Remainder.KEPT : Remainder.UPDATE_LEFT_OUT;
            return epoch.of(Optional.of(batch), microSteps, run.devicesOrOne(), remainder);
        }
        // Whole batches are dealt out to the devices, and none gets one more than the others.
        Quantity all = batch.derived(batch.value().times(Expression.literal(run.devicesOrOne())), "on all devices");
        return epoch.of(Optional.of(all), microSteps, 1, lastUpdate ? Remainder.BATCH_LEFT_OUT : Remainder.LEFT_OUT);
    }

    private Quantity inEpochs(Quantity each, List<Finding> findings) {
        Quantity epochs = fields.number("num_train_epochs");
        BigDecimal updates = product(epochs.decimal(), each.decimal(), RoundingMode.CEILING);
        String shown = epochs.decimal().stripTrailingZeros().toPlainString();
        String how = shown + (shown.equals("1") ? " epoch x " : " epochs x ") + EpochLength.words(each);
        Finding note = Finding.of(Code.SS431, "the run has " + updates.toPlainString() + " updates: " + how)
                .at(epochs.place());
        Optional<Quantity> before = length(new ArrayList<>(), false);
        boolean other = before.isPresent() && before.get().decimal().compareTo(each.decimal()) != 0;
        findings.add(
                other
                        ? note.detail("As transformers 5.24 counts. Older versions leave a last update of fewer batches"
                                + " out: " + before.get().decimal().toPlainString() + " in an epoch.")
                        : note);
        return epochs.derived(Expression.literal(updates), how);
    }

    /** Python multiplies doubles, and rounds the product: 0.07 of 100 is more than 7, and math.ceil makes 8 of it. */
    static BigDecimal product(BigDecimal share, BigDecimal updates, RoundingMode rounding) {
        return BigDecimal.valueOf(share.doubleValue() * updates.doubleValue()).setScale(0, rounding);
    }
}
