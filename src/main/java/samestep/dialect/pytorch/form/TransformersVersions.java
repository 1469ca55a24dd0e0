package samestep.dialect.pytorch.form;

import java.math.BigDecimal;
import java.util.List;
import samestep.finding.Code;
import samestep.finding.Finding;

/** What the same words of TrainingArguments mean in versions 4 and 5 of transformers; run with 4.36.2 and 5.24.0. */
public final class TransformersVersions {
    private TransformersVersions() {}

    /** Says which versions the fields are for. */
    public static void explain(Fields fields, List<Finding> findings) {
        BigDecimal warmup = fields.count("warmup_steps");
        if (warmup.signum() > 0 && warmup.compareTo(BigDecimal.ONE) < 0) {
            findings.add(Finding.of(
                            Code.SS432,
                            "warmup_steps below 1 is a share of the run in transformers 5; version 4 takes whole"
                                    + " steps, and its word for the share is warmup_ratio")
                    .at(fields.place("warmup_steps")));
        } else if (fields.has("warmup_ratio")) {
            findings.add(Finding.of(
                            Code.SS432,
                            "warmup_ratio is an argument of transformers 4; version 5 refuses it (TypeError), and"
                                    + " takes a warmup_steps below 1 for the share")
                    .at(fields.place("warmup_ratio")));
        }
        accumulation(fields, findings);
    }

    /** Says how the batches of an accumulation are weighed. */
    public static void accumulation(Fields fields, List<Finding> findings) {
        if (fields.count("gradient_accumulation_steps").longValue() > 1) {
            findings.add(Finding.of(
                            Code.SS902,
                            "transformers weighs the batches of an accumulation by their tokens since 4.46, where the"
                                    + " model takes num_items_in_batch; here it is the mean of the batches")
                    .at(fields.place("gradient_accumulation_steps")));
        }
    }
}
