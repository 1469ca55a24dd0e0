package samestep.dialect.tensorflow.pipeline;

import java.util.ArrayList;
import java.util.List;
import samestep.dialect.Resources;
import samestep.dialect.schema.MessageFields;
import samestep.dialect.schema.Schema;
import samestep.dialect.schema.SchemaLedger;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.setting.Unjudged;

/**
 * What the fields of a pipeline decide: the resources {@code ledger-pipeline.txt} and {@code ledger-pipeline-model.txt}.
 * Messages that the schema has take their types and defaults from there.
 */
public final class PipelineLedger {
    private static final Schema SCHEMA = PipelineSection.SCHEMA;
    /** The schema's messages whose fields have rows without type and default. */
    private static final List<String> OF_SCHEMA = List.of(
            "TrainConfig",
            "Optimizer",
            "RMSPropOptimizer",
            "MomentumOptimizer",
            "AdamOptimizer",
            "ConstantLearningRate",
            "ExponentialDecayLearningRate",
            "ManualStepLearningRate",
            "ManualStepLearningRate.LearningRateSchedule",
            "CosineDecayLearningRate",
            "Hyperparams",
            "L1Regularizer",
            "L2Regularizer",
            "BatchNorm");

    private static final String NAME = "pipeline.config";

    private PipelineLedger() {}

    private static final class Holder {
        static final Ledger LEDGER = Ledger.parse(
                NAME,
                Resources.text("tensorflow/ledger-pipeline.txt")
                        + Resources.text("tensorflow/ledger-pipeline-model.txt"));
    }

    /** Made at the first use. */
    static Ledger ledger() {
        return Holder.LEDGER;
    }

    /** With a row for every field. */
    public static Ledger whole() {
        return SchemaLedger.whole(ledger(), SCHEMA, OF_SCHEMA);
    }

    /** The default of a field of a message. */
    static String fallback(String message, String field) {
        return ledger().fallback(message + "." + field);
    }

    /** The fields of a pipeline that change the training and are not judged. */
    static Unjudged unjudged(PipelineSection root) {
        return Unjudged.of(NAME, () -> {
            List<Unjudged.Field> found = new ArrayList<>();
            new MessageFields(root.source(), ledger(), SCHEMA, found)
                    .message(root.message(), root.type().name(), "");
            return found;
        });
    }
}
