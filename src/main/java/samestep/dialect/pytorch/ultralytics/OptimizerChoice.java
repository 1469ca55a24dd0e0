package samestep.dialect.pytorch.ultralytics;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.Fields;
import samestep.finding.Code;
import samestep.finding.Finding;

/**
 * The optimizer that {@code auto} is: Ultralytics chooses it when the data are known. Source: build_optimizer in
 * ultralytics/engine/trainer.py of 8.4.190.
 */
record OptimizerChoice(Run run, Fields fields, Batches batches) {
    private static final long LONG_RUN = 10_000;
    private static final String LONG = "MuSGD (SGD in earlier versions) with rate 0.01 and momentum 0.9";
    private static final String SHORT = "AdamW with rate 0.01 / (4 + classes) and a first beta of 0.9";

    /** Why it is not read, without a place; empty where the file names the optimizer. */
    Optional<Finding> finding() {
        return switch (fields.text("optimizer").toLowerCase(Locale.ROOT)) {
            case "auto" ->
                Optional.of(Finding.of(
                                Code.SS010,
                                "optimizer auto cannot be read yet: Ultralytics chooses it by the data, and does not use"
                                        + " lr0 and momentum of this file")
                        .detail(choice() + " Its log names it: written here, the file can be read."));
            case "musgd" -> Optional.of(Finding.of(Code.SS010, "the optimizer MuSGD cannot be read yet"));
            default -> Optional.empty();
        };
    }

    private String choice() {
        if (batches.size().isEmpty()) {
            return "More than " + LONG_RUN + " updates: " + LONG + "; else " + SHORT + ".";
        }
        long nominal = Math.max(
                Math.max(
                        batches.size().get().decimal().longValue(),
                        fields.number("nbs").decimal().longValue()),
                1);
        long epochs = Math.max(1, batches.epochs().decimal().longValue());
        long images = nominal * (LONG_RUN / epochs);
        OptionalLong known = run.dataSet();
        if (known.isPresent()) {
            return "For " + known.getAsLong() + " images: " + (known.getAsLong() > images ? LONG : SHORT) + ".";
        }
        return "With more than " + images + " images: " + LONG + "; else " + SHORT + ".";
    }
}
