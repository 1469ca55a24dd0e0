package samestep.dialect.pytorch.schedule;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Run;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;

/** How many updates an epoch has, as each library counts batches and updates of the data. */
public final class EpochLength {
    private final Run run;
    private final List<Finding> findings;

    /**
     * @param run what is known of the data
     * @param findings what is wrong goes here
     */
    public EpochLength(Run run, List<Finding> findings) {
        this.run = run;
        this.findings = findings;
    }

    /** What becomes of a last batch, and of a last update, for which too little is left. */
    public enum Remainder {
        /** Both are taken as they are. Source: transformers/trainer.py 5.24; lightning/pytorch/loops of Lightning 2.6. */
        KEPT(true, true),
        /** The batch is left out, the update is taken with fewer batches. Source: timm/data/loader.py, train.py of 1.0.31. */
        BATCH_LEFT_OUT(false, true),
        /** The batch is taken, the update left out, as older versions of transformers have it. */
        UPDATE_LEFT_OUT(true, false),
        /** Both are left out. Source: torchtune's recipes/full_finetune_single_device.py. */
        LEFT_OUT(false, false);

        private final boolean batch;
        private final boolean update;

        Remainder(boolean batch, boolean update) {
            this.batch = batch;
            this.update = update;
        }
    }

    /**
     * Updates in an epoch.
     *
     * @param batch of one device in one micro-step; empty where the file does not say it
     * @param microSteps batches in an update
     * @param devices how many share the data
     * @return empty where it does not follow from what is known
     */
    public Optional<Quantity> of(Optional<Quantity> batch, long microSteps, long devices, Remainder remainder) {
        if (run.updatesPerEpoch().isPresent()) {
            return Optional.of(known(run.updatesPerEpoch().getAsLong(), "--updates-per-epoch"));
        }
        if (run.dataSet().isEmpty() || batch.isEmpty() || batch.get().decimal().signum() <= 0) {
            return Optional.empty();
        }
        long samples = run.dataSet().getAsLong();
        long size = batch.get().decimal().longValue();
        if (size < 1) {
            return Optional.empty();
        }
        long own = ceiling(samples, devices);
        long batches = remainder.batch ? ceiling(own, size) : own / size;
        long updates = remainder.update ? ceiling(batches, microSteps) : batches / microSteps;
        if (updates == 0) {
            findings.add(Finding.of(
                            Code.SS004,
                            "an epoch of " + samples + " samples has no update: batches of " + size
                                    + (devices > 1 ? " on " + devices + " devices" : "")
                                    + (microSteps > 1 ? ", " + microSteps + " of them in an update" : ""))
                    .at(batch.get().place()));
            return Optional.empty();
        }
        String how = "--dataset-size " + samples + ", batches of " + size
                + (devices > 1 ? " on " + devices + " devices" : "")
                + (microSteps > 1 ? ", " + microSteps + " in an update" : "");
        return Optional.of(known(updates, how));
    }

    /** A length that follows from what is known. */
    public static Quantity known(long updates, String how) {
        return new Quantity(Expression.literal(updates), "", new Origin.Derived(how, Optional.empty()));
    }

    private static long ceiling(long number, long divisor) {
        return number / divisor + (number % divisor == 0 ? 0 : 1);
    }

    /** How an epoch's length came about, in words: {@code 1563 updates (--dataset-size 25000, batches of 16)}. */
    public static String words(Quantity length) {
        String how = length.origin() instanceof Origin.Derived derived ? derived.how() : "";
        BigDecimal updates = length.decimal();
        return updates.toPlainString()
                + (updates.compareTo(BigDecimal.ONE) == 0 ? " update" : " updates")
                + (how.isEmpty() ? "" : " (" + how + ")");
    }
}
