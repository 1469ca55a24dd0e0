package samestep.dialect.pytorch.ultralytics;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.schedule.EpochLength;
import samestep.dialect.pytorch.schedule.EpochLength.Remainder;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * How many images a batch has, and an update. Source: _build_train_pipeline in ultralytics/engine/trainer.py, build_dataloader
 * in ultralytics/data/build.py of 8.4.190.
 *
 * @param epochs of the run
 */
record Batches(Run run, Fields fields, Quantity epochs) {

    /** Images in a batch of all devices; empty where Ultralytics finds it by the memory of the device: -1, or a share. */
    Optional<Quantity> size() {
        return Optional.of(fields.number("batch")).filter(batch -> isWhole(batch) && batch.doubleValue() >= 1);
    }

    private static boolean isWhole(Quantity quantity) {
        return quantity.decimal().stripTrailingZeros().scale() <= 0;
    }

    /** Batches in an update: what is nearest to nbs images. Python rounds a half to the even number. */
    long nominal() {
        double nbs = fields.number("nbs").doubleValue();
        double most = Stage.Accumulation.MOST;
        return size().map(batch -> (long) Math.min(most, Math.max(Math.rint(nbs / batch.doubleValue()), 1)))
                .orElse(1L);
    }

    /** The same, and no more than the run has. */
    long inUpdate(List<Finding> findings) {
        OptionalLong epoch = inEpoch(findings);
        long most = epoch.isEmpty() ? Long.MAX_VALUE : Math.max(1, product(epoch.getAsLong(), runs()));
        return Math.min(nominal(), most);
    }

    private long runs() {
        return Math.max(
                1, epochs.decimal().min(BigDecimal.valueOf(Integer.MAX_VALUE)).longValue());
    }

    private static long product(long a, long b) {
        return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }

    /** Batches in an epoch; empty where it does not follow from what is known. */
    OptionalLong inEpoch(List<Finding> findings) {
        if (size().isEmpty()) {
            return OptionalLong.empty();
        }
        if (run.updatesPerEpoch().isPresent()) {
            return OptionalLong.of(product(run.updatesPerEpoch().getAsLong(), nominal()));
        }
        if (!List.of("1", "1.0").contains(fields.text("fraction"))) {
            return OptionalLong.empty();
        }
        Quantity batch = size().get();
        long devices = run.devices().isPresent() ? run.devices().getAsInt() : devices();
        long share = Math.max(1, batch.decimal().longValue() / devices);
        boolean compiled = !fields.text("compile").toLowerCase(Locale.ROOT).equals("false");
        return new EpochLength(run, findings)
                .of(
                        Optional.of(batch.derived(Expression.literal(share), "batch / devices")),
                        1,
                        devices,
                        compiled ? Remainder.BATCH_LEFT_OUT : Remainder.KEPT)
                .map(n -> OptionalLong.of(n.decimal().longValue()))
                .orElse(OptionalLong.empty());
    }

    /** Devices that are named: {@code 0,1} or {@code [0, 1]}; one where none is. */
    long devices() {
        List<Quantity> named =
                fields.has("device") && fields.text("device").isEmpty() ? fields.numbers("device") : List.of();
        return Math.max(Math.max(1, named.size()), fields.text("device").split(",", -1).length);
    }

    /** What the batch makes of a decay: that of an image stays the same. */
    Quantity scaled(Quantity decay) {
        Optional<Quantity> batch = size();
        if (batch.isEmpty()) {
            return decay;
        }
        Expression images = batch.get().value().times(Expression.literal(nominal()));
        Quantity nbs = fields.number("nbs");
        boolean same = Exact.value(images).compareTo(nbs.decimal()) == 0;
        return same || decay.isZero()
                ? decay
                : decay.derived(
                        decay.value().times(images).over(nbs.value()), "weight_decay * batch * accumulate / nbs");
    }
}
