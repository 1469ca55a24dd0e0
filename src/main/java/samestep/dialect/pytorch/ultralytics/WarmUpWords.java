package samestep.dialect.pytorch.ultralytics;

import java.util.Optional;
import samestep.dialect.pytorch.form.Fields;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.UnknownStage;

/**
 * Ultralytics' warm-up, which is not followed: rates of two groups, momentum and accumulation change batch by batch. Source:
 * _do_train in ultralytics/engine/trainer.py of 8.4.190.
 *
 * @param accumulate batches in an update after it
 * @param momentum whether the groups of the optimizer have a momentum
 */
record WarmUpWords(Fields fields, long accumulate, boolean momentum) {

    private boolean isOff() {
        return fields.number("warmup_epochs").decimal().signum() <= 0;
    }

    /** What happens besides; the numbers tell one warm-up from another. */
    Optional<UnknownStage> stage() {
        return isOff() ? Optional.empty() : Optional.of(new UnknownStage("warm-up: " + what()));
    }

    /** What happens, at its line. */
    Optional<Finding> finding() {
        return isOff()
                ? Optional.empty()
                : Optional.of(
                        Finding.of(Code.SS043, "warmup_epochs is not followed: " + what())
                                .at(fields.place("warmup_epochs").or(() -> fields.place("lr0")))
                                .detail(
                                        "The rate that is shown is the one without it, by epochs, also where the data are known. No verdict is exact but against the same warm-up."));
    }

    private String what() {
        Quantity epochs = fields.number("warmup_epochs");
        Quantity bias = fields.number("warmup_bias_lr");
        Quantity rate = fields.number("lr0");
        String one = epochs.isOne() ? "the first epoch" : "the first " + epochs.written() + " epochs";
        String move = bias.decimal().compareTo(rate.decimal()) > 0 ? "falls from " : "rises from ";
        return "for " + one + " the rate rises from 0, that of biases " + move + bias.written()
                + (momentum
                        ? "; momentum goes from "
                                + fields.number("warmup_momentum").written() + " to "
                                + fields.number("momentum").written()
                        : "")
                + (accumulate > 1 ? "; an update has 1 batch at first, and " + accumulate + " at the end" : "");
    }
}
